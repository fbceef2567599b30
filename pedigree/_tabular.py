"""The tabular method: kinship by generations, each in a few array operations."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.structure import SEVERAL, Pedigree

Matrix = NDArray[np.float64]
PHANTOMS: Final = 3
"""Rows after the last animal, always zero, so that -1, -2 and -3 mean a parent related to nobody."""


def tabular(pedigree: Pedigree, known: NDArray[np.float64]) -> Matrix:
    # One recursion serves both conventions: it carries k_x k_y f(x, y), and with every k = 1 that is f.
    size = len(pedigree)
    joint = np.zeros((size + PHANTOMS, size + PHANTOMS))
    for start, stop in _generation_blocks(pedigree):
        block = np.arange(start, stop)
        sire, dam = (_parent_rows(pedigree, joint, block, role) for role in ("sire", "dam"))
        above = (sire + dam) / 2
        joint[start:stop, :start], joint[:start, start:stop] = above, above.T
        across = sum(
            _parent_rows(pedigree, joint[:, start:stop], block, role, stop - start)
            for role in ("sire", "dam")
        )
        upper = np.triu(np.asarray(across) / 2, 1)
        joint[start:stop, start:stop] = upper + upper.T
        joint[block, block] = _self_kinship(pedigree, block, sire, known)
    return joint[:size, :size].copy()


def _generation_blocks(pedigree: Pedigree) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(pedigree.generation)) + 1
    bounds = [0, *edges.tolist(), len(pedigree)] if len(pedigree) else []
    yield from pairwise(bounds)


def _parent_rows(
    pedigree: Pedigree, joint: Matrix, block: NDArray[np.intp], role: str, width: int | None = None
) -> Matrix:
    column = pedigree.sire if role == "sire" else pedigree.dam
    width = int(block[0]) if width is None else width
    rows = joint[column[block], :width]
    for place in np.flatnonzero(column[block] == SEVERAL):
        options = pedigree.candidates[int(block[place]), role]
        rows[place] = sum(probability * joint[parent, :width] for parent, probability in options)
    return rows


def _self_kinship(
    pedigree: Pedigree, block: NDArray[np.intp], sire: Matrix, known: NDArray[np.float64]
) -> NDArray[np.float64]:
    # Both draws hit a known gene: the same copy (weight k_x) or the two copies (weight k_s k_d).
    size = len(block)
    k_pair, f_pair = np.zeros(size), np.zeros(size)
    for place, row in enumerate(block.tolist()):
        k_sire, k_dam = (
            sum(p * float(known[who]) for who, p in pedigree.possible(row, role)) for role in ("sire", "dam")
        )
        k_pair[place] = k_sire * k_dam
        f_pair[place] = sum(
            p * float(sire[place, who]) for who, p in pedigree.possible(row, "dam") if who >= 0
        )
    k = known[block]
    return np.divide(k * k * (k + f_pair), k + k_pair, out=np.zeros(size), where=k > 0)
