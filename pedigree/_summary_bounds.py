"""What is mathematically possible for the figures of a living population together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import (
    check_contributions,
    check_diversity,
    check_effective_size,
    check_founder_sizes,
    check_kinship,
    check_shares,
    within,
)
from pedigree._tabular import Matrix

if TYPE_CHECKING:
    from pedigree.summary import KnownSummary, Summary


def check_summary(
    summary: Summary, kinship: Matrix, mean_kinships: NDArray[np.float64], contribution: NDArray[np.float64]
) -> None:
    """Refuse a summary of a living population whose figures cannot be."""
    check_kinship(kinship)
    if summary.living == 0:
        return
    check_diversity(summary.mean_kinship, summary.living)
    within("gene diversity and mean kinship together", summary.gene_diversity + summary.mean_kinship, 1, 1)
    half = 1 / (2 * summary.living)
    check_shares("mean kinship of an animal", mean_kinships, 0, float(kinship.max()))
    within("mean kinship", summary.mean_kinship, half, float(kinship.max()))
    if not np.isnan(summary.mean_inbreeding):  # where only founders live there is none
        within("mean inbreeding", summary.mean_inbreeding, 0, 1)
    sizes = summary.founder_genome_equivalents, summary.founder_equivalents
    check_founder_sizes(*sizes, summary.founders, summary.living)
    check_contributions(contribution)
    _check_known_and_bred(summary)


def _check_known_and_bred(summary: Summary) -> None:
    within("known fraction", summary.known, 0, 1)
    within("certain fraction", summary.certain, 0, summary.known)
    for name, count in (("males", summary.breeding_males), ("females", summary.breeding_females)):
        within(f"number of {name} that bred", count, 0, summary.living)
    breeders = summary.breeding_males + summary.breeding_females
    check_effective_size(summary.effective_size, breeders)
    check_effective_size(summary.effective_ratio, breeders / summary.living)


def check_known(summary: KnownSummary, contribution: NDArray[np.float64]) -> None:
    """Refuse known-only figures that cannot be; NaN, where nothing is known, is not wrong."""
    if np.isnan(summary.gene_diversity):
        return
    within("known-only gene diversity", summary.gene_diversity, 0, 1)
    within("known-only founder equivalents", summary.founder_equivalents, 1, summary.founders)
    within("known-only mean kinship", summary.mean_kinship, 0, 1)
    check_contributions(contribution)
