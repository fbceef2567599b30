"""From numbers to CSV and JSON, at full precision."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

Cell = str | int | float


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as CSV; a number that is not defined is an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: Cell) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value)
    return str(value)


def json_text(value: Any) -> str:
    """Return a value as JSON; a number that is not defined is null."""
    return json.dumps(_plain(value), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    # Only as deep as what a command hands over: rows in a list, columns in a row.
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def table_text(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, as_json: bool) -> str:
    """Return a table as CSV, or as a JSON list of objects."""
    if as_json:
        return json_text([dict(zip(header, row, strict=True)) for row in rows])
    return csv_text(header, rows)
