"""Who was there when: against looking at every animal on every day."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    MALE,
    UNKNOWN_SEX,
    LifeRecord,
    Lives,
    age_pyramid,
    ages_on,
    present_on,
    record_ages,
    yearly_census,
)
from tests.pedigree.demography.books import Naive, day, lightly, records

YEARS = list(range(1, 9))


@lightly
@given(records(), day)
def test_present_on__is_who_was_inside(lives, on) -> None:
    naive = Naive(lives)
    expected = [life.id in naive.lives and naive.inside(life, on) for life in lives]
    assert present_on(Lives.from_records(lives), on).tolist() == expected


@lightly
@given(records())
def test_yearly_census__counts_by_sex_and_origin(lives) -> None:
    naive = Naive(lives)
    for row in yearly_census(Lives.from_records(lives), YEARS):
        last = date(row.year, 12, 31).toordinal()
        inside = [life for life in naive.lives.values() if naive.inside(life, last)]
        sexes = [sum(life.sex == sex for life in inside) for sex in (MALE, FEMALE, UNKNOWN_SEX)]
        assert [row.males, row.females, row.unknown_sex] == sexes
        origins = {label: sum(life.origin == label for life in inside) for label in ("captive", "wild")}
        assert row.by_origin == {label: number for label, number in origins.items() if number}


@lightly
@given(records())
def test_yearly_census__counts_births_and_deaths_of_the_year(lives) -> None:
    naive = Naive(lives)
    for row in yearly_census(Lives.from_records(lives), YEARS):
        days = range(date(row.year, 1, 1).toordinal(), date(row.year, 12, 31).toordinal() + 1)
        there = naive.lives.values()
        assert row.births == sum(naive.born_in(life) and life.birth in days for life in there)
        assert row.deaths == sum(naive.died_in(life) and life.death in days for life in there)


@lightly
@given(records())
def test_yearly_census__of_one_year_follows_from_the_year_before(lives) -> None:
    rows = yearly_census(Lives.from_records(lives), range(1, 12))
    before = 0
    for row in rows:
        assert row.total == before + row.births + row.arrivals - row.deaths - row.departures
        before = row.total


def test_yearly_census__tells_a_release_and_a_return_from_a_death() -> None:
    days = [date(year, 6, 1).toordinal() for year in (2000, 2001, 2002, 2003)]
    life = LifeRecord("1", birth=days[0], death=days[3], stays=((days[0], days[1]), (days[2], None)))
    rows = yearly_census(Lives.from_records([life]), [2000, 2001, 2002, 2003])
    moves = [(row.total, row.births, row.departures, row.arrivals, row.deaths) for row in rows]
    assert moves == [(1, 1, 0, 0, 0), (0, 0, 1, 0, 0), (1, 0, 0, 1, 0), (0, 0, 0, 0, 1)]


def test_yearly_census__holds_new_years_day_and_new_years_eve() -> None:
    first, last = date(2001, 1, 1).toordinal(), date(2001, 12, 31).toordinal()
    lives = [
        LifeRecord("1", birth=first, stays=((first, last),)),
        LifeRecord("2", birth=last, death=last, stays=((last, None),)),
    ]
    (row,) = yearly_census(Lives.from_records(lives), [2001])
    assert (row.total, row.births, row.deaths, row.departures) == (0, 2, 1, 1)


@lightly
@given(records(), day)
def test_age_pyramid__holds_each_animal_once(lives, on) -> None:
    book = Lives.from_records(lives)
    pyramid, present, ages = age_pyramid(book, on), present_on(book, on), ages_on(book, on)
    for counts, sex, undated in zip(
        (pyramid.males, pyramid.females, pyramid.unknown_sex),
        (MALE, FEMALE, UNKNOWN_SEX),
        pyramid.undated,
        strict=True,
    ):
        chosen = present & (book.sex == sex)
        assert undated == int(np.isnan(ages[chosen]).sum())
        assert counts.tolist() == [int((ages[chosen] == age).sum()) for age in range(len(counts))]
        assert counts.sum() + undated == chosen.sum()


@lightly
@given(records(), day, st.integers(1, 4))
def test_record_ages__are_the_oldest_in_order(lives, on, number) -> None:
    naive, found = Naive(lives), record_ages(Lives.from_records(lives), on, number=number)
    ages = []
    for life in naive.lives.values():
        dead = life.death is not None and life.death <= on
        if life.birth is not None and (dead or naive.inside(life, on)):
            ages.append((life.death if dead else on) - life.birth)
    assert [record.age_days for record in found] == sorted((a for a in ages if a >= 0), reverse=True)[:number]


def test_record_ages__are_asked_of_one_sex() -> None:
    lives = [
        LifeRecord("1", MALE, birth=1, death=900),
        LifeRecord("2", FEMALE, birth=1, death=500, birth_slack=9),
    ]
    (found,) = record_ages(Lives.from_records(lives), 1000, sex=FEMALE)
    assert (found.animal, found.age_days, found.living, found.slack) == ("2", 499, False, 9)
