"""What many runs say together: bands, the risk of extinction, and when goals are met or missed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pedigree._wilson import check_level, wilson

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """A figure of every year over the runs that have one; NaN in years in which none has.

    `error` is the standard error of the mean, NaN for one run; `low`, `middle` and `high` are quantiles; `runs` counts.
    """

    mean: Values
    error: Values
    low: Values
    middle: Values
    high: Values
    runs: NDArray[np.int64]


def bands(values: NDArray[Any], *, level: float = 0.9) -> Bands:
    """Return the mean and the spread of a figure of a projection, year by year.

    Runs without the figure in a year, such as the gene diversity of nobody, are left out of that year.

    Parameters
    ----------
    values : shape (n_runs, n_years + 1)    A figure of a `Projection`.
    level :                                 The share of runs between the lower and the upper band, in (0, 1).

    Returns
    -------
    Mean, its standard error, lower band, median and upper band; arrays of shape (n_years + 1,).

    Raises
    ------
    ValueError
        The level is no share between 0 and 1.

    Notes
    -----
    Sorts every year's runs. Quantiles between two runs are interpolated.

    Examples
    --------
    >>> found = bands(np.array([[10.0, 8.0], [10.0, 12.0], [10.0, np.nan]]))
    >>> found.mean.tolist(), found.error.tolist(), found.runs.tolist()
    ([10.0, 10.0], [0.0, 2.0], [3, 2])
    """
    check_level(level)
    columns = [column[~np.isnan(column)] for column in np.asarray(values, dtype=np.float64).T]
    tail = (1 - level) / 2
    rows = [
        (*_mean_and_error(column), *np.quantile(column, [tail, 0.5, 1 - tail]).tolist())
        if len(column)
        else (math.nan,) * 5
        for column in columns
    ]
    mean, error, low, middle, high = np.array(rows).T
    return Bands(mean, error, low, middle, high, np.array([len(column) for column in columns]))


def _mean_and_error(column: Values) -> tuple[float, float]:
    error = column.std(ddof=1) / math.sqrt(len(column)) if len(column) > 1 else math.nan
    return float(column.mean()), float(error)


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """The share of runs for which something holds in every year, with its interval; NaN without runs."""

    share: Values
    low: Values
    high: Values
    runs: int


def extinction_risk(extinct: NDArray[Any], *, level: float = 0.95) -> Chances:
    """Return the share of runs that are extinct by the end of each year.

    The interval is Wilson's: it holds for few runs and for shares near 0 and 1.

    Parameters
    ----------
    extinct : shape (n_runs, n_years + 1)   `Projection.extinct`.
    level :                                 The confidence of the interval, in (0, 1).

    Returns
    -------
    Share, lower and upper end; arrays of shape (n_years + 1,), dimensionless, in [0, 1].

    Raises
    ------
    ValueError
        The level is no share between 0 and 1.

    Notes
    -----
    One sum a year.

    References
    ----------
    E. B. Wilson (1927). Probable inference, the law of succession, and statistical inference. Journal of the
    American Statistical Association 22, 209-212.

    Examples
    --------
    >>> found = extinction_risk(np.array([[False, True], [False, False]]))
    >>> found.share.tolist(), found.low.round(4).tolist(), found.high.round(4).tolist()
    ([0.0, 0.5], [0.0, 0.0945], [0.6576, 0.9055])
    """
    return _chances(np.asarray(extinct, dtype=np.bool_), level)


def _chances(holds: Mask, level: float) -> Chances:
    check_level(level)
    runs = len(holds)
    if not runs:
        nothing = np.full(holds.shape[1], np.nan)
        return Chances(nothing, nothing, nothing, 0)
    share = holds.mean(axis=0)
    low, high = wilson(share, runs, level)
    return Chances(share, low, high, runs)


@dataclass(frozen=True, slots=True, eq=False)
class GoalTimes:
    """When a goal is lost or reached: by run, infinite where not before the end; and the chance by year.

    `low`, `middle` and `high` are quantiles of `years`, never between two runs.
    """

    years: Values
    low: float
    middle: float
    high: float
    chance: Chances


def years_kept(values: NDArray[Any], goal: float, *, level: float = 0.9) -> GoalTimes:
    """Return for how many years a figure stays at or above a goal from the start on.

    The answer of a run is the first year at whose end the figure is below the goal, 0 when it is at the start;
    a figure that nobody is left to have is below.

    Parameters
    ----------
    values : shape (n_runs, n_years + 1)    A figure of a `Projection`, such as `gene_diversity`.
    goal :                                  What it should not fall below, in the figure's unit.
    level :                                 The share of runs between `low` and `high`, and the confidence of the chance.

    Returns
    -------
    Years by run and their quantiles; the chance, by year, that the goal was kept all the time up to then.

    Raises
    ------
    ValueError
        The level is no share between 0 and 1.

    Notes
    -----
    One comparison for every run and year.

    Examples
    --------
    >>> found = years_kept(np.array([[0.95, 0.92, 0.89], [0.95, 0.93, 0.91]]), 0.9)
    >>> found.years.tolist(), found.chance.share.tolist()
    ([2.0, inf], [1.0, 1.0, 0.5])
    """
    kept = np.asarray(values) >= goal
    return _goal_times(~kept, np.logical_and.accumulate(kept, axis=1), level)


def years_to_reach(values: NDArray[Any], target: float, *, level: float = 0.9) -> GoalTimes:
    """Return after how many years a figure first is at or above a target.

    Whether it stays there is not asked.

    Parameters
    ----------
    values : shape (n_runs, n_years + 1)    A figure of a `Projection`, such as `animals`.
    target :                                What it should reach, in the figure's unit.
    level :                                 The share of runs between `low` and `high`, and the confidence of the chance.

    Returns
    -------
    Years by run and their quantiles; the chance, by year, that the target was reached by then.

    Raises
    ------
    ValueError
        The level is no share between 0 and 1.

    Notes
    -----
    One comparison for every run and year.

    Examples
    --------
    >>> found = years_to_reach(np.array([[8, 9, 10], [8, 8, 8]]), 10)
    >>> found.years.tolist(), found.chance.share.tolist()
    ([2.0, inf], [0.0, 0.0, 0.5])
    """
    reached = np.asarray(values) >= target
    return _goal_times(reached, np.logical_or.accumulate(reached, axis=1), level)


def _goal_times(event: Mask, holds: Mask, level: float) -> GoalTimes:
    chance = _chances(holds, level)
    years = np.where(event.any(axis=1), event.argmax(axis=1), np.inf)
    tail = (1 - level) / 2
    if not len(years):
        return GoalTimes(years, math.nan, math.nan, math.nan, chance)
    low, middle, high = np.quantile(years, [tail, 0.5, 1 - tail], method="inverted_cdf").tolist()
    return GoalTimes(years, low, middle, high, chance)
