"""How much each animal should count, between bounds, for the least mean kinship."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._tabular import Matrix
from pedigree.errors import NumericalError

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

CLOSE: Final = 1e-12
"""A difference of mean kinship from the least possible that is rounding."""
ROUNDS: Final = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Counting:
    """Animals that may count from `low` to `high`, beside others that count `fixed` in all, as they do.

    `among` are the kinships of the free ones, `to_fixed` the sums of each one's with the fixed as they count, `within_fixed` the
    sum of those among the fixed.
    """

    among: Matrix
    low: Floats
    high: Floats
    to_fixed: Floats
    within_fixed: float
    fixed: float

    @classmethod
    def of(cls, kinship: Matrix, least: Floats, most: Floats) -> tuple[Counting, Rows]:
        """Return the problem of animals between two bounds, and the rows of those that are free."""
        free, fixed = np.flatnonzero(most > least), np.flatnonzero((most <= least) & (least > 0))
        counts = least[fixed]
        within = float(counts @ kinship[np.ix_(fixed, fixed)] @ counts)
        to_fixed = kinship[np.ix_(free, fixed)] @ counts
        among = kinship[np.ix_(free, free)]
        return cls(among, least[free], most[free], to_fixed, within, float(counts.sum())), free


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """The counts of the free with the least mean kinship, and by how much it could be less at most.

    The mean kinship is NaN where nothing counts.
    """

    counts: Floats
    mean_kinship: float
    gap: float

    @property
    def gene_diversity(self) -> float:
        """1 - mean kinship; 0 where nothing counts, for then nothing is kept."""
        return 0.0 if np.isnan(self.mean_kinship) else 1 - self.mean_kinship


def least_mean_kinship(problem: Counting, start: Floats | None = None) -> Optimum:
    """Return the counts for which the sum of all kinships, over the square of the sum of all counts, is least.

    The root of that is convex over linear, so that a point from which no single count leads down is the best of all. One
    count after the other is set to its best; the gap is that of the same problem in shares of the whole, which is convex.
    """
    counts = np.clip(problem.high if start is None else start, problem.low, problem.high)
    if not problem.fixed and not counts.any():
        counts = problem.high.copy()
    if not problem.fixed and not counts.any():
        return Optimum(counts, float("nan"), 0.0)
    gap = np.inf
    for _ in range(ROUNDS):
        sums = problem.to_fixed + problem.among @ counts
        mean, gap = _measured(problem, sums, counts)
        if gap <= CLOSE:
            return Optimum(counts, mean, gap)
        _descend(problem, sums, counts)
    raise NumericalError(
        f"The least mean kinship with a bank was not found: it may lie {gap:.1e} lower. Please report this with the file."
    )


def _descend(problem: Counting, sums: Floats, counts: Floats) -> None:
    """Set every free count to its best, one after the other."""
    total = problem.within_fixed + float(counts @ (problem.to_fixed + sums))
    size = problem.fixed + float(counts.sum())
    for one in range(len(counts)):
        here, itself = float(counts[one]), float(problem.among[one, one])
        # The others without this one: this one's kinships to them, theirs among themselves, and how many they are.
        to = float(sums[one]) - here * itself
        rest, others = total - 2 * here * to - here**2 * itself, size - here
        if others <= 0:
            continue
        gain, bend = rest - to * others, itself * others - to
        if bend > 0:
            best = min(max(gain / bend, float(problem.low[one])), float(problem.high[one]))
        elif gain > 0:
            best = float(problem.high[one])
        else:
            continue
        if best != here:
            sums += (best - here) * problem.among[one]
            counts[one] = best
            total, size = rest + 2 * best * to + best**2 * itself, others + best


def _measured(problem: Counting, sums: Floats, counts: Floats) -> tuple[float, float]:
    """Return the mean kinship, and how far above the least one it can be."""
    size = problem.fixed + float(counts.sum())
    means, of_fixed = sums / size, (problem.within_fixed + float(counts @ problem.to_fixed)) / size
    mean = (of_fixed + float(counts @ means)) / size
    # The corner that lies lowest on the tangent: everyone at the least, and more of those below the mean of that.
    corner, kin = problem.fixed + float(problem.low.sum()), of_fixed + float(problem.low @ means)
    for one in np.argsort(means, kind="stable"):
        if corner and means[one] >= kin / corner:
            break
        more = float(problem.high[one] - problem.low[one])
        corner, kin = corner + more, kin + more * float(means[one])
    return mean, max(0.0, 2 * (mean - kin / corner))
