"""Each animal's inbreeding coefficient."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree import kernels
from pedigree._tabular import PHANTOMS, tabular
from pedigree.structure import Pedigree


def inbreeding(pedigree: Pedigree) -> NDArray[np.float64]:
    """Return each animal's inbreeding coefficient F, the kinship of its parents.

    Wild and unknown parents are unrelated to everyone, so F = 0 when either is missing, unless given for a founder.

    Parameters
    ----------
    pedigree :                          The pedigree.

    Returns
    -------
    shape (n_animals,)                  F, dimensionless, in [0, 1).

    Notes
    -----
    Time n_animals x w and memory w^2 for the w animals that wait for offspring at one time (some 200 of 10,000
    animals); very large books in memory n_animals with numba. With several possible parents, identical twins
    or related founders time and memory n_animals^2.

    References
    ----------
    S. Wright (1922). Coefficients of inbreeding and relationship. American Naturalist 56, 330-338.
    T. H. E. Meuwissen and Z. Luo (1992). Computing inbreeding coefficients in large populations.
    Genetics Selection Evolution 24, 305-313.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> backcross = Record("4", "1", "3")
    >>> inbreeding(Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), backcross])).tolist()
    [0.0, 0.0, 0.0, 0.25]
    """
    if pedigree.plain:
        return kernels.inbreeding(pedigree.sire, pedigree.dam, pedigree.generation)
    table = tabular(pedigree, np.ones(len(pedigree) + PHANTOMS))
    return table.parents_alike[table.nodes.of_row]
