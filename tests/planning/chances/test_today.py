"""The chance of a pair as it lives today: places and time together of the open stays, also past the day of the book."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import User
from studbook.core.dates import DAYS_IN_YEAR
from studbook.planning.chances.fitted import fitted_on
from studbook.planning.chances.queries import PairChance, chances_for, pair_chance
from studbook.population.analysis import analysis_of
from studbook.population.pairs import pairs_of
from tests.factories import HoldingFactory
from tests.planning.chances.conftest import ClosedPlan
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db
DAYS = 60


@pytest.fixture
def moved(book: SmallBook, closed: ClosedPlan) -> SmallBook:
    """Return the book, current to a day 90 days ago; since then the sire went to the dam, and a sister to another zoo."""
    today = timezone.localdate()
    book.programme.current_to = today - timedelta(days=DAYS + 30)
    book.programme.save()
    for animal, place in ((book.sire, book.other_zoo), (book.sister, book.other_zoo)):
        animal.holdings.update(end=today - timedelta(days=DAYS))
        HoldingFactory(animal=animal, institution=place, start=today - timedelta(days=DAYS))
    return book


def told(book: SmallBook, sire: str = "21", dam: str = "22") -> PairChance:
    return pair_chance(fitted_on(book.programme), sire, dam, 0.001)


def test_pair_chance__who_moved_after_the_day_of_the_book_lives_where_it_is(moved: SmallBook) -> None:
    together, apart = told(moved), told(moved, dam="31")
    assert together.first.words == "Natural mating, as they live"
    assert (together.moves, apart.moves, apart.together_years) == (False, True, 0)
    assert together.together_years == pytest.approx(DAYS / DAYS_IN_YEAR)
    fresh = told(moved, sire="11", dam="31")
    # They have not moved, and are together up to today, not up to the day of the book.
    since = (timezone.localdate() - date(2015, 5, 3)).days / DAYS_IN_YEAR
    assert fresh.together_years == pytest.approx(since, abs=0.01)


def test_pair_chance__ages_and_young_are_those_of_the_day_of_the_book(moved: SmallBook) -> None:
    fitted = fitted_on(moved.programme)
    case = fitted.book.case("21", "22", fitted.on, today=timezone.localdate())
    assert fitted.on == moved.programme.current_to
    age = moved.sire.age_on(fitted.on)
    assert case.sire_age[0] == pytest.approx(age, abs=0.01)


def test_chances__move_whom_the_list_of_pairs_moves(moved: SmallBook) -> None:
    """Every pair: nobody moves for the chance exactly where the pair shares a place on its page and in an optimal plan."""
    pairs = list(pairs_of(moved.programme, analysis_of(moved.programme)))
    assert {row.same_place for row in pairs} == {True, False}
    for row in pairs:
        found = told(moved, row.sire.number, row.dam.number)
        assert found.moves is not row.same_place
    sires, dams = zip(*((row.sire.number, row.dam.number) for row in pairs), strict=True)
    assert chances_for(moved.programme, sires, dams) == pytest.approx(
        [told(moved, *each).first.estimate.chance for each in zip(sires, dams, strict=True)]
    )


def test_cases__keep_the_places_of_their_own_day(moved: SmallBook, closed: ClosedPlan) -> None:
    fitted = fitted_on(moved.programme)
    moves = {past.pair: moves for past, moves in zip(fitted.past, fitted.cases.moves, strict=True)}
    assert moves == {closed.bred: 0, closed.barren: 1}


def test_pair_chance__a_stay_that_has_not_begun_is_no_time_together(moved: SmallBook) -> None:
    moved.sire.holdings.filter(end=None).update(start=timezone.localdate() + timedelta(days=9))
    assert told(moved).together_years == 0


def test_pair_page__agrees_with_itself_and_says_which_day_is_meant(
    moved: SmallBook, olga: User, signed_in: Any
) -> None:
    page = signed_in(olga).get(reverse("pair", args=["leopards", "21", "22"])).text
    assert "no animal needs to move" in page
    assert "one moves" not in page
    assert "Natural mating, as they live" in page
    assert "1 month; no young" in page
    assert "the day the book is current to" in page
