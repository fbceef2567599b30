"""How much of each animal descends from a group of founders."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_shares
from pedigree._masks import check_mask
from pedigree._origins import SELF, Origins, origins
from pedigree._passes import by_generation, links
from pedigree.errors import FounderNameError
from pedigree.structure import Pedigree

Mask = NDArray[np.bool_]


def lineage_share(pedigree: Pedigree, founders: Mask | Iterable[str]) -> NDArray[np.float64]:
    """Return which share of each animal's genome descends from a group of founders.

    Expected shares: half from each parent, a candidate by its probability. Unknown parents are founders.

    Parameters
    ----------
    pedigree :                          The pedigree.
    founders : shape (n_founders,)      True for the group, in the order of `founder_table`; or their names,
                                        ids and "sire of ..." or "dam of ..." as in `FounderTable.labels`.

    Returns
    -------
    shape (n_animals,)                  Share, dimensionless, in [0, 1].

    Raises
    ------
    FounderNameError
        A name is not that of a founder.
    MaskError
        The mask is not one of the founders.
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    One pass from the oldest generation to the youngest.

    References
    ----------
    R. C. Lacy (1989), as for `founder_table`: the contribution of founders to a single animal.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2", "1"), Record("3", "1", "2")])
    >>> lineage_share(pedigree, ["1"]).tolist(), lineage_share(pedigree, ["dam of 2"]).tolist()
    ([1.0, 0.5, 0.75], [0.0, 0.5, 0.25])
    """
    sources = origins(pedigree, unknown_as_founders=True)
    if isinstance(founders, np.ndarray):
        check_mask("founders", founders, len(sources.role), "founders")
        group = founders
    else:
        group = _group(pedigree, sources, founders)
    share = (np.append(group, False)[sources.founder] * sources.chance).sum(axis=1) / 2
    for step in by_generation(pedigree, links(pedigree)):
        np.add.at(share, step.offspring, share[step.parent] * step.chance / 2)
    check_shares("lineage share", share)
    return np.asarray(share)


def _group(pedigree: Pedigree, sources: Origins, founders: Iterable[str]) -> Mask:
    names = {
        pedigree.ids[row] if role == SELF else f"{role} of {pedigree.ids[row]}": number
        for number, (row, role) in enumerate(zip(sources.rows, sources.role, strict=True))
    }
    group = np.zeros(len(names), dtype=np.bool_)
    for founder in founders:
        if founder not in names:
            raise FounderNameError(founder)
        group[names[founder]] = True
    return group
