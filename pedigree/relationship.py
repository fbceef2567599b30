"""Kinship to a population, within it and of the next birth, without the matrix of all animals."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree import kernels
from pedigree._masks import check_mask
from pedigree._tabular import PHANTOMS, Matrix, tabular
from pedigree.inbreeding_coefficient import inbreeding as inbreeding_of
from pedigree.structure import Pedigree

Mask = NDArray[np.bool_]
Values = NDArray[np.float64]

MIRRORED_TOGETHER: Final = 64


def mean_kinship_to(pedigree: Pedigree, living: Mask, *, inbreeding: Values | None = None) -> Values:
    """Return each animal's mean kinship (MK) to the living population, without a kinship matrix.

    The animal itself is counted when it is living.

    Parameters
    ----------
    pedigree :                                  The pedigree.
    living : shape (n_animals,)                 True for members of the population measured.
    inbreeding : shape (n_animals,)             F of every animal where it is known already; else computed.

    Returns
    -------
    shape (n_animals,)                          MK, dimensionless, in [0, 1]; NaN when nobody is living.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.

    Notes
    -----
    Time and memory n_animals, F known: a millisecond for 10,000. With several possible parents, identical twins
    or related founders as `kinship_matrix`.

    References
    ----------
    J.-J. Colleau (2002). An indirect approach to the extensive calculation of relationship
    coefficients. Genetics Selection Evolution 34, 409-421.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> family = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "2")])
    >>> mean_kinship_to(family, family.mask(["3", "4"])).tolist()
    [0.25, 0.25, 0.375, 0.375]
    """
    check_mask("living", living, len(pedigree))
    number = np.count_nonzero(living)
    if number == 0:
        return np.full(len(pedigree), np.nan)
    if not pedigree.plain:
        return np.asarray(_dense(pedigree)[:, living].mean(axis=1))
    coefficients = inbreeding_of(pedigree) if inbreeding is None else inbreeding
    rows = pedigree.sire, pedigree.dam, pedigree.generation
    return kernels.kinship_times(*rows, coefficients, living.astype(np.float64)) / number


def kinship_among(pedigree: Pedigree, animals: Mask, *, inbreeding: Values | None = None) -> Matrix:
    """Return the kinship of every pair of the animals chosen, without the matrix of all animals.

    The rows and columns are the animals chosen, in the order of the pedigree; the conventions those of `kinship_matrix`.

    Parameters
    ----------
    pedigree :                                  The pedigree.
    animals : shape (n_animals,)                True for the m animals chosen.
    inbreeding : shape (n_animals,)             F of every animal where it is known already; saves time in very
                                                large books only.

    Returns
    -------
    shape (m, m)                                Kinship f, dimensionless, in [0, 1], symmetric.

    Raises
    ------
    MaskError
        `animals` is not True or False for each animal.

    Notes
    -----
    Time a x (w + m), memory (w + m)^2 for a ancestors, w of whom wait for offspring at one time: 10 ms for 250 of
    10,000 animals. With several possible parents, identical twins or related founders time and memory a^2.

    References
    ----------
    J.-J. Colleau (2002), as for `mean_kinship_to`. B. Kirkpatrick et al. (2019). Efficient computation of the
    kinship coefficients. Bioinformatics 35, 1002-1008 (keeping only those with offspring to come).

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> family = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "2")])
    >>> kinship_among(family, family.mask(["3", "4"])).tolist()
    [[0.5, 0.25], [0.25, 0.5]]
    """
    check_mask("animals", animals, len(pedigree))
    needed = pedigree.with_ancestors(animals)
    if not pedigree.plain:
        chosen = animals[needed]
        return _dense(pedigree.subset(needed))[np.ix_(chosen, chosen)]
    known = None if inbreeding is None else inbreeding[needed]
    return kernels.kinship_among(*_rows_of(pedigree, needed), animals[needed], known)


def _dense(pedigree: Pedigree) -> Matrix:
    return tabular(pedigree, np.ones(len(pedigree) + PHANTOMS)).among_rows()


def _rows_of(pedigree: Pedigree, needed: Mask) -> tuple[kernels.Rows, kernels.Rows, kernels.Rows]:
    # Only the numbers move; making a Pedigree of the part would take longer than the kinships.
    number = np.full(len(pedigree) + 1, -1, dtype=np.int32)
    number[:-1][needed] = np.arange(np.count_nonzero(needed))
    sire, dam = (number[np.maximum(parent[needed], -1)] for parent in (pedigree.sire, pedigree.dam))
    return sire, dam, pedigree.generation[needed]


class GrowingKinship:
    """The kinship of a population to which births are added, each in the time of one row.

    An offspring of a missing parent (below 0) is unrelated on that side.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship of those who are there, copied.

    Examples
    --------
    >>> growing = GrowingKinship(np.array([[0.5, 0.0], [0.0, 0.5]]))
    >>> growing.append(0, 1), growing.append(0, 2)
    (2, 3)
    >>> growing.kinship[3].tolist()
    [0.375, 0.125, 0.375, 0.625]
    """

    def __init__(self, kinship: Matrix) -> None:
        self._size = self._mirrored = len(kinship)
        self._room = _with_room(kinship, self._size)

    def __len__(self) -> int:
        return self._size

    @property
    def kinship(self) -> Matrix:
        """The kinship of all, those appended last; a view that later births do not change."""
        self._mirror()
        return self._room[: self._size, : self._size]

    def append(self, sire: int, dam: int) -> int:
        """Add an offspring of two rows and return its row."""
        row = self._size
        if row - self._mirrored == MIRRORED_TOGETHER or row == len(self._room):
            self._mirror()
        if row == len(self._room):
            self._room = _with_room(self._room, row)
        self._room[row, row] = 0.5 * (1 + self._between(sire, dam))
        new = self._room[row, :row]
        for parent in (sire, dam):
            if parent >= 0:
                self._add_row(parent, new)
        new *= 0.5
        self._size = row + 1
        return row

    def _add_row(self, parent: int, new: Values) -> None:
        # Rows appended since the last mirroring are not in the columns of the others yet.
        there = max(self._mirrored, parent + 1)
        new[:there] += self._room[parent, :there]
        new[there:] += self._room[there : self._size, parent]

    def _between(self, sire: int, dam: int) -> float:
        return float(self._room[max(sire, dam), min(sire, dam)]) if min(sire, dam) >= 0 else 0.0

    def _mirror(self) -> None:
        # Together, because a column written alone touches as many lines of memory as several.
        old, new = self._room[: self._mirrored], slice(self._mirrored, self._size)
        old[:, new] = self._room[new, : self._mirrored].T
        square = self._room[new, new]
        square += np.tril(square, -1).T
        self._mirrored = self._size


def _with_room(kinship: Matrix, size: int) -> Matrix:
    room = np.zeros((size + max(size // 4, MIRRORED_TOGETHER),) * 2)
    room[:size, :size] = kinship[:size, :size]
    return room
