"""How fast a population with given survival and fertility grows, by the equation of Euler and Lotka."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pedigree._bounds import within
from pedigree.demography.lives import Floats

STEPS: Final = 200
CLOSE: Final = 1e-15
NO_GROWTH: Final = 1e-9
"""Below it ln R0 / r is rounding; its limit, the mean age at birth, is taken."""


@dataclass(frozen=True, slots=True)
class Growth:
    """R0, the two generation times in years, r per year and lambda; NaN where there is none."""

    R0: float
    cohort_time: float
    growth_time: float
    r: float

    @property
    def lambda_(self) -> float:
        """The factor by which the population changes in a year."""
        return float(np.exp(self.r))


def growth_rate(survivorship: Floats, fertility: Floats) -> Growth:
    """Return how fast a population grows in which births and deaths stay as they are.

    lambda solves sum lambda^-x s_x M_x = 1 over ages x = 0, 1, 2 ...

    Parameters
    ----------
    survivorship : shape (n_ages,)      s_x, dimensionless: L_x by the mid-class convention, l_x by the textbook's.
    fertility : shape (n_ages,)         M_x, young of the parent's sex per animal and year.

    Returns
    -------
    R0 = sum s_x M_x; the mean age of parents in a cohort, sum x s_x M_x / R0; ln R0 / r; r = ln lambda. NaN where a
    rate is NaN; r is NaN too without births, with births at age 0 only, and where those alone replace the population.

    Notes
    -----
    Newton's method on the logarithm of the sum, which is convex in r and falls by at least 1, so that it converges from anywhere.

    References
    ----------
    A. J. Lotka (1907). Studies on the mode of growth of material aggregates. American Journal of Science 24, 199-216.

    Examples
    --------
    >>> found = growth_rate(np.array([1.0, 0.5]), np.array([0.0, 4.0]))
    >>> found.R0, found.cohort_time, round(found.lambda_, 12)
    (2.0, 1.0, 2.0)
    """
    young = survivorship * fertility
    age = np.arange(len(young))
    replaced = float(young.sum()) if len(young) else np.nan
    mean_age = float(age @ young) / replaced if replaced else np.nan
    rate = _root(young)
    if abs(rate) < NO_GROWTH:
        return Growth(replaced, mean_age, mean_age, rate)
    growth_time = float(np.log(replaced)) / rate if replaced else np.nan
    return Growth(replaced, mean_age, growth_time, rate)


def _root(young: Floats) -> float:
    # Young at age 0 come at once, so that they multiply the others and do not wait for lambda.
    at_once = young[0] if len(young) else 0.0
    age = np.flatnonzero(young)
    age = age[age > 0]
    if np.isnan(young).any() or at_once >= 1 or not len(age):
        return np.nan
    terms = np.log(young[age]) - np.log1p(-at_once)
    rate = 0.0
    for _ in range(STEPS):
        power = terms - rate * age
        share = np.exp(power - power.max())
        step = _log_sum(power) * float(share.sum() / (share @ age))
        rate += step
        if abs(step) <= CLOSE * max(abs(rate), 1):
            break
    # That the steps became small is no proof; this is.
    within("logarithm of the sum of lambda^-x s_x M_x", _log_sum(terms - rate * age), 0, 0)
    return rate


def _log_sum(power: Floats) -> float:
    top = float(power.max())
    return top + float(np.log(np.exp(power - top).sum()))
