"""The best counts by looking at every way of putting each animal at a bound or between."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
AT_LEAST, AT_MOST, BETWEEN = range(3)
ROUNDING = 1e-9


def highest_gene_diversity(kinship: Floats, least: Floats, most: Floats) -> float:
    """Return the highest 1 - x'Kx / (sum of x)^2 between two bounds; 0 where nothing counts."""
    free = np.flatnonzero(most > least)
    best = 0.0
    for ways in product(range(3), repeat=len(free)):
        counts = least.copy()
        counts[free[np.array(ways, dtype=int) == AT_MOST]] = most[free[np.array(ways, dtype=int) == AT_MOST]]
        between = free[np.array(ways, dtype=int) == BETWEEN]
        counts[between] = 0
        if len(between):
            found = _between(kinship, counts, between)
            if (
                found is None
                or (found < least[between] - ROUNDING).any()
                or (found > most[between] + ROUNDING).any()
            ):
                continue
            counts[between] = found
        if counts.sum() > 0:
            best = max(best, float(1 - counts @ kinship @ counts / counts.sum() ** 2))
    return best


def _between(kinship: Floats, counts: Floats, rows: NDArray[np.intp]) -> Floats | None:
    """Return the counts at which each one's mean kinship is that of all: no small change is for the better."""
    among, to = kinship[np.ix_(rows, rows)], kinship[rows] @ counts
    if abs(np.linalg.det(among)) < ROUNDING:
        return None
    ones, away = np.linalg.solve(among, np.ones(len(rows))), np.linalg.solve(among, to)
    bend = counts.sum() - to @ ones
    if abs(bend) < ROUNDING:
        return None
    level = (counts @ kinship @ counts - to @ away) / bend
    return level * ones - away
