"""How long animals of each age were watched in a window, how many died and how many young they had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.demography.lives import Floats, Lives, Parentage, Rows
from pedigree.structure import FEMALE, MALE, UNKNOWN_SEX, WILD

DAYS_IN_YEAR: Final = 365.25
QUARTERS: Final = 1461
"""A class of one year in quarters of a day: 4 x 365.25. Whole numbers, so that no birthday is rounded away."""

HALF: Final = 0.5
"""How much of an animal of unknown sex counts in the table of one sex."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """The days looked at, both included, as `date.toordinal()`; None for no beginning."""

    first: int | None
    last: int

    def __post_init__(self) -> None:
        if self.first is not None and self.last < self.first:
            raise ValueError(
                f"The window ends {self.first - self.last} days before it begins. Give a last day from the first on."
            )

    @property
    def start(self) -> float:
        """The first day as a number."""
        return -np.inf if self.first is None else float(self.first)

    @property
    def end(self) -> float:
        """The day after the last."""
        return float(self.last) + 1

    def holds(self, day: Floats) -> Bools:
        """Return which days are inside; an unknown day is not."""
        return (day >= self.start) & (day < self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """By age class: animal-years lived, animals at risk of dying, deaths, births; all expected numbers.

    `at_risk` counts an animal that died to the end of its class, or of the window when that comes first.
    `births` holds those of parents of unknown age, spread; NaN when no parent's age is known. `spread` and
    `bred` are the births spread and all births counted; `undated` animals were there but lack a birth date.
    """

    lived: Floats
    at_risk: Floats
    deaths: Floats
    births: Floats
    spread: float
    bred: float
    undated: int

    def __len__(self) -> int:
        return len(self.lived)


def exposure(lives: Lives, sex: int | None, window: Window) -> Exposure:
    """Count exposure, deaths and births of one sex, or of all animals when `sex` is None."""
    weight = _weights(lives, sex)
    row, start, end = _watched(lives, window, weight)
    dead = np.flatnonzero((weight > 0) & lives.died_in & window.holds(lives.death) & ~np.isnan(lives.birth))
    passed = _quarters(lives.death[dead], lives.birth[dead])
    age_at_death = passed // QUARTERS
    oldest = max(_oldest(end, start), int(age_at_death.max(initial=-1)))
    lived = np.array([_overlap(start, end, age) @ weight[row] for age in range(oldest + 1)]) / QUARTERS
    left = np.minimum((age_at_death + 1) * QUARTERS, _quarters(window.end, lives.birth[dead])) - passed
    deaths = _by_age(age_at_death, weight[dead], oldest + 1)
    at_risk = lived + _by_age(age_at_death, weight[dead] * left / QUARTERS, oldest + 1)
    births, spread, bred = _births(lives, sex, window, lived)
    return Exposure(lived, at_risk, deaths, births, spread, bred, _undated(lives, window, weight))


def _weights(lives: Lives, sex: int | None) -> Floats:
    if sex is None:
        return np.ones(len(lives))
    return np.where(lives.sex == sex, 1.0, np.where(lives.sex == UNKNOWN_SEX, HALF, 0.0))


def _watched(lives: Lives, window: Window, weight: Floats) -> tuple[Rows, Floats, Floats]:
    # Ages in quarters of a day at which each stay comes into view and leaves it.
    row = lives.stays.row
    start, end = np.maximum(lives.stays.start, window.start), np.minimum(lives.stays.end, window.end)
    seen = (weight[row] > 0) & (start < end) & ~np.isnan(lives.birth[row])
    birth = lives.birth[row[seen]]
    return row[seen], _quarters(start[seen], birth), _quarters(end[seen], birth)


def _quarters(day: Floats | float, birth: Floats) -> Floats:
    return 4 * (day - birth)


def _oldest(end: Floats, start: Floats) -> int:
    # A stay that ends on the border of a class was never in the class that begins there.
    return int(np.ceil(end / QUARTERS).max(initial=0)) - 1 if len(start) else -1


def _overlap(start: Floats, end: Floats, age: int) -> Floats:
    inside = np.minimum(end, (age + 1) * QUARTERS) - np.maximum(start, age * QUARTERS)
    overlap: Floats = np.maximum(inside, 0)
    return overlap


def _by_age(age: Floats, weight: Floats, classes: int) -> Floats:
    return np.bincount(age.astype(np.intp), weight, classes).astype(np.float64)


def _undated(lives: Lives, window: Window, weight: Floats) -> int:
    row, start, end = lives.stays.row, lives.stays.start, lives.stays.end
    seen = (start < window.end) & (end > window.start) & (weight[row] > 0) & np.isnan(lives.birth[row])
    return len(np.unique(row[seen]))


def _births(lives: Lives, sex: int | None, window: Window, lived: Floats) -> tuple[Floats, float, float]:
    young = lives.born_in & window.holds(lives.birth)
    births, spread, bred = np.zeros(len(lived)), 0.0, 0.0
    for parentage in _roles(lives, sex):
        known, total = _dated_births(lives, parentage, young, lived)
        counted = float(known.sum())
        births += known * (total / counted) if counted else np.where(lived > 0, np.nan if total else 0.0, 0.0)
        spread, bred = spread + total - counted, bred + total
    return births, spread, bred


def _roles(lives: Lives, sex: int | None) -> Iterator[Parentage]:
    if sex in (MALE, None):
        yield lives.sires
    if sex in (FEMALE, None):
        yield lives.dams


def _dated_births(lives: Lives, parentage: Parentage, young: Bools, lived: Floats) -> tuple[Floats, float]:
    # A wild parent was never in the population; the birth is none of its animals'.
    counted = young[parentage.offspring] & (parentage.parent != WILD)
    offspring, parent = parentage.offspring[counted], parentage.parent[counted]
    chance = parentage.chance[counted]
    birth = np.where(parent >= 0, lives.birth[np.maximum(parent, 0)], np.nan)
    age = _quarters(lives.birth[offspring], birth) // QUARTERS
    possible = (age >= 0) & (age < len(lived))
    possible[possible] = lived[age[possible].astype(np.intp)] > 0
    return _by_age(age[possible], chance[possible], len(lived)), float(chance.sum())
