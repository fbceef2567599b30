"""The tabular method: kinship by generations, each in a few array operations."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._levels import blocks
from pedigree.structure import SEVERAL, Pedigree

Matrix = NDArray[np.float64]
PHANTOMS: Final = 3
"""Rows after the last animal, always zero, so that -1, -2 and -3 mean a parent related to nobody."""


def tabular(pedigree: Pedigree, known: NDArray[np.float64]) -> Matrix:
    """Return k_x k_y f(x, y) for every pair of animals; with every known fraction 1 that is the kinship.

    `known` holds the known fractions, and after them those of the phantoms.
    """
    size = len(pedigree)
    joint = np.zeros((size + PHANTOMS, size + PHANTOMS))
    for start, stop in blocks(pedigree.generation):
        block = np.arange(start, stop)
        sire, dam = (_parent_rows(pedigree, joint[:, :start], block, role) for role in ("sire", "dam"))
        itself = _self_kinship(pedigree, block, sire, known)
        above = _mean(sire, dam)
        joint[start:stop, :start], joint[:start, start:stop] = above, above.T
        columns = joint[:, start:stop]
        across = _mean(*(_parent_rows(pedigree, columns, block, role) for role in ("sire", "dam")))
        # One triangle mirrored: two candidates' sums may differ in the last bit by side.
        upper = np.triu(across, 1)
        joint[start:stop, start:stop] = upper + upper.T
        joint[block, block] = itself
    return joint[:size, :size]


def _mean(one: Matrix, other: Matrix) -> Matrix:
    # In place: these blocks are most of the matrix, and fresh memory costs more than the sums.
    one += other
    one *= 0.5
    return one


def _parent_rows(pedigree: Pedigree, joint: Matrix, block: NDArray[np.intp], role: str) -> Matrix:
    column = pedigree.sire if role == "sire" else pedigree.dam
    rows = joint[column[block]]
    for place in np.flatnonzero(column[block] == SEVERAL):
        options = pedigree.candidates[int(block[place]), role]
        rows[place] = sum(probability * joint[parent] for parent, probability in options)
    return rows


def _self_kinship(
    pedigree: Pedigree, block: NDArray[np.intp], sire: Matrix, known: NDArray[np.float64]
) -> NDArray[np.float64]:
    # Both draws hit a known gene: the same copy (weight k_x) or the two copies (weight k_s k_d).
    k = known[block]
    k_pair = _known_of(pedigree, block, "sire", known) * _known_of(pedigree, block, "dam", known)
    above = _parents_kinship(pedigree, block, sire)
    return np.divide(k * k * (k + above), k + k_pair, out=np.zeros(len(block)), where=k > 0)


def _known_of(
    pedigree: Pedigree, block: NDArray[np.intp], role: str, known: NDArray[np.float64]
) -> NDArray[np.float64]:
    column = pedigree.sire if role == "sire" else pedigree.dam
    values = known[column[block]]
    for place in np.flatnonzero(column[block] == SEVERAL):
        options = pedigree.candidates[int(block[place]), role]
        values[place] = sum(probability * float(known[parent]) for parent, probability in options)
    return values


def _parents_kinship(pedigree: Pedigree, block: NDArray[np.intp], sire: Matrix) -> NDArray[np.float64]:
    dam = pedigree.dam[block]
    values, recorded = np.zeros(len(block)), np.flatnonzero(dam >= 0)
    values[recorded] = sire[recorded, dam[recorded]]
    for place in np.flatnonzero(dam == SEVERAL):
        options = pedigree.candidates[int(block[place]), "dam"]
        values[place] = sum(chance * float(sire[place, who]) for who, chance in options if who >= 0)
    return values
