"""What is mathematically possible for the figures of a population; checked on every computation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from pedigree._tabular import Matrix
from pedigree.errors import NumericalError

if TYPE_CHECKING:
    from pedigree.summary import KnownSummary, Summary

SLACK: Final = 1e-9
"""Rounding over any real studbook stays far below this; a wrong formula does not."""


def check_summary(
    summary: Summary, kinship: Matrix, mean_kinships: NDArray[np.float64], contribution: NDArray[np.float64]
) -> None:
    """Refuse a summary of a living population whose figures cannot be."""
    check_kinship(kinship)
    if summary.living == 0:
        return
    half = 1 / (2 * summary.living)
    _between("gene diversity", summary.gene_diversity, 0, 1 - half)
    _between("lowest mean kinship", float(mean_kinships.min()), 0, 1)
    _between("mean kinship", summary.mean_kinship, half, float(kinship.max()))
    if not np.isnan(summary.mean_inbreeding):  # where only founders live there is none
        _between("mean inbreeding", summary.mean_inbreeding, 0, 1)
    _between("known fraction", summary.known, 0, 1)
    _between("founder equivalents", summary.founder_equivalents, 1, summary.founders)
    ceiling = min(summary.founder_equivalents, summary.living)
    _between("founder genome equivalents", summary.founder_genome_equivalents, 0.5, ceiling)
    check_contributions(contribution)


def check_kinship(kinship: Matrix) -> None:
    """Refuse a kinship matrix that is not one: asymmetric, or outside its bounds."""
    if not len(kinship):
        return
    if not np.array_equal(kinship, kinship.T):
        raise NumericalError("The kinship matrix is not symmetric, so no figure is shown.")
    diagonal = kinship.diagonal()
    _between("lowest kinship", float(kinship.min()), 0, 1)
    _between("lowest self-kinship", float(diagonal.min()), 0.5, 1)
    _between("highest self-kinship", float(diagonal.max()), 0.5, 1)
    excess = kinship - np.sqrt(np.outer(diagonal, diagonal))
    _between("kinship above the geometric mean of the self-kinships", float(excess.max()), -1, 0)


def check_known(summary: KnownSummary, contribution: NDArray[np.float64]) -> None:
    """Refuse known-only figures that cannot be; NaN, where nothing is known, is not wrong."""
    if np.isnan(summary.gene_diversity):
        return
    _between("known-only gene diversity", summary.gene_diversity, 0, 1)
    _between("known-only founder equivalents", summary.founder_equivalents, 1, summary.founders)
    _between("known-only mean kinship", summary.mean_kinship, 0, 1)
    check_contributions(contribution)


def check_contributions(contribution: NDArray[np.float64]) -> None:
    """Refuse founder contributions that are negative or do not add up to 1."""
    _between("lowest founder contribution", float(contribution.min()), 0, 1)
    _between("sum of the founder contributions", float(contribution.sum()), 1, 1)


def _between(name: str, value: float, low: float, high: float) -> None:
    # Written so that NaN fails too.
    if not low - SLACK <= value <= high + SLACK:
        raise NumericalError(
            f"The {name} came out as {value!r}, outside [{low:.6g}, {high:.6g}], so no figure is shown. "
            "Please report this with the file."
        )
