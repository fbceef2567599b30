"""Kinship of a moving front: the rows that still have offspring to come, and the rows asked for.

Generation by generation the front takes in the new parents and lets go of those whose last offspring is
born. Every value is the same mean of the same two values as in the full matrix, so no bit differs from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Values = NDArray[np.float64]
Places = NDArray[np.intp]

HALF: Final = 0.5


def generation_blocks(generation: Rows) -> Iterator[tuple[int, int]]:
    """Yield the first row of each generation and the row after its last."""
    edges = np.flatnonzero(np.diff(generation)) + 1
    yield from pairwise([0, *edges.tolist(), len(generation)] if len(generation) else [])


def last_needed(sire: Rows, dam: Rows, generation: Rows) -> Rows:
    """Return the generation of each row's last offspring, -1 without any."""
    # Generations only grow down the rows, so of a parent's offspring the last assigned is the greatest.
    by_role = np.full((2, len(sire)), -1, dtype=np.int32)
    for last, parent in zip(by_role, (sire, dam), strict=True):
        recorded = parent >= 0
        last[parent[recorded]] = generation[recorded]
    latest: Rows = np.maximum(*by_role)
    return latest


def front_width(sire: Rows, dam: Rows, generation: Rows) -> int:
    """Return the largest number of rows that wait for offspring at one time."""
    last = last_needed(sire, dam, generation)
    waits = last >= 0
    levels = int(generation[-1]) + 2 if len(generation) else 2
    entering = np.bincount(generation[waits], minlength=levels)
    leaving = np.bincount(last[waits], minlength=levels)
    return int(np.cumsum(entering - leaving).max())


class Front:
    """The rows in front and the kinship among them, with one phantom row of zeros for missing parents."""

    def __init__(self, size: int) -> None:
        self.rows = np.empty(0, dtype=np.intp)
        self.kinship = np.zeros((1, 1))
        self._place = np.full(size + 1, -1, dtype=np.intp)

    def places(self, parents: Rows) -> Places:
        """Return where parents stand in the front, the phantom's place for those without a row."""
        # Every code below 0 is looked up after the last row, where the phantom is.
        return self._place[np.maximum(parents, -1)]

    def step(self, sire: Places, dam: Places, inbreeding: Values, stay: Places, new: Places) -> None:
        """Let go of all places but `stay` and take in rows `new`, whose parents stand at places given."""
        kept, size = len(stay), len(stay) + len(new)
        above = self.kinship[sire]
        above += self.kinship[dam]
        above *= HALF
        grown = np.zeros((size + 1, size + 1))
        grown[:kept, :kept] = self.kinship.take(stay, axis=0).take(stay, axis=1)
        grown[kept:size, :kept] = above.take(stay, axis=1)
        grown[:kept, kept:size] = grown[kept:size, :kept].T
        grown[kept:size, kept:size] = _among_new(above, sire, dam, inbreeding)
        self._place[self.rows] = -1
        self.rows = np.concatenate((self.rows[stay], new))
        self._place[self.rows] = np.arange(size)
        self.kinship = grown


def _among_new(above: Values, sire: Places, dam: Places, inbreeding: Values) -> Values:
    across = above.take(sire, axis=1)
    across += above.take(dam, axis=1)
    across *= HALF
    return within_generation(across, inbreeding)


def within_generation(across: Values, inbreeding: Values) -> Values:
    """Return the kinship within a generation, from every row's by its parents with every other row."""
    # The two sides may differ in the last bit; their mean does not depend on whose row comes first.
    square = across + across.T
    square *= HALF
    np.fill_diagonal(square, HALF * (1 + inbreeding))
    return square


def followed(sire: Rows, dam: Rows, generation: Rows, chosen: NDArray[np.bool_]) -> tuple[Values, Front]:
    """Return every row's F, and the front that is left at the end: the chosen rows."""
    front, inbreeding = Front(len(sire)), np.zeros(len(sire))
    last = last_needed(sire, dam, generation)
    last[chosen] = np.iinfo(np.int32).max
    for start, stop in generation_blocks(generation):
        sires, dams = front.places(sire[start:stop]), front.places(dam[start:stop])
        inbreeding[start:stop] = front.kinship[sires, dams]
        stay = np.flatnonzero(last[front.rows] > generation[start])
        new = np.flatnonzero(last[start:stop] > generation[start])
        front.step(sires[new], dams[new], inbreeding[start + new], stay, start + new)
    return inbreeding, front
