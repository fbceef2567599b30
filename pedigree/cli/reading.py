"""From a CSV file to records, with the row and the field of whatever is wrong."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pedigree.checks import Interval
from pedigree.cli.cells import CellError, interval, parent, sex
from pedigree.errors import PedigreeError
from pedigree.structure import Record

DATES: Final = ("birth_date", "death_date", "entry_date", "exit_date")
REQUIRED: Final = ("id", "sire", "dam")
MISSING_CODES: Final = frozenset({"0", "NA", "UNK", "UND", "MULT", "WILD"})


class FileError(PedigreeError):
    """The file's text cannot be read as a pedigree."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's animals in its own order, with the line each stands in."""

    records: tuple[Record, ...]
    lines: Mapping[str, int]
    birth: Mapping[str, Interval]
    death: Mapping[str, Interval]
    entry: Mapping[str, Interval]
    exit: Mapping[str, Interval]
    columns: tuple[str, ...]

    @property
    def living(self) -> tuple[str, ...]:
        """The ids without a death date, in the file's order."""
        return tuple(record.id for record in self.records if record.id not in self.death)


def read_text(path: Path) -> str:
    """Return a file's text, a byte order mark left out."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            f"{path.name} is not UTF-8 text (byte {error.start}). Save it as CSV in UTF-8."
        ) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise FileError(f"Row {line} of {path.name} holds a NUL, which is no text. Take it out.")
    return text


def read_sheet(path: Path) -> Sheet:
    """Return the animals of a CSV file, or refuse it with the row and the field."""
    rows = csv_rows(path)
    _, header = next(rows, (0, []))
    columns = _columns(path, header)
    table = [(line, _by_column(line, columns, cells)) for line, cells in rows]
    ids = {cells["id"] for _, cells in table}
    records: list[Record] = []
    lines: dict[str, int] = {}
    dates: dict[str, dict[str, Interval]] = {field: {} for field in DATES}
    for line, cells in table:
        record = _record(line, cells, ids)
        records.append(record)
        lines.setdefault(record.id, line)
        for field, found in dates.items():
            if value := cells.get(field, ""):
                found[record.id] = _interval(line, field, value)
    birth, death, entry, left = (dates[field] for field in DATES)
    return Sheet(tuple(records), lines, birth, death, entry, left, columns)


def csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file that are not empty, each with its line; refuse what is not CSV."""
    # The reader's line number counts line ends inside quotes too, as an editor does.
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise FileError(f"Row {reader.line_num} of {path.name} is not CSV: {error}.") from None


def _columns(path: Path, header: list[str]) -> tuple[str, ...]:
    columns = tuple(name.lower() for name in header)
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        hint = " The columns must be separated by commas." if len(header) == 1 else ""
        raise FileError(
            f"The header of {path.name} lacks {', '.join(missing)}. It must name id, sire and dam.{hint}"
        )
    refuse_twice(path, columns)
    return columns


def refuse_twice(path: Path, columns: Sequence[str]) -> None:
    """Refuse a header that names a column more than once."""
    twice = sorted(name for name, count in Counter(columns).items() if name and count > 1)
    if twice:
        raise FileError(
            f"The header of {path.name} names {', '.join(twice)} twice. Keep one column of each name."
        )


def _by_column(line: int, columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(columns):
        raise FileError(
            f"Row {line} has {len(cells)} cells, but the header has {len(columns)}. "
            "Put a cell that holds a comma in quotation marks, and leave empty cells in place."
        )
    return dict(zip(columns, cells, strict=True))


def _record(line: int, cells: Mapping[str, str], ids: set[str]) -> Record:
    animal = cells["id"]
    if not animal:
        raise FileError(f"Row {line} has no id. Give every animal an id.")
    if animal in MISSING_CODES:
        raise FileError(
            f"Row {line} has the id {animal}, which stands for a missing parent. Give the animal another id."
        )
    field = "sire"
    try:
        sire = parent(cells[field], ids)
        field = "dam"
        dam = parent(cells[field], ids)
        field = "sex"
        alike = cells.get("twin_of") or None, cells.get("litter") or None
        return Record(animal, sire, dam, sex(cells.get(field, "")), *alike)
    except CellError as error:
        raise FileError(f"Row {line} (animal {animal}), field {field}: {error}") from None


def _interval(line: int, field: str, value: str) -> Interval:
    try:
        return interval(value)
    except CellError as error:
        raise FileError(f"Row {line}, field {field}: {error}") from None


def placed_error(error: PedigreeError, sheet: Sheet) -> str:
    """Return an error's sentence with the row and the field it comes from, where it has them."""
    animal, role = getattr(error, "animal", None), getattr(error, "role", None)
    if not isinstance(animal, str) or animal not in sheet.lines:
        return str(error)
    field = f", field {role}" if role else ""
    return f"Row {sheet.lines[animal]}{field}: {error}"


def read_set(path: Path, sheet: Sheet) -> tuple[str, ...]:
    """Return the ids a set file names, one a line, or refuse one that is not in the pedigree or named twice."""
    chosen: dict[str, None] = {}
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        animal = line.strip()
        if animal and animal not in sheet.lines:
            raise FileError(
                f"Line {number} of {path.name} names {animal}, which has no row. Correct it or take it out."
            )
        if animal in chosen:
            raise FileError(
                f"Line {number} of {path.name} names {animal} a second time. Name each animal once."
            )
        if animal:
            chosen[animal] = None
    return tuple(record.id for record in sheet.records if record.id in chosen)
