"""What is handed down: values whose expectation in the young is the mean of their parents'."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree._levels import blocks
from pedigree._tabular import PHANTOMS
from pedigree.structure import Pedigree


def by_descent(
    pedigree: Pedigree, start: NDArray[np.float64], fixed: NDArray[np.bool_] | None = None
) -> NDArray[np.float64]:
    """Return `start` with half of each parent's value added to its young's; `fixed` rows keep their start.

    `start` has a value, or a row of values, for each animal.
    """
    values = np.zeros((len(pedigree) + PHANTOMS, *start.shape[1:]))
    several = np.unique(np.array([row for row, _ in pedigree.candidates], dtype=np.intp))
    for first, last in blocks(pedigree.generation):
        above = (values[column[first:last]] for column in (pedigree.sire, pedigree.dam))
        values[first:last] = start[first:last] + sum(above) / 2
        for row in several[np.searchsorted(several, first) : np.searchsorted(several, last)]:
            values[row] = start[row] + sum(share * values[who] for who, share in pedigree.parents(int(row)))
        if fixed is not None:
            kept = first + np.flatnonzero(fixed[first:last])
            values[kept] = start[kept]
        values[first:last] = values[pedigree.genome[first:last]]
    return values[: len(pedigree)]
