"""Whose release costs least: who is a candidate and who is not, and the group chosen among them."""

from datetime import date
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from pedigree import Pedigree, inbreeding
from studbook.core.dates import DateInterval
from studbook.population.analysis import NoFiguresError
from studbook.population.basis import Basis, analysis_on
from studbook.population.genetics.lineages import share_of
from studbook.population.overlays.actions import make_overlay
from studbook.population.overlays.assuming import assume
from studbook.population.overlays.drafts import AssumptionDraft
from studbook.population.released_kin import closest_kin, met_on
from studbook.population.releases import ReleaseQuestion, answer_of
from studbook.programmes.models import Programme
from tests.factories import LineageFactory, LineageFounderFactory
from tests.pedigree.strategies import pedigrees
from tests.pedigree.twin import Twin
from tests.population.conftest import Family

PAIR = ReleaseQuestion(1, 1)


def basis_of(family: Family) -> Basis:
    family.programme.refresh_from_db()
    return Basis(family.programme)


def numbers(rows: Any) -> list[str]:
    return [each.animal.studbook_number for each in rows]


def reasons(family: Family, question: ReleaseQuestion) -> dict[str, str]:
    return {
        each.animal.studbook_number: each.reason for each in answer_of(basis_of(family), question).left_out
    }


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0, 5.0])
def test_answer_of__is_the_best_of_all_groups(family: Family, weight: float) -> None:
    analysis = analysis_on(basis_of(family))
    kinship, living = analysis.kinship, set(np.flatnonzero(analysis.measured).tolist())

    def worth(group: tuple[int, ...]) -> float:
        left = sorted(living - set(group))
        stay, go = (kinship[np.ix_(rows, rows)].mean() for rows in (left, list(group)))
        return float((1 - stay) + weight * (1 - go))

    rows = {number: analysis.population.row(number) for number in ("5", "6", "7", "8", "9", "10")}
    groups = [(rows[male], rows[female]) for male, female in product(("5", "7", "9"), ("6", "8", "10"))]
    answer = answer_of(basis_of(family), ReleaseQuestion(1, 1, weight))
    assert answer.choice is not None
    assert answer.choice.value == pytest.approx(max(map(worth, groups)), abs=1e-12)
    assert answer.choice.is_best


def test_answer_of__tells_the_group_with_its_figures(family: Family) -> None:
    answer = answer_of(basis_of(family), PAIR)
    assert answer.choice is not None
    analysis = analysis_on(basis_of(family))
    assert [each.sex for each in answer.chosen] == ["M", "F"]
    for each in answer.chosen:
        row = analysis.population.row(each.animal.studbook_number)
        assert each.mean_kinship == analysis.mean_kinships[row]
        assert each.holder in (family.zoo, family.kazan)
    assert len(answer.candidates) == 6
    assert {swap.out.animal for swap in answer.swaps} <= {each.animal for each in answer.chosen}
    assert [swap.cost for swap in answer.swaps] == sorted(swap.cost for swap in answer.swaps)
    assert all(swap.out.sex == swap.put.sex for swap in answer.swaps)


def test_left_out__says_the_sex_and_the_age(family: Family) -> None:
    family[6].sex, family[7].birth_earliest, family[7].birth_latest = "U", None, None
    family[7].birth_text = ""
    family.programme.animals.bulk_update(
        [family[6], family[7]], ["sex", "birth_earliest", "birth_latest", "birth_text"]
    )
    on = family.programme.as_of
    family[9].birth = DateInterval.exact(on.replace(year=on.year - 1))
    family[9].save()
    family.programme.revision += 1
    family.programme.save()
    told = reasons(family, ReleaseQuestion(1, 1, youngest_months=13))
    assert told["6"] == "Its sex is not known."
    assert told["7"] == "Its age is not known."
    assert told["9"].endswith("months old, younger than 13.")
    told = reasons(family, ReleaseQuestion(1, 1, oldest_months=12))
    assert "9" not in told
    assert told["5"].endswith("months old, older than 12.")


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        ("2023-01-01", date(2024, 6, 30), 17),
        ("2023-01-01", date(2024, 7, 1), 18),
        ("2023-07-01", date(2023, 12, 31), 5),
        ("2023-07-01", date(2024, 1, 1), 6),
        ("2023-08-31", date(2024, 2, 29), 5),
        ("2023-08-31", date(2024, 3, 1), 6),
    ],
)
def test_left_out__counts_months_of_the_calendar(family: Family, born: str, on: date, months: int) -> None:
    family[9].birth = DateInterval.parse(born)
    family[9].save()
    Programme.objects.filter(pk=family.programme.pk).update(
        current_to=on, revision=family.programme.revision + 1
    )
    younger = reasons(family, ReleaseQuestion(1, 1, youngest_months=months + 1))
    assert younger["9"] == f"It is {months} months old, younger than {months + 1}."
    older = reasons(family, ReleaseQuestion(1, 1, oldest_months=months - 1))
    assert older["9"] == f"It is {months} months old, older than {months - 1}."
    assert "9" not in reasons(family, ReleaseQuestion(1, 1, youngest_months=months, oldest_months=months))


def test_left_out__says_the_inbreeding(family: Family) -> None:
    # 9 and 10 have parents that are unrelated, so nobody is inbred: at the limit is not above it.
    assert reasons(family, ReleaseQuestion(1, 1, inbreeding_limit=0.0)) == {}


def gone(family: Family, *numbers: int) -> None:
    for number in numbers:
        family[number].status = "released"
        family[number].save()
    Programme.objects.filter(pk=family.programme.pk).update(revision=family.programme.revision + 1)


def test_left_out__says_the_kinship_to_one_released_before(family: Family) -> None:
    # 6 is the sister of 5, the dam of 10, and the aunt of 9.
    gone(family, 6)
    told = reasons(family, ReleaseQuestion(1, 1, kinship_limit=0.1, beside=("6",)))
    assert told == {
        "5": "Its kinship to 6, released here before, is 0.2500, above 0.1.",
        "9": "Its kinship to 6, released here before, is 0.1250, above 0.1.",
        "10": "Its kinship to 6, released here before, is 0.2500, above 0.1.",
    }
    assert reasons(family, ReleaseQuestion(1, 1, beside=("6",))) == {}
    assert reasons(family, ReleaseQuestion(1, 1, kinship_limit=0.1)) == {}


def test_left_out__at_the_limit_of_kinship_to_one_released_before_may_go(family: Family) -> None:
    gone(family, 6)
    told = reasons(family, ReleaseQuestion(1, 1, kinship_limit=0.125, beside=("6",)))
    assert told.keys() == {"5", "10"}
    assert reasons(family, ReleaseQuestion(1, 1, kinship_limit=0.25, beside=("6",))) == {}


def test_left_out__names_the_closest_of_those_released_before(family: Family) -> None:
    gone(family, 6, 8)
    told = reasons(family, ReleaseQuestion(1, 1, kinship_limit=0.1, beside=("6", "8")))
    assert {number: reason.split(",")[0] for number, reason in told.items()} == {
        "5": "Its kinship to 6",
        "7": "Its kinship to 8",
        "9": "Its kinship to 8",
        "10": "Its kinship to 6",
    }


def test_answer_of__counts_those_released_before_that_are_in_the_book_and_not_captive(family: Family) -> None:
    gone(family, 6)
    asked = ReleaseQuestion(1, 1, kinship_limit=0.2, beside=("5", "6", "nobody"))
    answer = answer_of(basis_of(family), asked)
    assert answer.met == ("6",)
    assert set(numbers(answer.chosen)) <= {"7", "8", "9"}
    assert answer_of(basis_of(family), ReleaseQuestion(1, 1, beside=("6",))).met == ()


@settings(max_examples=50, deadline=None)
@given(records=pedigrees(), alive=st.sets(st.integers(0, 10)), before=st.sets(st.integers(0, 11)))
def test_closest_kin__equals_the_textbook_recursion(records, alive, before) -> None:
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    living = np.array([int(each) in alive for each in pedigree.ids])
    analysis: Any = SimpleNamespace(pedigree=pedigree, living=living, inbreeding=inbreeding(pedigree))
    met = met_on(analysis, [str(each) for each in sorted(before)])
    assert set(met) == {str(each) for each in before - alive} & set(pedigree.ids)
    found = closest_kin(analysis, met)
    assert found.keys() == ({pedigree.ids[row] for row in np.flatnonzero(living)} if met else set())
    for number, kin in found.items():
        exact = {each: twin.kinship(number, each) for each in met}
        assert kin.kinship == pytest.approx(float(max(exact.values())), abs=1e-12)
        assert kin.studbook_number == next(each for each in met if exact[each] == max(exact.values()))


def test_left_out__says_the_share_of_a_lineage(family: Family) -> None:
    lineage = LineageFactory(programme=family.programme, name="Founder 2", cap=0.41)
    LineageFounderFactory(lineage=lineage, founder=family[2])
    assert reasons(family, PAIR) == dict.fromkeys(
        ("5", "6"), "50.0 % of its genes are of Founder 2, above 41 %."
    )
    told = reasons(family, ReleaseQuestion(1, 1, lineage_cap=0.2))
    assert told["9"] == "25.0 % of its genes are of Founder 2, above 20 %."
    assert reasons(family, ReleaseQuestion(1, 1, lineage_cap=0.9)).keys() == {"5", "6"}


def test_answer_of__shares_are_those_of_the_lineages(family: Family) -> None:
    lineage = LineageFactory(programme=family.programme, name="Founder 2", cap=0.41)
    LineageFounderFactory(lineage=lineage, founder=family[2])
    LineageFactory(programme=family.programme, name="Watched", cap=None)
    basis = basis_of(family)
    answer = answer_of(basis, PAIR)
    share, _ = share_of(analysis_on(basis), ["2"])
    assert [each.name for each in answer.lineages] == ["Founder 2"]
    for each in answer.candidates:
        row = analysis_on(basis).pedigree.row(each.animal.studbook_number)
        assert each.shares == (pytest.approx(share[row], abs=1e-12),)


def test_answer_of__a_changed_cap_is_asked_anew(family: Family) -> None:
    lineage = LineageFactory(programme=family.programme, cap=0.6)
    LineageFounderFactory(lineage=lineage, founder=family[2])
    assert len(answer_of(basis_of(family), PAIR).candidates) == 6
    type(lineage).objects.update(cap=0.1, version=2)
    answer = answer_of(basis_of(family), PAIR)
    assert set(numbers(answer.candidates)) == {"7", "8"}
    assert numbers(answer.chosen) == ["7", "8"]


def test_answer_of__leaves_out_whom_an_overlay_excludes(family: Family) -> None:
    overlay = make_overlay(family.programme, name="Old", reason="Letters.", by=None)
    draft = AssumptionDraft("excluded", "It cannot travel.", animal="10")
    assume(overlay, draft, by=None, opened_version=overlay.version)
    overlay.refresh_from_db()
    family.programme.refresh_from_db()
    answer = answer_of(Basis(family.programme, (overlay,)), PAIR)
    assert {each.animal.studbook_number: each.reason for each in answer.left_out} == {
        "10": "An overlay excludes it from the population."
    }


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (ReleaseQuestion(4, 0), "4 males"),
        (ReleaseQuestion(3, 3), "leaves nobody"),
        (ReleaseQuestion(2, 2, kinship_limit=0.0), "no two have a kinship above 0"),
    ],
)
def test_answer_of__says_what_stands_in_the_way(
    family: Family, question: ReleaseQuestion, sentence: str
) -> None:
    answer = answer_of(basis_of(family), question)
    assert answer.choice is None
    assert sentence in answer.refusal


def test_answer_of__a_book_without_living_has_none(programme: Programme) -> None:
    with pytest.raises(NoFiguresError, match="no population to measure"):
        answer_of(Basis(programme), PAIR)


def test_answer_of__of_a_book_that_changed_meanwhile_is_asked_anew(family: Family) -> None:
    basis = basis_of(family)
    chosen = answer_of(basis, PAIR).chosen[0].animal
    # It leaves after the basis was read, so that the choice kept for that basis still names it.
    family.programme.animals.filter(pk=chosen.pk).update(status="released")
    with pytest.raises(NoFiguresError, match="changed while this was reckoned"):
        answer_of(basis, PAIR)


def test_answer_of__asks_six_queries(
    family: Family, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    basis = basis_of(family)
    answer_of(basis, PAIR)
    with django_assert_num_queries(5):
        answer_of(basis, PAIR)
