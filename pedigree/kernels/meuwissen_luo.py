"""F of every row by its ancestors (Meuwissen and Luo 1992), in memory for the rows alone.

F_x = sum of l_a^2 d_a over x and its ancestors, less 1: l_a is the share of x's genes that comes by way of a,
d_a what a adds of its own. The ancestors must be met the youngest first. Those that wait stand
as bits of a bitmap, a word for 64 rows: the next is found by scanning words, faster than in a heap.
Rows are numbered from the youngest, so that the lowest bit is next, and only rows with offspring have a number.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.kernels.compiling import compiled

Rows = NDArray[np.int32]
Values = NDArray[np.float64]
Words = NDArray[np.uint64]

MISSING: Final = -1
DE_BRUIJN: Final = np.uint64(0x03F79D71B4CB0A89)
"""Times a power of two, its six highest bits are different for each of the 64 powers."""
TOP_SIX: Final = np.uint64(58)
ONE: Final = np.uint64(1)
POSITION: Final = np.argsort([(0x03F79D71B4CB0A89 << bit & 2**64 - 1) >> 58 for bit in range(64)])
"""The power of two that each value of those six bits stands for; the six bits take all 64 values."""


def inbreeding(sire: Rows, dam: Rows, generation: Rows) -> Values:
    """Return every row's F."""
    # Full sibs of a generation follow each other, and have their F from the first of them.
    order = np.lexsort((dam, sire, generation))[::-1]
    bred = np.zeros(len(sire) + 1, dtype=np.bool_)
    for parent in (sire, dam):
        bred[parent[parent >= 0]] = True
    bred = bred[order]
    number = np.full(len(sire) + 1, MISSING, dtype=np.int32)
    number[order[bred]] = np.arange(np.count_nonzero(bred))
    sires, dams = (number[np.maximum(parent[order], MISSING)] for parent in (sire, dam))
    coefficients = np.empty(len(sire))
    coefficients[order] = _oldest_first(sires, dams, bred, POSITION)
    return coefficients


@compiled
def _oldest_first(sires: Rows, dams: Rows, bred: NDArray[np.bool_], position: NDArray[np.intp]) -> Values:
    found, place = np.zeros(len(bred)), np.count_nonzero(bred)
    sire, dam = np.empty(place, np.int32), np.empty(place, np.int32)
    own, share, known = np.empty(place), np.zeros(place), np.empty(place)
    waiting = np.zeros((place >> 6) + 1, np.uint64)
    for row in range(len(bred) - 1, -1, -1):
        one, other = sires[row], dams[row]
        draw = 0.5 - 0.25 * ((known[one] if one >= 0 else -1.0) + (known[other] if other >= 0 else -1.0))
        if one >= 0 and other >= 0:
            if row + 1 < len(bred) and sires[row + 1] == one and dams[row + 1] == other:
                found[row] = found[row + 1]
            else:
                _wait(one, 0.5, share, waiting)
                _wait(other, 0.5, share, waiting)
                above = _traced(min(one, other) >> 6, sire, dam, own, share, waiting, position)
                found[row] = above + draw - 1.0
        if bred[row]:
            place -= 1
            sire[place], dam[place], own[place], known[place] = one, other, draw, found[row]
    return found


@compiled
def _wait(row: int, part: float, share: Values, waiting: Words) -> None:
    share[row] += part
    waiting[row >> 6] |= ONE << np.uint64(row & 63)


@compiled
def _traced(
    first: int,
    sire: Rows,
    dam: Rows,
    own: Values,
    share: Values,
    waiting: Words,
    position: NDArray[np.intp],
) -> float:
    total = 0.0
    for word in range(first, len(waiting)):
        while waiting[word] != 0:
            lowest = waiting[word] & (~waiting[word] + ONE)
            waiting[word] ^= lowest
            row = (word << 6) + position[np.int64((DE_BRUIJN * lowest) >> TOP_SIX)]
            part, share[row] = share[row], 0.0
            total += part * part * own[row]
            if sire[row] >= 0:
                _wait(sire[row], 0.5 * part, share, waiting)
            if dam[row] >= 0:
                _wait(dam[row], 0.5 * part, share, waiting)
    return total
