"""F of every row by its ancestors (Meuwissen and Luo 1992), in memory for the rows alone.

F_x = sum of l_a^2 d_a over x and its ancestors, less 1: l_a is the share of x's genes that comes by way of a,
d_a what a adds of its own. The ancestors must be met the youngest first. Those that wait stand
as bits of a bitmap, a word for 64 rows: the next is found by scanning words, faster than in a heap.
Rows are numbered from the youngest, so that the lowest bit is next, and only rows with offspring have a number.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.kernels.compiling import compiled
from pedigree.kernels.front import generation_blocks

Rows = NDArray[np.int32]
Values = NDArray[np.float64]
Words = NDArray[np.uint64]

MISSING: Final = -1
WORD: Final = 64
WORTH_A_THREAD: Final = 1e7
"""Matings times ancestors of a generation for which starting threads pays; they change no bit."""
DE_BRUIJN: Final = np.uint64(0x03F79D71B4CB0A89)
"""Times a power of two, its six highest bits are different for each of the 64 powers."""
TOP_SIX: Final = np.uint64(58)
ONE: Final = np.uint64(1)
POSITION: Final = np.argsort([(0x03F79D71B4CB0A89 << bit & 2**64 - 1) >> 58 for bit in range(64)])
"""The power of two that each value of those six bits stands for; the six bits take all 64 values."""


def inbreeding(sire: Rows, dam: Rows, generation: Rows) -> Values:
    """Return every row's F."""
    # Full sibs of a generation follow each other, and have their F from the first of them.
    order = np.lexsort((dam, sire, generation))
    number, size = _numbered(sire, dam, generation)
    sires, dams, places = (
        number[np.maximum(rows[order], MISSING)] for rows in (sire, dam, np.arange(len(sire)))
    )
    above, found = Ancestors(size), np.zeros(len(sire))
    first = np.flatnonzero(_first_of_sibs(sires, dams))
    for start, stop in generation_blocks(generation[order]):
        rows = first[np.searchsorted(first, start) : np.searchsorted(first, stop)]
        found[rows] = above.inbreeding_of(sires[rows], dams[rows])
        _settle(start, stop, sires, dams, places, found, above.sire, above.dam, above.own, above.known)
    coefficients = np.empty(len(sire))
    coefficients[order] = found
    return coefficients


def _first_of_sibs(sires: Rows, dams: Rows) -> NDArray[np.bool_]:
    other = np.ones(len(sires), dtype=np.bool_)
    other[1:] = (sires[1:] != sires[:-1]) | (dams[1:] != dams[:-1])
    return other & (sires >= 0) & (dams >= 0)


class Ancestors:
    """The rows with offspring, by their numbers: parents, what each adds of its own, and its F."""

    def __init__(self, size: int) -> None:
        self.sire, self.dam = np.empty(size, np.int32), np.empty(size, np.int32)
        self.own, self.known = np.empty(size), np.empty(size)
        self._desks: list[tuple[Values, Words]] = []

    def inbreeding_of(self, sires: Rows, dams: Rows) -> Values:
        """Return F of the offspring of each mating, all by ancestors that are settled."""
        workers = (os.cpu_count() or 1) if len(sires) * len(self.own) > WORTH_A_THREAD else 1
        while len(self._desks) < workers:
            self._desks.append((np.zeros(len(self.own)), np.zeros(len(self.own) // WORD, np.uint64)))
        parts = [slice(part, None, workers) for part in range(workers)]
        found = np.empty(len(sires))

        def work(part: slice, desk: tuple[Values, Words]) -> None:
            found[part] = _traced_all(
                sires[part], dams[part], self.sire, self.dam, self.own, self.known, *desk, POSITION
            )

        if workers == 1:
            work(parts[0], self._desks[0])
        else:
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(work, parts, self._desks))
        return found


def _numbered(sire: Rows, dam: Rows, generation: Rows) -> tuple[Rows, int]:
    """Return a number for each row with offspring, MISSING for others and for the phantom, and a bound of them.

    A generation starts a word of its own, so that no row waits in the word of its offspring. In it come first
    those with many offspring: rows often met together then lie together in memory.
    """
    size = len(sire)
    offspring = np.bincount(np.concatenate((sire[sire >= 0], dam[dam >= 0])), minlength=size)
    rows = np.lexsort((-offspring, -generation))
    rows = rows[offspring[rows] > 0]
    count = np.bincount(generation[rows].max(initial=0) - generation[rows])
    room = -(-count // WORD) * WORD
    number = np.full(size + 1, MISSING, dtype=np.int32)
    number[rows] = np.arange(len(rows)) + np.repeat(np.cumsum(room - count) - (room - count), count)
    return number, int(room.sum())


@compiled
def _settle(
    start: int,
    stop: int,
    sires: Rows,
    dams: Rows,
    places: Rows,
    found: Values,
    sire: Rows,
    dam: Rows,
    own: Values,
    known: Values,
) -> None:
    for row in range(start, stop):
        one, other, place = sires[row], dams[row], places[row]
        if row > start and one >= 0 and other >= 0 and sires[row - 1] == one and dams[row - 1] == other:
            found[row] = found[row - 1]
        if place >= 0:
            sire[place], dam[place], known[place] = one, other, found[row]
            own[place] = _own_draw(one, other, known)


@compiled
def _own_draw(one: int, other: int, known: Values) -> float:
    return 0.5 - 0.25 * ((known[one] if one >= 0 else -1.0) + (known[other] if other >= 0 else -1.0))


@compiled
def _traced_all(
    sires: Rows,
    dams: Rows,
    sire: Rows,
    dam: Rows,
    own: Values,
    known: Values,
    share: Values,
    waiting: Words,
    position: NDArray[np.intp],
) -> Values:
    found = np.empty(len(sires))
    for mating in range(len(sires)):
        one, other = sires[mating], dams[mating]
        _wait(one, 0.5, share, waiting)
        _wait(other, 0.5, share, waiting)
        above = _traced(min(one, other) >> 6, sire, dam, own, share, waiting, position)
        found[mating] = above + _own_draw(one, other, known) - 1.0
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
        bits, waiting[word] = waiting[word], np.uint64(0)
        while bits != 0:
            lowest = bits & (~bits + ONE)
            bits ^= lowest
            row = (word << 6) + position[np.int64((DE_BRUIJN * lowest) >> TOP_SIX)]
            part, share[row] = share[row], 0.0
            total += part * part * own[row]
            if sire[row] >= 0:
                _wait(sire[row], 0.5 * part, share, waiting)
            if dam[row] >= 0:
                _wait(dam[row], 0.5 * part, share, waiting)
    return total
