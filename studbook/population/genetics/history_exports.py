"""The history as a file: every row of the years asked for, numbers in full."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from math import isnan

from pedigree.history import HistoryRow
from studbook.core.downloads import Cell, Table, csv_of

COLUMNS = tuple(field.name for field in fields(HistoryRow))


def history_lines(rows: Iterable[HistoryRow]) -> Iterator[str]:
    """Write the rows as CSV, line by line; empty where a figure is not defined."""
    return csv_of(Table(COLUMNS, ([_cell(getattr(row, name)) for name in COLUMNS] for row in rows)))


def _cell(value: object) -> Cell:
    if isinstance(value, int | float):
        return None if isnan(value) else float(value) if isinstance(value, float) else value
    return str(value)
