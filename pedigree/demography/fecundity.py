"""Who bred at what age, in litters of what size, and how long apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from pedigree._rules_dates import SAME_LITTER_DAYS
from pedigree.demography.lives import Floats, Lives, Parentage, Rows
from pedigree.demography.spans import Window
from pedigree.structure import FEMALE, MALE

TOGETHER: Final = SAME_LITTER_DAYS
"""Days within which young of one dam are one litter, unless said otherwise."""
SURE: Final = 15
"""A birth that may lie more days than this off its day tells no interval and no season."""


@dataclass(frozen=True, slots=True)
class Breeding:
    """A birth by its parent: the ids of both, and the parent's age in days."""

    parent: str
    offspring: str
    age_days: float


@dataclass(frozen=True, slots=True, eq=False)
class BreedingAges:
    """Ages of parents of one sex at births, in days, in order; the youngest and the oldest, None where there is none.

    `parents` are the ids of the parents, one for each age. `left_out` births have a parent of that sex whose age, or who itself, is not known for certain.
    """

    age_days: Floats
    parents: tuple[str, ...]
    youngest: Breeding | None
    oldest: Breeding | None
    left_out: int


@dataclass(frozen=True, slots=True)
class Litter:
    """Young of one dam born together: the dam's id, the first day as `date.toordinal()`, the young's ids.

    `slack` is by how many days the most uncertain of their births may be off.
    """

    dam: str
    day: int
    young: tuple[str, ...]
    slack: int = 0


def breeding_ages(lives: Lives, sex: int, *, first: int | None = None, last: int) -> BreedingAges:
    """Return at which ages parents of one sex had the young born into the population in a window.

    Only parents known for certain, with a birth date, count; those that had left or died by then count too.

    Parameters
    ----------
    lives :                 All lives of the book.
    sex :                   MALE for sires, FEMALE for dams.
    first, last :           The first and last day looked at, as `date.toordinal()`; None for no beginning.

    Returns
    -------
    The ages and the parents, one for each birth, and the births at both ends.

    Raises
    ------
    ValueError
        The window ends before it begins, or the sex is none of the two.

    Notes
    -----
    One pass over the births. A parent younger than its offspring is an error of the book and left out.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> young = LifeRecord("2", birth=1001, stays=((1001, None),), dam="1")
    >>> found = breeding_ages(Lives.from_records([LifeRecord("1", birth=1), young]), FEMALE, last=2000)
    >>> found.youngest
    Breeding(parent='1', offspring='2', age_days=1000.0)
    """
    if sex not in (MALE, FEMALE):
        raise ValueError(f"{sex!r} is no sex of a parent. Give MALE or FEMALE.")
    offspring, parent, births = _sure_parents(lives, lives.sires if sex == MALE else lives.dams, first, last)
    age = lives.birth[offspring] - lives.birth[parent]
    order = np.lexsort((offspring, age))
    order = order[age[order] >= 0]
    ages = age[order]
    ends = [
        Breeding(lives.ids[parent[place]], lives.ids[offspring[place]], float(age[place]))
        for place in (order[[0, -1]] if len(order) else ())
    ]
    youngest, oldest = ends or (None, None)
    parents = tuple(lives.ids[row] for row in parent[order].tolist())
    return BreedingAges(ages, parents, youngest, oldest, births - len(ages))


def litters(
    lives: Lives, *, first: int | None = None, last: int, together: int = TOGETHER
) -> tuple[Litter, ...]:
    """Return the litters born into the population in a window, by dam and then by day.

    Young of one dam known for certain are one litter when born no more than `together` days after its first.

    Parameters
    ----------
    lives :                 All lives of the book.
    first, last :           The first and last day looked at, as `date.toordinal()`; None for no beginning.
    together :              Days, at least 0.

    Returns
    -------
    The litters.

    Raises
    ------
    ValueError
        The window ends before it begins.

    Notes
    -----
    One sort of the births. Young that were never entered, such as those not found, make litters look small.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> days = {"2": 1001, "3": 1002, "4": 1400}
    >>> young = [LifeRecord(name, birth=day, stays=((day, None),), dam="1") for name, day in days.items()]
    >>> [litter.young for litter in litters(Lives.from_records([LifeRecord("1"), *young]), last=2000)]
    [('2', '3'), ('4',)]
    """
    offspring, dam, _ = _sure_parents(lives, lives.dams, first, last)
    found: list[Litter] = []
    for place in np.lexsort((offspring, lives.birth[offspring], dam)).tolist():
        row = offspring[place]
        name, young = lives.ids[dam[place]], lives.ids[row]
        day, slack = int(lives.birth[row]), int(lives.birth_slack[row])
        if found and found[-1].dam == name and day - found[-1].day <= together:
            found[-1] = replace(found[-1], young=(*found[-1].young, young), slack=max(found[-1].slack, slack))
        else:
            found.append(Litter(name, day, (young,), slack))
    return tuple(found)


def birth_intervals(born: Sequence[Litter]) -> Floats:
    """Return the days between one litter of a dam and her next, over all dams, in order of length.

    From first day to first day; an interval with an end that may be off by more than 15 days is left out.

    Parameters
    ----------
    born :                  Litters, by dam and then by day, as `litters` gives them.

    Returns
    -------
    shape (n_intervals,)    Days.

    Notes
    -----
    One pass. A dam that was apart from males in between is not told from one that was not.

    Examples
    --------
    >>> birth_intervals([Litter("1", 1001, ("2",)), Litter("1", 1401, ("3",)), Litter("5", 1500, ("6",))]).tolist()
    [400.0]
    """
    pairs = ((one, later) for one, later in pairwise(born) if one.dam == later.dam)
    days = (later.day - one.day for one, later in pairs if max(one.slack, later.slack) <= SURE)
    return np.array(sorted(days), dtype=np.float64)


def _sure_parents(lives: Lives, parentage: Parentage, first: int | None, last: int) -> tuple[Rows, Rows, int]:
    born = lives.born_in & Window(first, last).holds(lives.birth)
    sure = born[parentage.offspring] & (parentage.parent >= 0) & (parentage.chance == 1)
    return parentage.offspring[sure], parentage.parent[sure].astype(np.intp), int(born.sum())
