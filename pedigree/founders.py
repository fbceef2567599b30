"""Who founded the living population, and with how much of its genes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._ingest import PROBABILITY_TOLERANCE
from pedigree.structure import UNKNOWN, WILD, Pedigree

SELF: Final = "self"
"""The founder is the animal itself, not a parent of it that has no row."""


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

    Notes
    -----
    One pass from the youngest animal to the oldest.

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
    codes = (WILD, UNKNOWN) if unknown_as_founders else (WILD,)
    share = _genome_shares(pedigree, living)
    entries: dict[tuple[int, str], float] = {}
    for row in range(len(pedigree)):
        entries.update(_founders_above(pedigree, row, float(share[row]), codes))
    contribution = np.array(list(entries.values()))
    total = contribution.sum() if len(entries) and living.any() else 0.0
    contribution = contribution / total if total > 0 else np.full(len(entries), np.nan)
    rows = np.array([row for row, _ in entries], dtype=np.int32)
    return FounderTable(rows, tuple(role for _, role in entries), contribution)


def _genome_shares(pedigree: Pedigree, living: NDArray[np.bool_]) -> NDArray[np.float64]:
    share = living / max(int(living.sum()), 1)
    for row in range(len(pedigree) - 1, -1, -1):
        if share[row] > 0:
            for parent, part in pedigree.parents(row):
                share[parent] += share[row] * part
    return np.asarray(share)


def _founders_above(
    pedigree: Pedigree, row: int, share: float, codes: tuple[int, ...]
) -> dict[tuple[int, str], float]:
    outside = {
        role: [chance for parent, chance in pedigree.possible(row, role) if parent in codes]
        for role in ("sire", "dam")
    }
    if all(sum(chances) > 1 - PROBABILITY_TOLERANCE for chances in outside.values()):
        return {(row, SELF): share}
    return {(row, role): share * sum(chances) / 2 for role, chances in outside.items() if chances}


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

    Notes
    -----
    One pass from the youngest animal to the oldest.

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

    FE = 1 / sum of squared contributions; genes lost by chance are not considered.

    Parameters
    ----------
    contribution : shape (n_founders,)  Founder contributions, adding up to 1.

    Returns
    -------
    FE, in founders, at least 1; NaN when there is no contribution.

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
    return float(1.0 / (contribution**2).sum()) if len(contribution) else float("nan")


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
