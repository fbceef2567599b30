"""Population genetics and demography of studbooks: pure functions, without a database or the web."""

from pedigree import banking as _banking
from pedigree import demography as _demography
from pedigree import errors as _errors
from pedigree import planning as _planning
from pedigree import projection as _projection
from pedigree import release as _release
from pedigree._suitability_words import suitability_sentence
from pedigree.ancestral import ancestral_inbreeding, purging_coefficient
from pedigree.ancestraldrop import AncestralDrop, ancestral_inbreeding_by_drop
from pedigree.ancestry import EffectiveAncestors, effective_ancestors
from pedigree.assumptions import (
    AssumedParent,
    AssumedSex,
    Assumption,
    ExcludedAnimal,
    HypotheticalAnimal,
    IdenticalTwins,
    RelatedFounders,
)
from pedigree.banking import *  # noqa: F403 - its names are listed there
from pedigree.basket import Basket, Death, Exclusion, Import, Inclusion, Offspring, Step
from pedigree.breeding import (
    Breeders,
    GenerationInterval,
    GenerationIntervals,
    breeders,
    generation_intervals,
)
from pedigree.calibrating import Calibration, CalibrationBin, calibration
from pedigree.cases import Case, Cases, History, Prime
from pedigree.chance import ChanceModel, Effect, Estimate, Prior, expected_gain, fit_chance
from pedigree.checks import Facts, Interval, Problem, Species, find_problems
from pedigree.demography import *  # noqa: F403 - its names are listed there
from pedigree.depth import complete_generations, completeness, completeness_index, equivalent_generations
from pedigree.dynamic import Choice, dynamic_mean_kinship_list, next_pairs
from pedigree.effective import (
    EffectiveSize,
    effective_size_by_breeders,
    effective_size_by_coancestry,
    effective_size_by_inbreeding,
    effective_size_by_rate,
    realised_effective_size,
)
from pedigree.errors import *  # noqa: F403 - its names are listed there
from pedigree.founders import (
    FounderTable,
    founder_contributions,
    founder_equivalents,
    founder_representation,
    founder_table,
    represented_founders,
)
from pedigree.genedrop import GeneDrop, exact_gene_drop, gene_drop
from pedigree.goals import (
    GeneDiversityYears,
    gene_diversity_by_year,
    projected_gene_diversity,
    years_until_gene_diversity,
)
from pedigree.history import HistoryRow, genetic_history
from pedigree.inbreeding_coefficient import inbreeding
from pedigree.kinship import (
    founder_genome_equivalents,
    gene_diversity,
    kinship_matrix,
    mean_kinship,
    population_mean_kinship,
)
from pedigree.known import known_gene_diversity, known_inbreeding, known_kinship, known_mean_kinship
from pedigree.lineage import (
    ancestors,
    certain_fraction,
    descendants,
    founding,
    generations,
    known_fraction,
    parent_known,
    pedigree_graph,
)
from pedigree.lineages import lineage_share
from pedigree.logistic import LogisticFit, penalised_logistic
from pedigree.mating import Pair, PairTable, WhatIf, rank_pairs, what_if_offspring
from pedigree.overlay import Difference, Overlaid, Overlay, with_overlays
from pedigree.partial import PartialInbreeding, partial_inbreeding
from pedigree.paths import (
    AncestorShare,
    InbreedingPaths,
    Path,
    common_ancestors,
    inbreeding_paths,
    own_inbreeding_paths,
)
from pedigree.planning import *  # noqa: F403 - its names are listed there
from pedigree.projection import *  # noqa: F403 - its names are listed there
from pedigree.relationship import GrowingKinship, kinship_among, mean_kinship_to
from pedigree.release import *  # noqa: F403 - its names are listed there
from pedigree.retention import (
    founder_genome_equivalents_1989,
    founder_genomes_surviving,
    potential_gene_diversity,
    target_contributions,
)
from pedigree.stake import CarriedGenes, GenesAtStake, carried_genes, genes_at_stake, genomes_carried
from pedigree.structure import (
    FEMALE,
    MALE,
    SEVERAL,
    UNKNOWN,
    UNKNOWN_SEX,
    WILD,
    Parent,
    Pedigree,
    Record,
    find_refusals,
)
from pedigree.suitability import PairSuitability, Suitability, Thresholds, mate_suitability
from pedigree.summary import KnownSummary, Summary, summarise
from pedigree.uniqueness import first_order_kin
from pedigree.values import gene_value, kinship_values
from pedigree.whatif import Figures, Newcomer, Population

__all__ = [
    "FEMALE",
    "MALE",
    "SEVERAL",
    "UNKNOWN",
    "UNKNOWN_SEX",
    "WILD",
    "AncestorShare",
    "AncestralDrop",
    "AssumedParent",
    "AssumedSex",
    "Assumption",
    "Basket",
    "Breeders",
    "Calibration",
    "CalibrationBin",
    "CarriedGenes",
    "Case",
    "Cases",
    "ChanceModel",
    "Choice",
    "Death",
    "Difference",
    "Effect",
    "EffectiveAncestors",
    "EffectiveSize",
    "Estimate",
    "ExcludedAnimal",
    "Exclusion",
    "Facts",
    "Figures",
    "FounderTable",
    "GeneDiversityYears",
    "GeneDrop",
    "GenerationInterval",
    "GenerationIntervals",
    "GenesAtStake",
    "GrowingKinship",
    "History",
    "HistoryRow",
    "HypotheticalAnimal",
    "IdenticalTwins",
    "Import",
    "InbreedingPaths",
    "Inclusion",
    "Interval",
    "KnownSummary",
    "LogisticFit",
    "Newcomer",
    "Offspring",
    "Overlaid",
    "Overlay",
    "Pair",
    "PairSuitability",
    "PairTable",
    "Parent",
    "PartialInbreeding",
    "Path",
    "Pedigree",
    "Population",
    "Prime",
    "Prior",
    "Problem",
    "Record",
    "RelatedFounders",
    "Species",
    "Step",
    "Suitability",
    "Summary",
    "Thresholds",
    "WhatIf",
    "ancestors",
    "ancestral_inbreeding",
    "ancestral_inbreeding_by_drop",
    "breeders",
    "calibration",
    "carried_genes",
    "certain_fraction",
    "common_ancestors",
    "complete_generations",
    "completeness",
    "completeness_index",
    "descendants",
    "dynamic_mean_kinship_list",
    "effective_ancestors",
    "effective_size_by_breeders",
    "effective_size_by_coancestry",
    "effective_size_by_inbreeding",
    "effective_size_by_rate",
    "equivalent_generations",
    "exact_gene_drop",
    "expected_gain",
    "find_problems",
    "find_refusals",
    "first_order_kin",
    "fit_chance",
    "founder_contributions",
    "founder_equivalents",
    "founder_genome_equivalents",
    "founder_genome_equivalents_1989",
    "founder_genomes_surviving",
    "founder_representation",
    "founder_table",
    "founding",
    "gene_diversity",
    "gene_diversity_by_year",
    "gene_drop",
    "gene_value",
    "generation_intervals",
    "generations",
    "genes_at_stake",
    "genetic_history",
    "genomes_carried",
    "inbreeding",
    "inbreeding_paths",
    "kinship_among",
    "kinship_matrix",
    "kinship_values",
    "known_fraction",
    "known_gene_diversity",
    "known_inbreeding",
    "known_kinship",
    "known_mean_kinship",
    "lineage_share",
    "mate_suitability",
    "mean_kinship",
    "mean_kinship_to",
    "next_pairs",
    "own_inbreeding_paths",
    "parent_known",
    "partial_inbreeding",
    "pedigree_graph",
    "penalised_logistic",
    "population_mean_kinship",
    "potential_gene_diversity",
    "projected_gene_diversity",
    "purging_coefficient",
    "rank_pairs",
    "realised_effective_size",
    "represented_founders",
    "suitability_sentence",
    "summarise",
    "target_contributions",
    "what_if_offspring",
    "with_overlays",
    "years_until_gene_diversity",
]

__all__ += _banking.__all__
__all__ += _demography.__all__
__all__ += _errors.__all__
__all__ += _planning.__all__
__all__ += _projection.__all__
__all__ += _release.__all__
