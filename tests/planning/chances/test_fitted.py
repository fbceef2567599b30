"""What the model of the chance of young is fitted to, and what it says of pairs."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from studbook.core.dates import DAYS_IN_YEAR, DateInterval
from studbook.planning.chances.fitted import SETTINGS, fitted_on
from studbook.planning.chances.queries import chances_for, pair_chance
from studbook.planning.models import Outcome, Plan
from studbook.planning.outcomes.history import history_of
from studbook.population.basis import Basis
from studbook.population.demography.filters import Filters
from studbook.population.demography.vital import vital_on
from tests.factories import HoldingFactory, OutcomeFactory, PlanFactory, animal_at
from tests.planning.chances.conftest import CLOSED, OPENED, ClosedPlan, pair_in
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db


def test_history__holds_the_pairs_of_closed_plans_and_what_came_of_them(
    book: SmallBook, closed: ClosedPlan
) -> None:
    found = {each.pair: each for each in history_of(book.programme)}
    assert {pair: each.fulfilled for pair, each in found.items()} == {closed.bred: True, closed.barren: False}
    assert (found[closed.bred].day, found[closed.bred].until) == (OPENED, CLOSED)


def test_history__leaves_out_open_plans_withdrawn_pairs_and_replaced_ones(
    book: SmallBook, closed: ClosedPlan
) -> None:
    final = PlanFactory(programme=book.programme, state=Plan.State.FINAL, published_on=date(2024, 1, 1))
    pair_in(final, book.sire, book.stranger)
    pair_in(closed.plan, book.brother, book.stranger, withdrawn_at="2021-01-01T00:00Z")
    replaced = pair_in(closed.plan, book.brother, book.dam)
    OutcomeFactory(pair=replaced, row=None, state=Outcome.State.REPLACED, reason="", attempt="")
    assert {each.pair for each in history_of(book.programme)} == {closed.bred, closed.barren}


def test_history__keeps_a_replaced_pair_that_had_young_before(book: SmallBook, closed: ClosedPlan) -> None:
    OutcomeFactory(pair=closed.bred, row=None, state=Outcome.State.REPLACED, reason="", attempt="")
    assert closed.bred in {each.pair for each in history_of(book.programme) if each.fulfilled}


def test_history__believes_the_book_where_it_shows_no_birth(book: SmallBook, closed: ClosedPlan) -> None:
    OutcomeFactory(pair=closed.barren, row=None, state=Outcome.State.FULFILLED, reason="", attempt="")
    assert {each.pair for each in history_of(book.programme) if each.fulfilled} == {closed.bred}


def test_history__a_birth_after_the_close_does_not_count(book: SmallBook, closed: ClosedPlan) -> None:
    closed.plan.closed_on = date(2021, 1, 1)
    closed.plan.save()
    assert not any(each.fulfilled for each in history_of(book.programme))


def test_fitted__sees_each_pair_as_it_was_on_the_day_of_its_plan(book: SmallBook, closed: ClosedPlan) -> None:
    fitted = fitted_on(book.programme)
    at = [each.pair for each in fitted.past].index(closed.bred)
    age = (OPENED - date(2015, 5, 3)).days / DAYS_IN_YEAR
    assert fitted.cases.sire_age[at] == pytest.approx(age)
    # Its young was born only later, in the plan's days.
    assert (fitted.cases.sire_proven[at], fitted.cases.moves[at]) == (0, 0)
    apart = [each.pair for each in fitted.past].index(closed.barren)
    assert (fitted.cases.moves[apart], fitted.cases.together_years[apart]) == (1, 0)
    assert fitted.primes["M"] == SETTINGS


def test_fitted__learns_a_banked_pair_without_the_donors_age(book: SmallBook, closed: ClosedPlan) -> None:
    methods = {closed.bred: "insemination", closed.barren: "banked"}
    for pair, method in methods.items():
        pair.method = method
        pair.save()
    fitted = fitted_on(book.programme)
    fresh, banked = ([each.pair for each in fitted.past].index(pair) for pair in methods)
    cases = fitted.cases
    assert cases.insemination[[fresh, banked]].tolist() == [1, 1]
    assert np.isfinite(cases.sire_age[fresh])
    assert np.isnan(cases.sire_age[banked])
    assert (cases.together_years[banked], cases.moves[banked]) == (0, 0)
    # The same columns that a pair is judged by.
    told = fitted.book.case("21", "22", OPENED, banked=True)
    assert np.isnan(told.sire_age[0])
    assert told.insemination[0] == 1


def test_fitted__is_made_anew_when_an_outcome_is_told(book: SmallBook, closed: ClosedPlan) -> None:
    before = fitted_on(book.programme)
    assert fitted_on(book.programme) is before
    OutcomeFactory(pair=closed.barren, row=None, state=Outcome.State.REPLACED, reason="", attempt="")
    assert [each.pair for each in fitted_on(book.programme).past] == [closed.bred]


def test_fitted__prime_is_the_middle_half_of_the_observed_ages(book: SmallBook) -> None:
    for number in range(30):
        animal_at(
            book.zoo,
            programme=book.programme,
            studbook_number=f"9{number}",
            sire=book.sire,
            birth=DateInterval.parse(f"{2018 + number // 6}-05-03"),
        )
    fitted = fitted_on(book.programme)
    ages = vital_on(Basis(book.programme), Filters()).breeding["M"].age_days / DAYS_IN_YEAR
    assert len(ages) >= 30
    low, high = np.percentile(ages, [25, 75])
    assert (fitted.model.prime.sire_from, fitted.model.prime.sire_to) == pytest.approx((low, high))
    assert fitted.primes == {"M": "observed", "F": SETTINGS}


def test_chances_for__are_those_of_each_pair_alone(book: SmallBook, closed: ClosedPlan) -> None:
    sires, dams = ["21", "21", "11"], ["22", "31", "31"]
    together = chances_for(book.programme, sires, dams)
    alone = [
        pair_chance(fitted_on(book.programme), sire, dam, 0.0).first.estimate.chance
        for sire, dam in zip(sires, dams, strict=True)
    ]
    assert together == pytest.approx(alone)
    assert len(set(together.round(6))) > 1


def test_pair_chance__tells_what_would_change_it(book: SmallBook, closed: ClosedPlan) -> None:
    fitted = fitted_on(book.programme)
    apart, together = (pair_chance(fitted, "21", dam, 0.001) for dam in ("22", "31"))
    assert (apart.moves, together.moves) == (True, False)
    assert apart.first.words == "Natural mating, one moves"
    assert together.first.words == "Natural mating, as they live"
    assert together.together_years is not None
    assert together.together_years > 3
    for way in apart.ways:
        assert way.gain == pytest.approx(way.estimate.chance * 0.001)
    natural, fresh, banked = (way.estimate for way in apart.ways)
    # Nobody moves for an insemination, and no case was one.
    assert natural.chance != fresh.chance
    assert banked.from_cases <= fresh.from_cases
    assert "No case was one" in apart.ways[1].note
    logit = sum(np.log(each.odds) for each in apart.ingredients) + fitted.model.coefficients[0]
    assert apart.first.estimate.chance == pytest.approx(1 / (1 + np.exp(-logit)))


def test_pair_chance__says_where_no_case_was_so_old(book: SmallBook, closed: ClosedPlan) -> None:
    found = pair_chance(fitted_on(book.programme), "21", "22", 0.001)
    # The cases were four years old, the pair of today is older.
    assert found.beyond == (
        "the sire is older than that of any case",
        "the dam is older than that of any case",
    )


def test_pair_chance__without_any_history_is_the_published_rate(book: SmallBook) -> None:
    found = pair_chance(fitted_on(book.programme), "21", "22", 0.001)
    assert [way.estimate.chance for way in found.ways] == pytest.approx([0.2] * 3)
    assert found.first.estimate.mostly_prior
    assert found.beyond == ()


def test_pair_chance__of_an_animal_that_nobody_holds_leaves_the_place_open(book: SmallBook) -> None:
    book.dam.holdings.update(end=date(2024, 1, 1))
    found = pair_chance(fitted_on(book.programme), "21", "22", 0.001)
    assert (found.moves, found.together_years, found.first.words) == (None, None, "Natural mating")


def test_fitted__as_many_queries_whatever_the_history(
    book: SmallBook, closed: ClosedPlan, django_assert_num_queries: Any
) -> None:
    fitted_on(book.programme)
    with django_assert_num_queries(12):
        fitted_on(book.programme)
    for number in range(50, 60):
        dam = animal_at(book.zoo, programme=book.programme, studbook_number=str(number))
        pair_in(closed.plan, book.sire, dam)
    fitted_on(book.programme)
    with django_assert_num_queries(12):
        fitted_on(book.programme)


def test_casebook__a_return_to_a_place_counts_from_the_return(book: SmallBook) -> None:
    book.dam.holdings.update(end=date(2020, 1, 1))
    HoldingFactory(animal=book.dam, institution=book.zoo, start=date(2024, 1, 1))
    fitted = fitted_on(book.programme)
    case = fitted.book.case("21", "22", date(2025, 1, 1))
    assert case.together_years[0] == pytest.approx(1, abs=0.01)
    assert np.isnan(fitted.book.case("21", "22", date(2022, 1, 1)).together_years[0])
