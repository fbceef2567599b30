"""The kernels with numpy: a few array operations for each generation."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.kernels.front import HALF, followed, generation_blocks, within_generation

Rows = NDArray[np.int32]
Values = NDArray[np.float64]

PHANTOMS: Final = 3
"""Rows after the last, always zero, so that -1, -2 and -3 mean a parent related to nobody."""
TILE: Final = 2**15
"""Elements worked on at a time: with what they are made from, they stay in the processor's cache."""


def kinship(sire: Rows, dam: Rows, generation: Rows) -> Values:
    """Return the kinship of every pair of rows."""
    size = len(sire)
    matrix = np.empty((size + PHANTOMS, size))
    matrix[size:] = 0
    for start, stop in generation_blocks(generation):
        sires, dams = sire[start:stop], dam[start:stop]
        step = 1 + TILE // (stop - start)
        for low in range(0, start, step):
            high = min(low + step, start)
            above = _mean_of_parents(matrix[:, low:high], sires, dams)
            matrix[start:stop, low:high], matrix[low:high, start:stop] = above, above.T
        matrix[start:stop, start:stop] = _generation(matrix, start, stop, sires, dams)
    return matrix[:size]


def _mean_of_parents(columns: Values, sires: Rows, dams: Rows) -> Values:
    mean = columns[sires]
    mean += columns[dams]
    mean *= HALF
    return mean


def _generation(matrix: Values, start: int, stop: int, sires: Rows, dams: Rows) -> Values:
    # A sire without a row has a row of zeros; a dam without a row has no column.
    inbreeding = np.where(dams >= 0, matrix[sires, np.maximum(dams, 0)], 0.0)
    return within_generation(_mean_of_parents(matrix[:, start:stop], sires, dams), inbreeding)


def inbreeding(sire: Rows, dam: Rows, generation: Rows) -> Values:
    """Return every row's F."""
    return followed(sire, dam, generation, np.zeros(len(sire), dtype=np.bool_))[0]


def kinship_among(
    sire: Rows, dam: Rows, generation: Rows, chosen: NDArray[np.bool_], _inbreeding: Values | None = None
) -> Values:
    """Return the kinship of every pair of the chosen rows; F comes out on the way and is not needed."""
    front = followed(sire, dam, generation, chosen)[1]
    order = np.argsort(front.rows)
    return front.kinship[np.ix_(order, order)]


def kinship_times(sire: Rows, dam: Rows, generation: Rows, inbreeding: Values, weight: Values) -> Values:
    """Return the kinship matrix times the weights: up to the founders, and down again (Colleau 2002)."""
    blocks, sires, dams = list(generation_blocks(generation)), sire.astype(np.intp), dam.astype(np.intp)
    # Sire before dam, row after row from the last: the order of the sums is that of a plain loop.
    above = np.column_stack((sires, dams))[::-1].ravel()
    carried = np.concatenate((weight, np.zeros(PHANTOMS)))
    size = len(sire)
    for start, stop in reversed(blocks):
        parents = above[2 * (size - stop) : 2 * (size - start)]
        np.add.at(carried, parents, np.repeat(HALF * carried[start:stop][::-1], 2))
    carried[:size] *= own_draw(sires, dams, inbreeding)
    carried[size:] = 0
    for start, stop in blocks:
        carried[start:stop] += HALF * (carried[sires[start:stop]] + carried[dams[start:stop]])
    product: Values = carried[:size]
    return product


def own_draw(sire: NDArray[np.integer], dam: NDArray[np.integer], inbreeding: Values) -> Values:
    """Return what each row adds of its own to kinship: half the part of A = T D T' that is D."""
    known = np.concatenate((inbreeding, np.full(PHANTOMS, -1.0)))
    own: Values = HALF * (HALF - (known[sire] + known[dam]) / 4)
    return own
