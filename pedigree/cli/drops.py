"""The answers that come from dropping genes down the pedigree."""

from __future__ import annotations

from collections.abc import Iterator

from pedigree.cli.question import Question
from pedigree.cli.writing import json_text, table_text
from pedigree.founders import founder_representation, founder_table
from pedigree.genedrop import gene_drop
from pedigree.retention import (
    founder_genome_equivalents_1989,
    founder_genomes_surviving,
    potential_gene_diversity,
    target_contributions,
)

FOUNDER_COLUMNS = (
    "founder",
    "contribution",
    "target",
    "representation",
    "retention",
    "retention_error",
    "lost",
    "lost_error",
)
ANIMAL_COLUMNS = (
    "id",
    "uniqueness",
    "uniqueness_error",
    "uniqueness_descendants",
    "uniqueness_descendants_error",
)


def answer_founders(question: Question) -> tuple[str, int]:
    """Answer with each founder's contribution, its target, and what the gene drop says of its genes."""
    pedigree = question.pedigree()
    living, convention = pedigree.mask(question.measured), not question.known_only
    table = founder_table(pedigree, living, unknown_as_founders=convention)
    drop = gene_drop(
        pedigree, living, drops=question.drops, seed=question.seed, unknown_as_founders=convention
    )
    columns = (
        table.contribution,
        target_contributions(drop.retention),
        founder_representation(pedigree, living, unknown_as_founders=convention),
        drop.retention,
        drop.retention_error,
        drop.lost,
        drop.lost_error,
    )
    rows = zip(table.labels(pedigree), *(column.tolist() for column in columns), strict=True)
    return table_text(FOUNDER_COLUMNS, rows, as_json=question.as_json), 0


def answer_genedrop(question: Question) -> tuple[str, int]:
    """Answer with how unique the genes of each animal of the set are; as JSON with the figures of the set too."""
    pedigree = question.pedigree()
    living, convention = pedigree.mask(question.measured), not question.known_only
    drop = gene_drop(
        pedigree, living, drops=question.drops, seed=question.seed, unknown_as_founders=convention
    )
    rows = pedigree.rows(question.measured)
    columns = (
        drop.uniqueness,
        drop.uniqueness_error,
        drop.uniqueness_descendants,
        drop.uniqueness_descendants_error,
    )
    animals = zip(question.measured, *(column[rows].tolist() for column in columns), strict=True)
    if not question.as_json:
        return table_text(ANIMAL_COLUMNS, animals, as_json=False), 0
    contribution = founder_table(pedigree, living, unknown_as_founders=convention).contribution
    return json_text(
        {
            "drops": drop.drops,
            "seed": drop.seed,
            "founder_genomes_surviving": founder_genomes_surviving(drop.retention),
            "founder_genomes_surviving_error": drop.surviving_error,
            "potential_gene_diversity": potential_gene_diversity(drop.retention),
            "founder_genome_equivalents_1989": founder_genome_equivalents_1989(contribution, drop.retention),
            "animals": list(_named(animals)),
        }
    ), 0


def _named(animals: Iterator[tuple[str | float, ...]]) -> Iterator[dict[str, str | float]]:
    return (dict(zip(ANIMAL_COLUMNS, animal, strict=True)) for animal in animals)
