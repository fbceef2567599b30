"""How much of an animal's genes its living relatives hold too."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_shares
from pedigree._masks import check_mask
from pedigree.relationship import kinship_among
from pedigree.structure import Pedigree

FIRST_ORDER: Final = 0.25
"""Kinship to an offspring, and to a full sib, where nobody is inbred."""


def first_order_kin(pedigree: Pedigree, living: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how many offspring or full sibs would hold as many copies of an animal's genes as its kin do (FOKE).

    Every other living animal counts with its kinship over 1/4: an offspring or full sib 1, a grand-offspring
    or half sib 1/2. The animal itself does not count.

    Parameters
    ----------
    pedigree :                          The pedigree.
    living : shape (n_animals,)         True for members of the population measured.

    Returns
    -------
    shape (n_animals,)                  First-order kin equivalents, in animals; NaN for those not living.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    As `kinship_among` the living.

    References
    ----------
    Glossaries of printed studbooks (FOKE, first-order kin equivalents).

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "3")])
    >>> first_order_kin(pedigree, np.array([True, False, True, True])).tolist()
    [2.5, nan, 2.5, 3.0]
    """
    check_mask("living", living, len(pedigree))
    kin = np.full(len(pedigree), np.nan)
    among = kinship_among(pedigree, living)
    kin[living] = (among.sum(axis=1) - among.diagonal()) / FIRST_ORDER
    check_shares("number of first-order kin", kin[living], 0, (len(among) - 1) / FIRST_ORDER)
    return kin
