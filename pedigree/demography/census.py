"""Who was in the population on a day, how old they were, and who came and went in a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pedigree.demography.exposure import age_class
from pedigree.demography.lives import Floats, Lives
from pedigree.demography.spans import Bools
from pedigree.structure import FEMALE, MALE, UNKNOWN_SEX

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CensusYear:
    """A year's end and what led to it: animals on 31 December, by sex and by origin; who came and went in the year.

    Arrivals are stays that do not begin with a birth, departures those that do not end with a death: imports and exports,
    captures and releases, whatever the stays given mean.
    """

    year: int
    males: int
    females: int
    unknown_sex: int
    by_origin: Mapping[str, int]
    births: int
    deaths: int
    arrivals: int
    departures: int

    @property
    def total(self) -> int:
        """All animals on 31 December."""
        return self.males + self.females + self.unknown_sex


@dataclass(frozen=True, slots=True, eq=False)
class AgePyramid:
    """Animals by whole years of age; `undated` lack a birth date, by sex as males, females, unknown."""

    males: Counts
    females: Counts
    unknown_sex: Counts
    undated: tuple[int, int, int]


def present_on(lives: Lives, day: int) -> Bools:
    """Return who was in the population on a day.

    An animal is counted from the day a stay begins up to the day before it ends: who dies on a day is not counted on it.

    Parameters
    ----------
    lives :                 The lives.
    day :                   As `date.toordinal()`.

    Returns
    -------
    shape (n_animals,)      True for those who were in.

    Notes
    -----
    One pass over the stays.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> lives = Lives.from_records([LifeRecord("1", stays=((1, 5), (9, None)))])
    >>> [present_on(lives, day).tolist() for day in (4, 5, 9)]
    [[True], [False], [True]]
    """
    there = (lives.stays.start <= day) & (day < lives.stays.end)
    present = np.zeros(len(lives), dtype=np.bool_)
    present[lives.stays.row[there]] = True
    return present


def ages_on(lives: Lives, day: int) -> Floats:
    """Return how old each animal would be on a day, in whole years of 365.25 days.

    Dead animals too; NaN where the birth is unknown or yet to come.

    Parameters
    ----------
    lives :                 The lives.
    day :                   As `date.toordinal()`.

    Returns
    -------
    shape (n_animals,)      Whole years.

    Notes
    -----
    One pass over the animals.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> ages_on(Lives.from_records([LifeRecord("1", birth=1)]), 367).tolist()
    [1.0]
    """
    days = day - lives.birth
    return np.where(days >= 0, age_class(days), np.nan)


def age_pyramid(lives: Lives, day: int) -> AgePyramid:
    """Return how many animals of each age and sex were in the population on a day.

    Ages in whole years of 365.25 days; animals without a birth date are counted apart.

    Parameters
    ----------
    lives :                 The lives.
    day :                   As `date.toordinal()`.

    Returns
    -------
    Counts by age, three arrays of one length.

    Notes
    -----
    One pass over the animals.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> lives = Lives.from_records([LifeRecord("1", sex=MALE, birth=1, stays=((1, None),))])
    >>> age_pyramid(lives, 400).males.tolist()
    [0, 1]
    """
    present, ages = present_on(lives, day), ages_on(lives, day)
    dated = present & ~np.isnan(ages)
    classes = int(ages[dated].max(initial=-1)) + 1
    sexes = [lives.sex == sex for sex in (MALE, FEMALE, UNKNOWN_SEX)]
    males, females, unsexed = (
        np.bincount(ages[dated & sex].astype(np.intp), minlength=classes) for sex in sexes
    )
    undated_males, undated_females, neither = (int((present & ~dated & sex).sum()) for sex in sexes)
    return AgePyramid(males, females, unsexed, (undated_males, undated_females, neither))


def yearly_census(lives: Lives, years: Sequence[int]) -> tuple[CensusYear, ...]:
    """Return the population at each year's end, and who came and went in the year.

    Animals at the end = those a year before + births + arrivals - deaths - departures.

    Parameters
    ----------
    lives :                 The lives.
    years :                 The years asked about, in any order.

    Returns
    -------
    A row for each year, in the order asked.

    Notes
    -----
    Two passes over the stays for each year.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> birth = date(2000, 5, 1).toordinal()
    >>> lives = Lives.from_records([LifeRecord("1", birth=birth, stays=((birth, None),))])
    >>> [(row.total, row.births) for row in yearly_census(lives, [1999, 2000])]
    [(0, 0), (1, 1)]
    """
    return tuple(_census_year(lives, year) for year in years)


def _census_year(lives: Lives, year: int) -> CensusYear:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    present, stays = present_on(lives, last), lives.stays
    began = (stays.start >= first) & (stays.start <= last)
    ended = (stays.end >= first) & (stays.end <= last)
    born = stays.start == lives.birth[stays.row]
    dead = stays.end == lives.death[stays.row]
    males, females, unsexed = (
        int((present & (lives.sex == sex)).sum()) for sex in (MALE, FEMALE, UNKNOWN_SEX)
    )
    return CensusYear(
        year,
        males,
        females,
        unsexed,
        by_origin=dict(_by_origin(lives, present)),
        births=int((began & born).sum()),
        deaths=int((ended & dead).sum()),
        arrivals=int((began & ~born).sum()),
        departures=int((ended & ~dead).sum()),
    )


def _by_origin(lives: Lives, present: Bools) -> Iterator[tuple[str, int]]:
    labels, counts = np.unique(np.array(lives.origin, dtype=object)[present].astype(str), return_counts=True)
    yield from zip(labels.tolist(), counts.tolist(), strict=True)
