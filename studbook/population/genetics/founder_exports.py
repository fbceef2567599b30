"""The founders as a file: every one, dead lines too, numbers in full."""

from collections.abc import Iterable

from studbook.core.downloads import Cell, Table, neutral
from studbook.population.genetics.founders import FounderRow

COLUMNS = (
    "founder",
    "studbook_number",
    "role",
    "house_name",
    "sex",
    "origin",
    "living",
    "living_descendants",
    "contribution",
    "target",
    "difference",
    "representation",
    "retention",
    "retention_error",
    "lost",
    "lost_error",
)


def founder_table(rows: Iterable[FounderRow]) -> Table:
    """Return the founders as a table; empty where a gene drop has no answer."""
    return Table(COLUMNS, (_line(row) for row in rows))


def _line(row: FounderRow) -> list[Cell]:
    name = row.animal.house_name if row.animal and row.role == "self" else ""
    words = [row.label, row.number, row.role, name, row.sex, row.origin, "yes" if row.living else "no"]
    numbers = [row.contribution, row.target, row.difference, row.representation]
    told = [row.retention, row.retention_error, row.lost, row.lost_error]
    return [*(neutral(word) for word in words), row.descendants, *numbers, *told]
