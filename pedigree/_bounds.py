"""What is mathematically possible for figures of a pedigree; checked on every computation."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._tabular import Matrix
from pedigree.errors import NumericalError
from pedigree.structure import SEVERAL, Pedigree

SLACK: Final = 1e-9
"""Rounding over any real studbook stays far below this; a wrong formula does not."""

TILE: Final = 256
"""How many animals' kinships with as many others are looked at together; they fit into a processor's cache."""

EXAMINED: Final = 1_000
"""How many animals, spread evenly, are examined for what costs the cube of their number."""


def check_kinship(kinship: Matrix) -> None:
    """Refuse a kinship matrix that is not one: asymmetric, outside its bounds, or of impossible relatives."""
    if not len(kinship):
        return
    check_shares("kinship", kinship)
    check_shares("self-kinship", kinship.diagonal(), 0.5, 1)
    root, most = np.sqrt(kinship.diagonal()), -np.inf
    for one, other in combinations_with_replacement(range(0, len(kinship), TILE), 2):
        rows, columns = slice(one, one + TILE), slice(other, other + TILE)
        tile = kinship[rows, columns]
        if not np.array_equal(tile, kinship[columns, rows].T):
            raise NumericalError("The kinship matrix is not symmetric, so no figure is shown.")
        most = max(most, float((tile - np.multiply.outer(root[rows], root[columns])).max()))
    within("kinship above the geometric mean of the self-kinships", most, -1, 0)
    _check_semidefinite(kinship)


def _check_semidefinite(kinship: Matrix) -> None:
    # Every principal part of a semidefinite matrix is one. Identical twins make it singular, hence the slack.
    step = -(-len(kinship) // EXAMINED)
    part = kinship[::step, ::step] + SLACK * np.eye(len(kinship[::step]))
    try:
        np.linalg.cholesky(part)
    except np.linalg.LinAlgError:
        raise NumericalError(
            "The kinship matrix is not positive semidefinite: no animals can be related to each other in this way, "
            "so no figure is shown. Please report this with the file."
        ) from None


def check_self_kinship(pedigree: Pedigree, kinship: Matrix) -> None:
    """Refuse a self-kinship that is not (1 + the kinship of the parents) / 2."""
    told = np.isin(pedigree.genome, [one for one, other in pedigree.related if one == other])
    several = (pedigree.sire == SEVERAL) | (pedigree.dam == SEVERAL)
    rows = np.flatnonzero(~told & ~several)
    sire, dam = pedigree.sire[rows], pedigree.dam[rows]
    between = np.where((sire >= 0) & (dam >= 0), kinship[np.maximum(sire, 0), np.maximum(dam, 0)], 0)
    strange = kinship[rows, rows] - (1 + between) / 2
    check_shares("self-kinship, less what the kinship of the parents gives,", strange, 0, 0)


def check_diversity(mean: float, living: int) -> None:
    """Refuse a mean kinship, and so a gene diversity, that the number of living animals does not allow."""
    if living:
        within("mean kinship", mean, 1 / (2 * living), 1)
        within("gene diversity", 1 - mean, 0, 1 - 1 / (2 * living))


def check_founder_sizes(founder_genomes: float, equivalents: float, founders: int, living: int) -> None:
    """Refuse more founder genome equivalents than founder equivalents, or more of these than founders."""
    within("founder equivalents", equivalents, 1, founders)
    within("founder genome equivalents", founder_genomes, 0.5, min(equivalents, living))


def check_contributions(contribution: NDArray[np.float64]) -> None:
    """Refuse contributions that are negative or do not add up to 1."""
    check_shares("founder contribution", contribution)
    within("sum of the founder contributions", float(contribution.sum()), 1, 1)


def check_gene_drop(
    retention: NDArray[np.float64],
    lost: NDArray[np.float64],
    unique: NDArray[np.float64],
    unique_among_descendants: NDArray[np.float64],
) -> None:
    """Refuse shares of genes that survive, are lost or are unique and contradict each other.

    Of a founder that is not lost at least one of two genes survives; who has a gene alone has it alone among
    descendants too. NaN, where an animal is not living, is not wrong.
    """
    check_shares("allele retention", retention)
    check_shares("chance that a founder is lost", lost)
    check_shares(
        "allele retention, less the chance that a founder is not lost,", retention + lost - 1, -0.5, 0
    )
    check_shares("allele retention, less half that chance,", retention - (1 - lost) / 2, 0, 0.5)
    measured = ~np.isnan(unique)
    check_shares("genome uniqueness", unique[measured])
    among = unique_among_descendants[measured]
    check_shares("genome uniqueness, less that among descendants,", unique[measured] - among, -1, 0)


def check_effective_size(number: float, animals: float) -> None:
    """Refuse an effective size by breeders above the number of breeders; NaN, where none bred, is not wrong."""
    if not np.isnan(number):
        within("effective population size", number, 0, animals)


def check_completeness(shares: Matrix) -> None:
    """Refuse shares of ancestors recorded that lie outside [0, 1] or rise further back."""
    check_shares("pedigree completeness", shares)
    check_shares("rise of the completeness from one generation to the one before", np.diff(shares), -1, 0)


def check_parts(name: str, parts: Matrix, whole: NDArray[np.float64]) -> None:
    """Refuse parts that are negative or do not add up to their whole in every row."""
    check_shares(name, parts)
    check_shares(f"sum of the parts of the {name}, less the whole", parts.sum(axis=1) - whole, 0, 0)


def check_shares(name: str, values: NDArray[np.float64], low: float = 0, high: float = 1) -> None:
    """Refuse an array with a value outside its bounds, or NaN."""
    if values.size:
        within(f"lowest {name}", float(values.min()), low, high)
        within(f"highest {name}", float(values.max()), low, high)


def within(name: str, value: float, low: float, high: float) -> None:
    """Refuse a value outside its bounds, or NaN."""
    # Written so that NaN fails too.
    if not low - SLACK <= value <= high + SLACK:
        raise NumericalError(
            f"The {name} came out as {value!r}, outside [{low:.6g}, {high:.6g}], so no figure is shown. "
            "Please report this with the file."
        )
