"""The figures of a living population, each checked against what is mathematically possible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_self_kinship
from pedigree._masks import check_mask
from pedigree._summary_bounds import check_known, check_summary
from pedigree._tabular import Matrix
from pedigree.breeding import breeders
from pedigree.effective import effective_size_by_breeders
from pedigree.founders import founder_contributions, founder_equivalents, represented_founders
from pedigree.kinship import founder_genome_equivalents, kinship_matrix, mean_kinship, population_mean_kinship
from pedigree.known import known_gene_diversity, known_inbreeding, known_kinship
from pedigree.lineage import certain_fraction, founding, known_fraction
from pedigree.structure import Pedigree


@dataclass(frozen=True, slots=True)
class KnownSummary:
    """The figures within the known part of the genomes; NaN where nothing is known."""

    founders: int
    founder_equivalents: float
    mean_kinship: float
    gene_diversity: float
    founder_genome_equivalents: float
    mean_inbreeding: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a living population, unknown parents taken as founders, and the known-only ones."""

    animals: int
    living: int
    founders: int
    founder_equivalents: float
    mean_kinship: float
    gene_diversity: float
    founder_genome_equivalents: float
    mean_inbreeding: float
    known: float
    certain: float
    breeding_males: float
    breeding_females: float
    effective_size: float
    effective_ratio: float
    known_only: KnownSummary


def summarise(pedigree: Pedigree, living: NDArray[np.bool_], *, kinship: Matrix | None = None) -> Summary:
    """Return the genetic figures of a living population.

    Unknown parents count as founders in the main figures; `known_only` leaves unknown genes out.
    Mean inbreeding is taken over the living that are not founders: a founder has no F to measure. Breeders
    are the living that ever bred, so `pedigree` must hold all their offspring, the dead ones too.

    Parameters
    ----------
    pedigree :                          The pedigree.
    living : shape (n_animals,)         True for members of the population measured.
    kinship :                           Kinship of `pedigree.pruned_to_ancestors(living)`; computed if not given.

    Returns
    -------
    Every figure with full precision; NaN when nobody is living, mean inbreeding also when only founders are,
    the effective size when none of the living has bred.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.
    NumericalError
        A figure lies outside its mathematical bounds, so none is shown.

    Notes
    -----
    Time and memory grow with the square of the number of animals that are living or ancestors of them.

    References
    ----------
    R. C. Lacy (1995). Clarification of genetic terms and their use in the management of captive
    populations. Zoo Biology 14, 565-577.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> summary = summarise(pedigree, np.array([False, False, True]))
    >>> summary.founders, summary.mean_kinship, summary.founder_genome_equivalents
    (2, 0.5, 1.0)
    """
    check_mask("living", living, len(pedigree))
    pruned = pedigree.pruned_to_ancestors(living)
    measured = living[pedigree.with_ancestors(living)]
    kinship = kinship_matrix(pruned) if kinship is None else kinship
    contribution = founder_contributions(pruned, measured)
    summary = _summary(pedigree, living, pruned, measured, kinship, contribution)
    check_self_kinship(pruned, kinship)
    check_summary(summary, kinship, mean_kinship(kinship, measured), contribution)
    return summary


def _summary(
    pedigree: Pedigree,
    living: NDArray[np.bool_],
    pruned: Pedigree,
    measured: NDArray[np.bool_],
    kinship: Matrix,
    contribution: NDArray[np.float64],
) -> Summary:
    known, mean = known_fraction(pruned), population_mean_kinship(kinship, measured)
    bred = breeders(pedigree, living)
    effective_size = effective_size_by_breeders(bred.males, bred.females)
    return Summary(
        animals=len(pedigree),
        living=int(living.sum()),
        founders=represented_founders(contribution),
        founder_equivalents=founder_equivalents(contribution),
        mean_kinship=mean,
        gene_diversity=1 - mean,
        founder_genome_equivalents=founder_genome_equivalents(kinship, measured),
        mean_inbreeding=_mean(2 * kinship.diagonal()[measured & ~founding(pruned)] - 1),
        known=_mean(known[measured]),
        certain=_mean(certain_fraction(pruned)[measured]),
        breeding_males=bred.males,
        breeding_females=bred.females,
        effective_size=effective_size,
        effective_ratio=effective_size / int(living.sum()) if living.any() else float("nan"),
        known_only=_known_only(pruned, measured, known),
    )


def _known_only(pedigree: Pedigree, living: NDArray[np.bool_], known: NDArray[np.float64]) -> KnownSummary:
    kinship = known_kinship(pedigree, known)
    contribution = founder_contributions(pedigree, living, unknown_as_founders=False)
    diversity = known_gene_diversity(kinship, known, living)
    inbreeding = known_inbreeding(pedigree, known, kinship=kinship)[living & ~founding(pedigree)]
    summary = KnownSummary(
        founders=represented_founders(contribution),
        founder_equivalents=founder_equivalents(contribution),
        mean_kinship=1 - diversity,
        gene_diversity=diversity,
        founder_genome_equivalents=1 / (2 * (1 - diversity)),
        mean_inbreeding=_mean(inbreeding[~np.isnan(inbreeding)]),
    )
    check_known(summary, contribution)
    return summary


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else float("nan")
