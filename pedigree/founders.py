"""Who founded the living population, and with how much of its genes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree._masks import check_mask
from pedigree._origins import SELF as SELF
from pedigree._origins import Origins, origins
from pedigree._passes import added, by_generation, links
from pedigree.structure import Pedigree


@dataclass(frozen=True, slots=True, eq=False)
class FounderTable:
    """Every founder, and the share of the population's genes that descends from it.

    A founder is an animal without a parent in the pedigree (`role` "self"), or the missing parent
    (`role` "sire" or "dam") of an animal whose other parent is in the pedigree.
    """

    rows: NDArray[np.int32]
    role: tuple[str, ...]
    contribution: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.role)

    @property
    def represented(self) -> NDArray[np.bool_]:
        """Which founders have genes in the population."""
        return self.contribution > 0

    @property
    def recorded(self) -> NDArray[np.bool_]:
        """Which founders are animals of the pedigree, not parents without a row."""
        return np.array([role == SELF for role in self.role], dtype=np.bool_)

    def labels(self, pedigree: Pedigree) -> tuple[str, ...]:
        """Return each founder's id, or "sire of ..." for a founder without a row."""
        ids = (pedigree.ids[row] for row in self.rows)
        return tuple(
            animal if role == SELF else f"{role} of {animal}"
            for animal, role in zip(ids, self.role, strict=True)
        )


def founder_table(
    pedigree: Pedigree, living: NDArray[np.bool_], *, unknown_as_founders: bool = True
) -> FounderTable:
    """Return every founder with its contribution to the living population.

    Each wild parent is a founder of its own, unrelated to all others; so is each unknown parent,
    unless `unknown_as_founders` is False: then only wild founders count, and their contributions
    are shares of the known genes.

    Parameters
    ----------
    pedigree :                          The pedigree.
    living : shape (n_animals,)         True for members of the population measured.
    unknown_as_founders :               False for known genes only.

    Returns
    -------
    One entry for each founder, in row order; contributions add up to 1, or are all NaN when nobody is
    living or nothing is known.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.

    Notes
    -----
    One pass from the youngest generation to the oldest.

    References
    ----------
    R. C. Lacy (1989). Analysis of founder representation in pedigrees: founder equivalents and founder
    genome equivalents. Zoo Biology 8, 111-123.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2", "1"), Record("3", "1", "2")])
    >>> table = founder_table(pedigree, np.array([False, False, True]))
    >>> table.labels(pedigree), table.contribution.tolist()
    (('1', 'dam of 2'), [0.75, 0.25])
    """
    check_mask("living", living, len(pedigree))
    sources = origins(pedigree, unknown_as_founders=unknown_as_founders)
    copies = _founder_copies(pedigree, living, sources)
    total = math.fsum(copies)
    contribution = copies / total if total > 0 else np.full(len(copies), np.nan)
    return FounderTable(sources.rows, sources.role, contribution)


def _founder_copies(pedigree: Pedigree, living: NDArray[np.bool_], sources: Origins) -> NDArray[np.float64]:
    # Whole animals go up, not shares of them: halves of whole numbers are exact in any order.
    copies = living.astype(np.float64)
    for step in reversed(list(by_generation(pedigree, links(pedigree)))):
        np.add.at(copies, step.parent, copies[step.offspring] * step.chance / 2)
    given, found = copies[:, None] * sources.chance / 2, sources.chance > 0
    return added(len(sources.role), sources.founder[found], given[found])


def founder_representation(
    pedigree: Pedigree, living: NDArray[np.bool_], *, unknown_as_founders: bool = True
) -> NDArray[np.float64]:
    """Return how many copies of each founder's genome the living population is expected to hold.

    An offspring holds half a copy, a grand-offspring a quarter; a living founder is one copy itself.

    Parameters
    ----------
    pedigree :                          The pedigree.
    living : shape (n_animals,)         True for members of the population measured.
    unknown_as_founders :               False for wild founders only.

    Returns
    -------
    shape (n_founders,)                 Copies, in animals, in the order of `founder_table`; 0 when nobody is living.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.

    Notes
    -----
    One pass from the youngest generation to the oldest. Divided by the number living it is the contribution.

    References
    ----------
    R. C. Lacy (1989), as for `founder_table`.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "3")])
    >>> founder_representation(pedigree, np.array([False, False, True, True])).tolist()
    [1.25, 0.75]
    """
    check_mask("living", living, len(pedigree))
    sources = origins(pedigree, unknown_as_founders=unknown_as_founders)
    return _founder_copies(pedigree, living, sources)


def founder_contributions(
    pedigree: Pedigree, living: NDArray[np.bool_], *, unknown_as_founders: bool = True
) -> NDArray[np.float64]:
    """Return each founder's expected share of the living population's genes.

    The contributions of `founder_table`, in its order; they add up to 1.

    Parameters
    ----------
    pedigree :                          The pedigree.
    living : shape (n_animals,)         True for members of the population measured.
    unknown_as_founders :               False for known genes only.

    Returns
    -------
    shape (n_founders,)                 Contribution p, dimensionless, in [0, 1].

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.

    Notes
    -----
    One pass from the youngest generation to the oldest.

    References
    ----------
    R. C. Lacy (1989), as for `founder_table`.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "3")])
    >>> founder_contributions(pedigree, np.array([False, False, False, True])).tolist()
    [0.75, 0.25]
    """
    return founder_table(pedigree, living, unknown_as_founders=unknown_as_founders).contribution


def founder_equivalents(contribution: NDArray[np.float64]) -> float:
    """Return how many equally contributing founders would give the same founder diversity (FE).

    FE = 1 / sum of squared contributions; genes lost by chance are not considered. Of the contributions
    of `FounderTable.recorded` alone it is the FE that passes over parents without a row.

    Parameters
    ----------
    contribution : shape (n_founders,)  Founder contributions, adding up to 1 (or less, of some founders).

    Returns
    -------
    FE, in founders, at least 1; NaN when nobody contributes.

    Notes
    -----
    One sum.

    References
    ----------
    R. C. Lacy (1989), as for `founder_table`.

    Examples
    --------
    >>> founder_equivalents(np.array([0.5, 0.5]))
    2.0
    """
    # fsum, so that the order of the founders changes no digit.
    squares = math.fsum(contribution**2)
    return 1.0 / squares if squares > 0 else float("nan")


def represented_founders(contribution: NDArray[np.float64]) -> int:
    """Return how many founders have genes in the living population.

    A founder counts when its expected contribution is above 0; a founder of dead lines does not.

    Parameters
    ----------
    contribution : shape (n_founders,)  Founder contributions.

    Returns
    -------
    A whole number.

    Notes
    -----
    One comparison per founder.

    References
    ----------
    R. C. Lacy (1989), as for `founder_table`.

    Examples
    --------
    >>> represented_founders(np.array([0.75, 0.25, 0.0]))
    2
    """
    return int((contribution > 0).sum())
