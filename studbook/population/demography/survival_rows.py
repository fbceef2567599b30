"""Survival by age as a table: the curve of each sex read at every birthday."""

from dataclasses import dataclass

import numpy as np

from pedigree.demography.survival import SurvivalCurve
from studbook.core.dates import DAYS_IN_YEAR
from studbook.core.downloads import Table
from studbook.population.demography.tables import FEMALES, MALES, POOLED
from studbook.population.demography.vital import Vital
from studbook.population.numbers import or_none

COLUMNS = ("sex", "age_years", "alive", "lower_95", "upper_95", "at_risk")


@dataclass(frozen=True, slots=True)
class AliveAt:
    """The share alive at an age, with its interval of 95 per cent; None past the oldest animal seen."""

    alive: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class SurvivalRow:
    """An age in years and who of each sex, and of all, is alive at it."""

    age: int
    male: AliveAt
    female: AliveAt
    both: AliveAt


def survival_rows(vital: Vital) -> list[SurvivalRow]:
    """Return a row for each birthday up to the oldest animal seen."""
    curves = {sex: vital.sexes[sex].curve for sex in (MALES, FEMALES, POOLED)}
    last = int(max(curve.watched_to for curve in curves.values()) // DAYS_IN_YEAR)
    return [
        SurvivalRow(age, *(_alive_at(curves[sex], age) for sex in (MALES, FEMALES, POOLED)))
        for age in range(last + 1)
    ]


def survival_file(vital: Vital) -> Table:
    """Return the steps of the curves, numbers in full: a line for each age at which somebody died."""
    return Table(
        COLUMNS,
        (
            [
                sex,
                float(curve.age[at]) / DAYS_IN_YEAR,
                float(curve.survival[at]),
                or_none(curve.lower[at]),
                or_none(curve.upper[at]),
                float(curve.at_risk[at]),
            ]
            for sex in (MALES, FEMALES, POOLED)
            for curve in (vital.sexes[sex].curve,)
            for at in range(len(curve.age))
        ),
    )


def _alive_at(curve: SurvivalCurve, years: int) -> AliveAt:
    days = years * DAYS_IN_YEAR
    alive = or_none(curve.survival_at(days))
    before = int(np.searchsorted(curve.age, days, side="right"))
    if alive is None or not before:
        return AliveAt(alive, alive, alive)
    return AliveAt(alive, or_none(curve.lower[before - 1]), or_none(curve.upper[before - 1]))
