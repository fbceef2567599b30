"""Genes dropped down a pedigree, sixty-four drops in a machine word, compiled by numba.

Every public function here has a twin of the same name, arguments and result in `drop_numpy`. A gene's
number is kept as planes of bits, one word for each binary digit, so that one meiosis in sixty-four
drops is a handful of word operations.
"""

from __future__ import annotations

import os
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pedigree.kernels.compiling import compiled
from pedigree.kernels.drop_numpy import Copies, Counts, Rows, Words

OWN: Final = -1
DRAWN: Final = -3
WIDTH: Final = 64
THREADS: Final = min(os.cpu_count() or 1, 8)
"""Chunks of drops counted at a time: compiled code leaves the interpreter to others."""
ONE: Final = np.uint64(1)
EVERY_DROP: Final = ~np.uint64(0)

Planes = NDArray[np.uint64]


@compiled
def survivals(
    source: Rows,
    gene: Copies,
    levels: Rows,
    words: Words,
    picks: Rows,
    heads: Rows,
    later: int,
    founders: int,
    drops: int,
) -> tuple[Counts, Counts, Counts, Counts]:
    """Count as `drop_numpy.survivals` does."""
    survived = np.zeros((founders, 3), np.int64)
    among_young = np.zeros((len(heads), 3), np.int64)
    among_all = np.zeros((len(heads), 3), np.int64)
    in_all = np.zeros(2 * founders + 1, np.int64)
    planes = _founder_planes(gene, 2 * founders)
    alleles = np.empty((len(heads), 2, WIDTH), gene.dtype)
    carriers = np.empty((2 * founders + 1, WIDTH), np.int32)
    for block in range((drops + WIDTH - 1) // WIDTH):
        width = min(WIDTH, drops - block * WIDTH)
        _segregate(source, gene, words[:, block], picks[:, block * WIDTH :], 2 * founders, planes)
        _read(planes, heads, alleles)
        carriers[:] = 0
        _carry(alleles[:later], carriers)
        _count_unique(alleles[:later], carriers, 1, width, among_young[:later])
        _count_unique(alleles[later:], carriers, 0, width, among_young[later:])
        if later < len(heads):
            _carry(alleles[later:], carriers)
            _count_unique(alleles, carriers, 1, width, among_all)
        _count_survivors(carriers, width, survived, in_all)
    return survived, among_young, among_all if later < len(heads) else among_young, in_all


@compiled
def autozygosities(
    source: Rows, gene: Copies, levels: Rows, words: Words, picks: Rows, founders: int, drops: int
) -> Counts:
    """Count as `drop_numpy.autozygosities` does."""
    counts = np.zeros((len(source), 3), np.int64)
    planes = _founder_planes(gene, 2 * founders)
    before = np.zeros((len(source), 2), np.uint64)
    alike = np.empty(len(source), np.uint64)
    for block in range((drops + WIDTH - 1) // WIDTH):
        width = min(WIDTH, drops - block * WIDTH)
        word, pick = words[:, block], picks[:, block * WIDTH :]
        _segregate(source, gene, word, pick, 2 * founders, planes)
        for row in range(len(source)):
            for role in range(2):
                before[row, role] = _autozygous_before(
                    source[row, role], word[2 * row + role], pick, alike, before
                )
            alike[row] = EVERY_DROP
            for digit in range(planes.shape[2]):
                alike[row] &= ~(planes[row, 0, digit] ^ planes[row, 1, digit])
            _add_number(before[row, 0], before[row, 1], width, counts[row])
    return counts


@compiled
def _autozygous_before(above: int, word: Any, pick: Rows, alike: Planes, before: Planes) -> Any:
    if above >= 0:
        return alike[above] | (before[above, 0] & ~word) | (before[above, 1] & word)
    found = np.uint64(0)
    if above <= DRAWN:
        for k in range(WIDTH):
            parent = pick[DRAWN - above, k]
            if parent >= 0:
                side = before[parent, (word >> np.uint64(k)) & ONE]
                found |= (alike[parent] | side) & (ONE << np.uint64(k))
    return found


@compiled
def _founder_planes(gene: Copies, highest: int) -> Planes:
    digits = 1
    while highest >> digits:
        digits += 1
    planes = np.zeros((len(gene), 2, digits), np.uint64)
    for row in range(len(gene)):
        for role in range(2):
            for digit in range(digits):
                if (gene[row, role] >> digit) & 1:
                    planes[row, role, digit] = EVERY_DROP
    return planes


@compiled
def _segregate(source: Rows, gene: Copies, word: Words, pick: Rows, nameless: int, planes: Planes) -> None:
    for row in range(len(source)):
        for role in range(2):
            above, bits = source[row, role], word[2 * row + role]
            if above >= 0:
                for digit in range(planes.shape[2]):
                    one = planes[above, 0, digit]
                    planes[row, role, digit] = one ^ ((one ^ planes[above, 1, digit]) & bits)
            elif above <= DRAWN:
                _segregate_drawn(planes, row, role, int(gene[row, role]), bits, pick[DRAWN - above], nameless)


@compiled
def _segregate_drawn(
    planes: Planes, row: int, role: int, own: int, bits: Any, pick: Rows, nameless: int
) -> None:
    planes[row, role, :] = 0
    for k in range(WIDTH):
        drop, side = np.uint64(k), np.int64((bits >> np.uint64(k)) & ONE)
        for digit in range(planes.shape[2]):
            if pick[k] >= 0:
                copy = (planes[pick[k], side, digit] >> drop) & ONE
            else:
                copy = np.uint64(((own + side if pick[k] == OWN else nameless) >> digit) & 1)
            planes[row, role, digit] |= copy << drop


@compiled
def _read(planes: Planes, heads: Rows, alleles: Copies) -> None:
    alleles[:] = 0
    for i in range(len(heads)):
        for role in range(2):
            for digit in range(planes.shape[2]):
                plane = planes[heads[i], role, digit]
                for k in range(WIDTH):
                    alleles[i, role, k] |= ((plane >> np.uint64(k)) & ONE) << np.uint64(digit)


@compiled
def _carry(alleles: Copies, carriers: Rows) -> None:
    for i in range(len(alleles)):
        for k in range(WIDTH):
            one, other = alleles[i, 0, k], alleles[i, 1, k]
            carriers[one, k] += 1
            # An animal with two copies of one gene is one carrier.
            carriers[other, k] += one != other


@compiled
def _count_unique(alleles: Copies, carriers: Rows, others: int, width: int, counts: Counts) -> None:
    nameless = len(carriers) - 1
    for i in range(len(alleles)):
        once = twice = 0
        for k in range(width):
            one, other = alleles[i, 0, k], alleles[i, 1, k]
            first = int((carriers[one, k] == others) & (one != nameless))
            second = int((carriers[other, k] == others) & (other != nameless))
            once += first ^ second
            twice += first & second
        counts[i, 0] += width - once - twice
        counts[i, 1] += once
        counts[i, 2] += twice


@compiled
def _count_survivors(carriers: Rows, width: int, survived: Counts, in_all: Counts) -> None:
    total = np.zeros(WIDTH, np.int64)
    for founder in range(len(survived)):
        once = twice = 0
        for k in range(width):
            first = int(carriers[2 * founder, k] > 0)
            second = int(carriers[2 * founder + 1, k] > 0)
            once += first ^ second
            twice += first & second
            total[k] += first + second
        survived[founder, 0] += width - once - twice
        survived[founder, 1] += once
        survived[founder, 2] += twice
    for k in range(width):
        in_all[total[k]] += 1


@compiled
def _add_number(one: Any, other: Any, width: int, counts: Counts) -> None:
    for k in range(width):
        number = ((one >> np.uint64(k)) & ONE) + ((other >> np.uint64(k)) & ONE)
        counts[number] += 1
