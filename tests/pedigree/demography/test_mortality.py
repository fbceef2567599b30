"""Deaths of the young."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import MALE, LifeRecord, Lives, early_mortality
from tests.pedigree.demography.books import Naive, day, lightly, records

STAY = ((1, None),)


def lived(name: str, days: int | None, **more: object) -> LifeRecord:
    death = None if days is None else 1 + days
    return LifeRecord(name, birth=1, death=death, stays=STAY, **more)  # type: ignore[arg-type]


def test_early_mortality__splits_the_first_year_at_thirty_days() -> None:
    lives = Lives.from_records([lived(str(days), days) for days in (0, 29, 30, 365, 366, 900)])
    found = early_mortality(lives, last=5000)
    shares = (found.thirty_days, found.first_year, found.first_year_after_thirty_days)
    assert [(each.died, each.number) for each in shares] == [(2, 6), (4, 6), (2, 4)]
    assert found.first_year.share == pytest.approx(4 / 6)


def test_early_mortality__counts_only_young_old_enough_on_the_last_day() -> None:
    lives = Lives.from_records([lived("dead", 3), lived("alive", None)])
    found = early_mortality(lives, last=29)
    assert (found.thirty_days.number, found.thirty_days.unknown) == (0, 2)
    assert math.isnan(found.thirty_days.share)
    assert early_mortality(lives, last=30).thirty_days.share == 0.5


def test_early_mortality__does_not_guess_the_fate_of_young_sent_out() -> None:
    gone = LifeRecord("gone", birth=1, death=25, stays=((1, 20),))
    found = early_mortality(Lives.from_records([gone, lived("2", None)]), last=5000)
    assert (found.thirty_days.died, found.thirty_days.number, found.thirty_days.unknown) == (0, 1, 1)


def test_early_mortality__has_wilsons_interval() -> None:
    lives = [lived(str(place), 5 if place < 2 else None) for place in range(10)]
    found = early_mortality(Lives.from_records(lives), last=5000).thirty_days
    assert (found.lower, found.upper) == pytest.approx((0.0567, 0.5098), abs=1e-4)


def test_early_mortality__shares_the_unsexed() -> None:
    lives = Lives.from_records([lived("1", 5), lived("2", None, sex=MALE)])
    found = early_mortality(lives, MALE, last=5000).thirty_days
    assert (found.died, found.number) == (0.5, 1.5)


@lightly
@given(records(), st.none() | day, day)
def test_early_mortality__counts_what_is_counted_by_hand(lives, first, last) -> None:
    if first is not None and first > last:
        first, last = last, first
    naive = Naive(lives)
    died, alive = 0, 0
    for life in naive.lives.values():
        if naive.born_in(life) and (first or 1) <= life.birth <= last and life.birth + 30 <= last + 1:
            death = life.death if naive.died_in(life) and life.death <= last else None
            if death is not None and death < life.birth + 30:
                died += 1
            elif all(naive.inside(life, on) for on in range(life.birth, life.birth + 30)):
                alive += 1
    found = early_mortality(Lives.from_records(lives), first=first, last=last).thirty_days
    assert (found.died, found.number) == (died, died + alive)


@pytest.mark.parametrize("young", [1, 10, 49])
def test_early_mortality__of_young_that_all_died_may_be_all(young: int) -> None:
    lives = Lives.from_records([lived(str(number), 10) for number in range(young)])
    found = early_mortality(lives, last=5000).first_year
    assert (found.share, found.upper) == (1.0, 1.0)


def test_early_mortality__refuses_a_level_that_is_none() -> None:
    with pytest.raises(ValueError, match="Give a share between 0 and 1"):
        early_mortality(Lives.from_records([]), last=5000, level=1.5)
