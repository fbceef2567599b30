"""How long animals of each age were watched in a window, how many died and how many young they had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pedigree.demography.lives import Floats, Lives, Parentage
from pedigree.demography.spans import Bools, Spans, Window, spans
from pedigree.structure import FEMALE, MALE, WILD

DAYS_IN_YEAR: Final = 365.25
QUARTERS: Final = 1461
"""A class of one year in quarters of a day: 4 x 365.25. Whole numbers, so that no birthday is rounded away."""


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
    seen = spans(lives, sex, window)
    age_at_death = age_class(seen.exit[seen.died])
    oldest = max(_oldest(seen), int(age_at_death.max(initial=-1)))
    lived = np.array([_overlap(seen, age) @ seen.weight for age in range(oldest + 1)]) / QUARTERS
    weight = seen.weight[seen.died]
    deaths = _by_age(age_at_death, weight, oldest + 1)
    unlived = _by_age(age_at_death, weight * _left(seen) / QUARTERS, oldest + 1)
    births, spread, bred = _births(lives, sex, window, lived)
    return Exposure(lived, lived + unlived, deaths, births, spread, bred, seen.undated)


def age_class(days: Floats) -> Floats:
    """Return ages in days as whole years."""
    whole: Floats = 4 * days // QUARTERS
    return whole


def _left(seen: Spans) -> Floats:
    # What an animal that died would still have been watched of its class, in quarters of a day.
    passed = 4 * seen.exit[seen.died]
    left: Floats = np.minimum((passed // QUARTERS + 1) * QUARTERS, 4 * seen.latest[seen.died]) - passed
    return left


def _oldest(seen: Spans) -> int:
    # A span that ends on the border of a class was never in the class that begins there.
    lasting = seen.exit > seen.entry
    return int(np.ceil(4 * seen.exit[lasting] / QUARTERS).max(initial=0)) - 1


def _overlap(seen: Spans, age: int) -> Floats:
    inside = np.minimum(4 * seen.exit, (age + 1) * QUARTERS) - np.maximum(4 * seen.entry, age * QUARTERS)
    overlap: Floats = np.maximum(inside, 0)
    return overlap


def _by_age(age: Floats, weight: Floats, classes: int) -> Floats:
    return np.bincount(age.astype(np.intp), weight, classes).astype(np.float64)


def _births(lives: Lives, sex: int | None, window: Window, lived: Floats) -> tuple[Floats, float, float]:
    young = lives.born_in & window.holds(lives.birth)
    births, spread, bred = np.zeros(len(lived)), 0.0, 0.0
    for parentage in _roles(lives, sex):
        known, total = _dated_births(lives, parentage, young, lived)
        counted = float(known.sum())
        births += known * (total / counted) if counted else (np.nan if total else 0.0)
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
    age = age_class(lives.birth[offspring] - birth)
    possible = (age >= 0) & (age < len(lived))
    possible[possible] = lived[age[possible].astype(np.intp)] > 0
    return _by_age(age[possible], chance[possible], len(lived)), float(chance.sum())
