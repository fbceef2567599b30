"""Strategies side by side: the same years under several scenarios."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import ScenarioError
from pedigree.projection.outcomes import extinction_risk
from pedigree.projection.result import Projection

COMPARED: Final = ("animals", "gene_diversity", "inbreeding", "founder_genomes")


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of one scenario in a year: its mean, and how far that lies above the first scenario's.

    The difference is of runs of one number, which share what chance they can; its error shrinks with what
    they share. NaN where there is no answer.
    """

    scenario: str
    strategy: str
    figure: str
    mean: float
    error: float
    difference: float
    difference_error: float


def compare_projections(projections: Sequence[Projection], year: int) -> tuple[Compared, ...]:
    """Return the figures of several projections in one year, side by side.

    Runs are compared with the run of the same number in the first projection.

    Parameters
    ----------
    projections :           Of one population, each under a scenario of its own; the first is compared with.
    year :                  From 0 up to the last year that all of them have.

    Returns
    -------
    For every projection animals, gene diversity, mean inbreeding, founder genomes surviving and the risk of extinction.

    Raises
    ------
    ScenarioError
        A projection does not reach the year.

    Notes
    -----
    One pass over the runs.

    Examples
    --------
    >>> from pedigree.projection import LivingPopulation, Rates, Scenario, SexRates, run_projection
    >>> from pedigree.structure import FEMALE, MALE, Pedigree, Record
    >>> pair = Pedigree.from_records([Record("1", sex=MALE), Record("2", sex=FEMALE)])
    >>> population = LivingPopulation.of(pair, np.array([True, True]), np.array([3, 3]))
    >>> rates = Rates(*(SexRates.of([0, 0, 0, 0, 1], [0, 0, 0, 0, 0.5]) for _ in range(2)))
    >>> found = [run_projection(population, rates, Scenario(years=1, capacity=each), runs=2) for each in (2, 3)]
    >>> [(row.mean, row.difference) for row in compare_projections(found, 1) if row.figure == "animals"]
    [(2.0, 0.0), (3.0, 1.0)]
    """
    rows: list[Compared] = []
    for each in projections:
        if not 0 <= year <= each.scenario.years:
            raise ScenarioError(
                f"Year {year} is asked for, but {each.scenario.name or each.scenario.strategy} ends with year "
                f"{each.scenario.years}. Ask for a year that all of them reach."
            )
        rows += [_compared(each, projections[0], name, year) for name in COMPARED]
        rows.append(_risk(each, projections[0], year))
    return tuple(rows)


def _compared(one: Projection, first: Projection, name: str, year: int) -> Compared:
    values = getattr(one, name)[:, year].astype(np.float64)
    mean, error = _mean(values)
    return _row(one, name, mean, error, _paired(one, first, values, getattr(first, name)[:, year]))


def _risk(one: Projection, first: Projection, year: int) -> Compared:
    extinct = one.extinct
    share = float(extinction_risk(extinct).share[year])
    error = math.sqrt(share * (1 - share) / len(one)) if len(one) else math.nan
    both = extinct[:, year].astype(np.float64), first.extinct[:, year].astype(np.float64)
    return _row(one, "extinction_risk", share, error, _paired(one, first, *both))


def _row(one: Projection, name: str, mean: float, error: float, difference: tuple[float, float]) -> Compared:
    scenario = one.scenario
    return Compared(scenario.name, scenario.strategy, name, mean, error, *difference)


def _paired(
    one: Projection, first: Projection, values: NDArray[Any], others: NDArray[Any]
) -> tuple[float, float]:
    _, mine, its = np.intersect1d(one.run, first.run, assume_unique=True, return_indices=True)
    return _mean(values[mine] - others[its])


def _mean(values: NDArray[np.float64]) -> tuple[float, float]:
    there = values[~np.isnan(values)]
    if not len(there):
        return math.nan, math.nan
    error = there.std(ddof=1) / math.sqrt(len(there)) if len(there) > 1 else math.nan
    return float(there.mean()), float(error)
