"""From a CSV file to the kinships of founders."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Final

from pedigree.cli.reading import FileError, Sheet, read_text

FounderKinships = dict[tuple[str, str], float]

_NUMBER: Final = re.compile(r"[0-9]*\.?[0-9]+(?:[eE]-?[0-9]{1,3})?")
FORM: Final = (
    "Write a square matrix as the command kinship does: id,A,B on the first row, then a row for each."
)


def read_founder_kinship(path: Path, sheet: Sheet) -> FounderKinships:
    """Return the kinships of a square CSV matrix, empty cells left out, or refuse it with the row and the column."""
    try:
        rows = [row for row in csv.reader(io.StringIO(read_text(path), newline=""), strict=True) if row]
    except csv.Error as error:
        raise FileError(f"{path.name} is not CSV: {error}.") from None
    header, *body = [[cell.strip() for cell in row] for row in rows] or [[]]
    names = header[1:]
    _refuse_other_shapes(path, names, body, sheet)
    return {
        (row[0], name): _kinship(path, row[0], name, cell)
        for row in body
        for name, cell in zip(names, row[1:], strict=True)
        if cell
    }


def _refuse_other_shapes(path: Path, names: list[str], body: list[list[str]], sheet: Sheet) -> None:
    if not names or [row[0] for row in body] != names or any(len(row) != len(names) + 1 for row in body):
        raise FileError(f"{path.name} is no square matrix with the same ids above and at the left. {FORM}")
    if len(set(names)) < len(names):
        raise FileError(f"{path.name} names an animal twice. Name each founder once.")
    for name in names:
        if name not in sheet.lines:
            raise FileError(f"{path.name} names {name}, which has no row. Correct it or take it out.")


def _kinship(path: Path, one: str, other: str, cell: str) -> float:
    if not _NUMBER.fullmatch(cell):
        raise FileError(
            f"{path.name}, row {one}, column {other}: {cell!r} is no kinship. Write a number such as 0.125."
        )
    return float(cell)
