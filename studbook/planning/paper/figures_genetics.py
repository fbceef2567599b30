"""The figures of genetics in the printed plan: Table 2, the founders, the lists by mean kinship, who is left out."""

from typing import Any

import numpy as np

from pedigree.summary import Summary
from studbook.animals.models import Animal
from studbook.core.census import Census
from studbook.planning.paper.plain import Plain, columns_of
from studbook.planning.paper.remade import Remade
from studbook.population.census import counted
from studbook.population.genetics.founders import FounderRow, founders_of
from studbook.population.genetics.means import offspring_counts
from studbook.population.genetics.uniqueness import uniqueness_of

SUMMARY = (
    "living", "founders", "founder_equivalents", "mean_kinship", "gene_diversity", "founder_genome_equivalents",
    "mean_inbreeding", "known", "certain", "breeding_males", "breeding_females", "effective_size", "effective_ratio",
)  # fmt: skip
KNOWN_ONLY = (
    "founders", "founder_equivalents", "mean_kinship", "gene_diversity", "founder_genome_equivalents", "mean_inbreeding",
)  # fmt: skip
FOUNDER = (
    "number", "role", "label", "sex", "origin", "living", "descendants", "contribution", "representation", "target",
    "retention", "lost",
)  # fmt: skip
SEXES = tuple(Animal.Sex)


def genetics_figures(book: Remade, goals: dict[str, Any], told: Plain) -> dict[str, Any]:
    """Return the figures of the living; `current` is None when nobody lives."""
    summary, recorded = book.analysis.summary, book.recorded
    return {
        "recorded_living": book.recorded_living,
        "census": {"recorded": _recorded_census(book, told), "measured": _measured_census(book)},
        "current": _current(summary) if summary else None,
        "known_before": recorded.known if recorded else None,
        "certain_before": recorded.certain if recorded else None,
        "recorded": columns_of(recorded, *SUMMARY) if recorded else None,
        "potential": _potential(book),
        "projected": goals["projected"],
        "founders": _founders(book),
        "means": {sex: _means(book, sex) for sex in SEXES if book.analysis.living_of_sex(sex).any()},
        "excluded": _excluded(book, told),
    }


def _recorded_census(book: Remade, told: Plain) -> dict[str, Any]:
    census = counted(book.told[number]["sex"] for number in told["living"])
    return columns_of(census, "male", "female", "unknown", "total")


def _measured_census(book: Remade) -> dict[str, Any]:
    counts = Census(*(int(book.analysis.living_of_sex(sex).sum()) for sex in ("M", "F", "U")))
    return columns_of(counts, "male", "female", "unknown", "total")


def _current(summary: Summary) -> dict[str, Any]:
    return columns_of(summary, *SUMMARY) | {"known_only": columns_of(summary.known_only, *KNOWN_ONLY)}


def _potential(book: Remade) -> dict[str, Any] | None:
    """Return what the living could hold at most; None where no genes can be dropped."""
    totals = book.figures.totals
    if totals is None or book.figures.drop is None:
        return None
    diversity = totals.retained.potential_gene_diversity
    kinship = 1 - diversity
    return {
        "gene_diversity": diversity,
        "mean_kinship": kinship,
        "founder_genome_equivalents": 1 / (2 * kinship) if kinship > 0 else None,
        "surviving": totals.retained.founder_genomes_surviving,
    }


def _founders(book: Remade) -> dict[str, Any]:
    found = founders_of(book.figures, book.animals, known_only=False)
    return {
        "rows": [_founder(row) for row in found.rows],
        "dead_lines": [row.label for row in found.dead_lines],
        "equivalents": found.equivalents,
        "surviving": found.surviving,
        "reason": found.reason,
        "drops": found.drops,
        "seed": found.seed,
    }


def _founder(row: FounderRow) -> dict[str, Any]:
    return columns_of(row, *FOUNDER) | {"name": row.animal.house_name if row.animal else ""}


def _means(book: Remade, sex: str) -> list[dict[str, Any]]:
    analysis, offspring = book.analysis, offspring_counts(book.analysis)
    rows = np.flatnonzero(analysis.living_of_sex(sex))
    order = sorted(rows.tolist(), key=lambda row: (analysis.mean_kinships[row], row))
    return [_mean(book, row, offspring) for row in order]


def _mean(book: Remade, among: int, offspring: Any) -> dict[str, Any]:
    analysis, figures = book.analysis, book.figures
    number = analysis.population.ids[among]
    row, told = analysis.pedigree.row(number), book.told.get(number, {})
    return {
        "number": number,
        "name": told.get("house_name", ""),
        "rank": analysis.rank[among],
        "mean_kinship": analysis.mean_kinships[among],
        "inbreeding": analysis.inbreeding[row],
        "known": analysis.known[row],
        "uniqueness": uniqueness_of(figures.drop, row).value,
        "age": told.get("age"),
        "holder": told.get("holder"),
        "offspring": offspring[row],
    }


def _excluded(book: Remade, told: Plain) -> list[dict[str, Any]]:
    assumed = told["assumed"]
    if assumed is None:
        return []
    reasons = {
        each["animal"]: each["reason"] for each in assumed["differences"] if each["field"] == "excluded"
    }
    living = set(told["living"])
    return [
        {
            "number": number,
            "name": book.told[number]["house_name"],
            "sex": book.told[number]["sex"],
            "age": book.told[number].get("age"),
            "holder": book.told[number].get("holder"),
            "reason": reason,
        }
        for number, reason in reasons.items()
        if number in living
    ]
