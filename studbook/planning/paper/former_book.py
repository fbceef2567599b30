"""The figures of plans from before this book: the population on the day each began, by the records of today."""

from collections.abc import Iterable

from pedigree.history import HistoryRow
from studbook.planning.models import Plan
from studbook.planning.paper.plain import PlainDict, columns_of
from studbook.population.basis import Basis
from studbook.population.genetics.history import moments_on
from studbook.programmes.models import Programme

CURRENT = (
    "living",
    "founders",
    "mean_kinship",
    "gene_diversity",
    "founder_genome_equivalents",
    "mean_inbreeding",
    "effective_ratio",
    "known",
    "certain",
)


def headlines_by_book(programme: Programme, plans: Iterable[Plan]) -> dict[int, PlainDict]:
    """Return by key the headline of each plan, of which no more is told than the records of today say of its first day.

    Nobody is excluded and nothing assumed. A plan that began before anybody lived, or after the day the book is current to,
    has none. Three queries. Raises NoFiguresError as a history does.
    """
    days = {each.pk: each.starts_on for each in plans if each.starts_on <= programme.as_of}
    if not days:
        return {}
    rows = {row.on: row for row in moments_on(Basis(programme), sorted(set(days.values())))}
    return {key: _headline(rows[on]) for key, on in days.items() if rows[on].living}


def _headline(row: HistoryRow) -> PlainDict:
    census = {"male": row.males, "female": row.females, "unknown": row.unknown_sex, "total": row.living}
    current = columns_of(row, *CURRENT)
    return {
        "genetics": {
            "census": {"recorded": census},
            "current": current,
            "known_before": current["known"],
            "certain_before": current["certain"],
        }
    }
