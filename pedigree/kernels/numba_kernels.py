"""The kernels compiled by numba: plain loops over rows, one after the other.

They are written without fused multiplications, so where the sums have the same order as in
`numpy_kernels` the results have the same bits.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.kernels.compiling import compiled
from pedigree.kernels.front import generation_blocks
from pedigree.kernels.meuwissen_luo import inbreeding
from pedigree.kernels.numpy_kernels import own_draw

__all__ = ["inbreeding", "kinship", "kinship_among", "kinship_times"]

Rows = NDArray[np.int32]
Values = NDArray[np.float64]

WIDTH: Final = 128
"""Columns worked on at a time: a generation's part of them stays in the processor's cache."""
COLUMNS: Final = 64
"""Columns carried up and down together; the memory for them grows with the rows only."""


def kinship(sire: Rows, dam: Rows, generation: Rows) -> Values:
    """Return the kinship of every pair of rows."""
    size = len(sire)
    matrix = np.empty((size + 1, size))
    matrix[size] = 0
    for start, stop in generation_blocks(generation):
        _older(matrix, sire, dam, start, stop)
        _generation(matrix, sire, dam, start, stop)
    return matrix[:size]


@compiled
def _older(matrix: Values, sire: Rows, dam: Rows, start: int, stop: int) -> None:
    for low in range(0, start, WIDTH):
        high = min(low + WIDTH, start)
        for row in range(start, stop):
            one, other = max(sire[row], -1), max(dam[row], -1)
            for column in range(low, high):
                matrix[row, column] = 0.5 * (matrix[one, column] + matrix[other, column])
        for column in range(low, high):
            for row in range(start, stop):
                matrix[column, row] = matrix[row, column]


@compiled
def _generation(matrix: Values, sire: Rows, dam: Rows, start: int, stop: int) -> None:
    for row in range(start, stop):
        one, other = max(sire[row], -1), max(dam[row], -1)
        for column in range(start, stop):
            matrix[row, column] = 0.5 * (matrix[one, column] + matrix[other, column])
    for row in range(start, stop):
        for column in range(start, row):
            # The two sides may differ in the last bit; their mean does not depend on whose row comes first.
            mean = 0.5 * (matrix[row, column] + matrix[column, row])
            matrix[row, column] = matrix[column, row] = mean
        both = sire[row] >= 0 and dam[row] >= 0
        matrix[row, row] = 0.5 * (1.0 + (matrix[sire[row], dam[row]] if both else 0.0))


def kinship_times(sire: Rows, dam: Rows, _generation: Rows, inbreeding: Values, weight: Values) -> Values:
    """Return the kinship matrix times the weights: up to the founders, and down again (Colleau 2002)."""
    product = weight.astype(np.float64)
    _up_and_down(sire, dam, own_draw(sire, dam, inbreeding), product)
    return product


@compiled
def _up_and_down(sire: Rows, dam: Rows, own: Values, carried: Values) -> None:
    for row in range(len(sire) - 1, -1, -1):
        half = 0.5 * carried[row]
        if sire[row] >= 0:
            carried[sire[row]] += half
        if dam[row] >= 0:
            carried[dam[row]] += half
        carried[row] *= own[row]
    for row in range(len(sire)):
        one = carried[sire[row]] if sire[row] >= 0 else 0.0
        other = carried[dam[row]] if dam[row] >= 0 else 0.0
        carried[row] += 0.5 * (one + other)


def kinship_among(
    sire: Rows, dam: Rows, generation: Rows, chosen: NDArray[np.bool_], coefficients: Values | None = None
) -> Values:
    """Return the kinship of every pair of the chosen rows, so many columns at a time (Colleau 2002)."""
    if coefficients is None:
        coefficients = inbreeding(sire, dam, generation)
    rows = np.flatnonzero(chosen)
    among = np.empty((len(rows), len(rows)))
    own, columns = own_draw(sire, dam, coefficients), np.empty((len(sire) + 1, min(COLUMNS, len(rows))))
    for low in range(0, len(rows), COLUMNS):
        part = rows[low : low + COLUMNS]
        _columns(sire, dam, own, part, columns)
        among[:, low : low + len(part)] = columns[rows, : len(part)]
    # The two orders of the same sum may differ in the last bit.
    lower = np.tril(among, -1)
    return lower + lower.T + np.diag(among.diagonal())


@compiled
def _columns(sire: Rows, dam: Rows, own: Values, part: NDArray[np.intp], carried: Values) -> None:
    carried[:] = 0
    for column in range(len(part)):
        carried[part[column], column] = 1
    for row in range(part.max(), -1, -1):
        one, other = max(sire[row], -1), max(dam[row], -1)
        for column in range(len(part)):
            half = 0.5 * carried[row, column]
            carried[one, column] += half
            carried[other, column] += half
            carried[row, column] *= own[row]
    carried[-1] = 0
    for row in range(len(sire)):
        one, other = max(sire[row], -1), max(dam[row], -1)
        for column in range(len(part)):
            carried[row, column] += 0.5 * (carried[one, column] + carried[other, column])
