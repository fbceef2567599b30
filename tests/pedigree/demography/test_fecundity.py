"""Ages of parents, litters, intervals and seasons: against looking at every pair, and by hand."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    MALE,
    LifeRecord,
    Litter,
    Lives,
    birth_intervals,
    birth_season,
    breeding_ages,
    litters,
)
from tests.pedigree.demography.books import Naive, day, lightly, records


def young(name: str, birth: int, dam: str | int = -2, slack: int = 0) -> LifeRecord:
    return LifeRecord(name, birth=birth, stays=((birth, None),), dam=dam, birth_slack=slack)


@lightly
@given(records(), st.sampled_from((MALE, FEMALE)), day)
def test_breeding_ages__are_those_of_every_sure_pair(lives, sex, last) -> None:
    naive, role = Naive(lives), "sire" if sex == MALE else "dam"
    born = [life for life in naive.lives.values() if naive.born_in(life) and life.birth <= last]
    births = (naive.births.get(getattr(life, role)) for life in born)
    pairs = [
        (life.birth - birth, getattr(life, role))
        for life, birth in zip(born, births, strict=True)
        if birth is not None
    ]
    found = breeding_ages(Lives.from_records(lives), sex, last=last)
    expected = sorted((age, parent) for age, parent in pairs if age >= 0)
    assert found.age_days.tolist() == [age for age, _ in expected]
    assert sorted(zip(found.age_days.tolist(), found.parents, strict=True)) == expected
    assert found.left_out == len(born) - len(found.age_days)
    ends = [found.age_days[0], found.age_days[-1]] if len(found.age_days) else [None, None]
    assert [found.youngest and found.youngest.age_days, found.oldest and found.oldest.age_days] == ends


def test_breeding_ages__are_of_one_sex() -> None:
    with pytest.raises(ValueError, match="0 is no sex of a parent"):
        breeding_ages(Lives.from_records([]), 0, last=1)


@lightly
@given(records(), day, st.integers(0, 400))
def test_litters__hold_the_young_of_a_dam_from_one_day_on(lives, last, together) -> None:
    naive = Naive(lives)
    expected: dict[tuple[str, int], list[str]] = {}
    born = [life for life in naive.lives.values() if naive.born_in(life) and life.birth <= last]
    for life in sorted(born, key=lambda each: each.birth):
        if isinstance(life.dam, str):
            days = [on for dam, on in expected if dam == life.dam and life.birth - on <= together]
            expected.setdefault((life.dam, days[-1] if days else life.birth), []).append(life.id)
    found = litters(Lives.from_records(lives), last=last, together=together)
    assert {(each.dam, each.day): set(each.young) for each in found} == {
        key: set(names) for key, names in expected.items()
    }


def test_birth_intervals__are_between_litters_of_one_dam_of_sure_dates() -> None:
    born = [
        young("a", 1, "d"),
        young("b", 401, "d"),
        young("c", 402, "d"),
        young("e", 1000, "d", 90),
        young("f", 50),
    ]
    found = litters(Lives.from_records([LifeRecord("d"), *born]), last=5000)
    assert [litter.young for litter in found] == [("a",), ("b", "c"), ("e",)]
    assert [litter.slack for litter in found] == [0, 0, 90]
    assert birth_intervals(found).tolist() == [400]
    assert birth_intervals([Litter("d", 1, ("a",)), Litter("g", 9, ("b",))]).tolist() == []


def season_of(days: list[date], slack: int = 0):
    lives = [young(str(place), on.toordinal(), slack=slack) for place, on in enumerate(days)]
    return birth_season(Lives.from_records(lives), last=date(2100, 1, 1).toordinal())


def test_birth_season__of_births_all_round_the_year_is_none() -> None:
    season = season_of([date(2001, 1, 1) + timedelta(days=day) for day in range(365)])
    assert season.by_month == (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    assert season.concentration < 0.01
    assert season.p > 0.9


def test_birth_season__is_found_where_there_is_one_and_lies_over_new_year() -> None:
    season = season_of([date(2001, 12, 12), date(2002, 1, 21), date(2003, 12, 22), date(2004, 1, 11)])
    assert season.mean_day < 2 or season.mean_day > 364
    assert season.concentration == pytest.approx(0.963, abs=0.001)
    assert season.p == pytest.approx(0.013, abs=0.001)


def test_birth_season__counts_litter_mates_once_in_the_test_and_each_in_the_months() -> None:
    born = [young(name, 700000 + place, "d") for place, name in enumerate("abc")]
    season = birth_season(Lives.from_records([LifeRecord("d"), *born]), last=800000)
    assert (sum(season.by_month), season.litters) == (3, 1)


def test_birth_season__leaves_out_and_counts_dates_that_tell_none() -> None:
    season = season_of([date(2001, 7, 1)], slack=180)
    assert (season.left_out, season.litters, sum(season.by_month)) == (1, 0, 0)
    assert math.isnan(season.p)


@lightly
@given(records(), day)
def test_birth_season__holds_every_birth_once(lives, last) -> None:
    naive, season = Naive(lives), birth_season(Lives.from_records(lives), last=last)
    born = [life for life in naive.lives.values() if naive.born_in(life) and life.birth <= last]
    months = [date.fromordinal(life.birth).month for life in born]
    assert season.by_month == tuple(months.count(month) for month in range(1, 13))
    assert np.isnan(season.concentration) or 0 <= season.concentration <= 1
