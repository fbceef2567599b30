"""The figures of a whole population beyond its summary: what the gene drop, the values and the breeders give."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree.ancestry import effective_ancestors
from pedigree.breeding import GenerationIntervals, generation_intervals
from pedigree.depth import equivalent_generations
from pedigree.effective import (
    EffectiveSize,
    effective_size_by_coancestry,
    effective_size_by_inbreeding,
    effective_size_by_rate,
)
from pedigree.founders import FounderTable
from pedigree.genedrop import GeneDrop
from pedigree.retention import (
    founder_genome_equivalents_1989,
    founder_genomes_surviving,
    potential_gene_diversity,
)
from pedigree.values import gene_value
from studbook.population.analysis import Analysis

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Retained:
    """What the founders' genes retained allow, under one convention about unknown parents; NaN where undefined."""

    founder_genomes_surviving: float
    surviving_error: float
    potential_gene_diversity: float
    founder_genome_equivalents_1989: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures of the living population that its summary does not hold; NaN is no answer. Intervals are in years, `equivalents` a mean."""

    retained: Retained
    known_retained: Retained
    gene_value: float
    effective_ancestors: float
    equivalents: float
    by_inbreeding: EffectiveSize
    by_coancestry: EffectiveSize
    by_rate: EffectiveSize
    intervals: GenerationIntervals


UNDROPPED = Retained(float("nan"), float("nan"), float("nan"), float("nan"))


def retained(founders: FounderTable, drop: GeneDrop | None) -> Retained:
    """Return the figures of one drop, none without it; `founders` are those it followed."""
    if drop is None:
        return UNDROPPED
    return Retained(
        founder_genomes_surviving(drop.retention),
        drop.surviving_error,
        potential_gene_diversity(drop.retention),
        founder_genome_equivalents_1989(founders.contribution, drop.retention),
    )


def totals_of(analysis: Analysis, drops: tuple[Retained, Retained], value: Floats, births: Floats) -> Totals:
    """Return the figures; `drops` with unknown parents as founders and with known genes only."""
    pedigree, population, measured = analysis.pedigree, analysis.population, analysis.measured
    equivalents = equivalent_generations(population)
    intervals = generation_intervals(pedigree, births)
    inbreeding = 2 * analysis.kinship.diagonal() - 1
    return Totals(
        *drops,
        gene_value=gene_value(analysis.kinship, measured, value),
        effective_ancestors=effective_ancestors(pedigree, analysis.living).number,
        equivalents=float(equivalents[measured].mean()),
        by_inbreeding=effective_size_by_inbreeding(inbreeding, equivalents, measured),
        by_coancestry=effective_size_by_coancestry(analysis.kinship, equivalents, measured),
        by_rate=effective_size_by_rate(analysis.inbreeding, births, interval=intervals.everyone.mean),
        intervals=intervals,
    )
