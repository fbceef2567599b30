"""The filtered list as a file: every animal, every column, nothing a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from itertools import chain

from django.db.models import Prefetch
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from studbook.animals.models import Animal, AnimalQuerySet, Identifier, Ownership, ParentKind
from studbook.animals.queries import AnimalRow, Parent, rows_of, with_row_parts

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 2000
COLUMNS = (
    "studbook_number",
    "house_name",
    "sex",
    "birth",
    "birth_earliest",
    "birth_latest",
    "birth_type",
    "rearing",
    "age_years",
    "status",
    "death",
    "death_earliest",
    "death_latest",
    "sire",
    "dam",
    "holder",
    "holder_name",
    "held_since",
    "held_until",
    "local_id",
    "owner",
    "owner_name",
    "transponders",
    "gan",
    "note",
)
Cell = str | float | None
Line = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its lines, ready for any kind of file."""

    columns: tuple[str, ...]
    lines: Iterable[Line]


def table_of(animals: AnimalQuerySet, on: date) -> Table:
    """Return the table of the animals; four queries for each two thousand of them, read as it is written."""
    others = [
        Prefetch("ownerships", Ownership.objects.filter(end__isnull=True).select_related("institution")),
        Prefetch("identifiers", Identifier.objects.filter(active=True)),
    ]
    fetched = with_row_parts(animals).prefetch_related(*others).iterator(chunk_size=CHUNK)
    return Table(COLUMNS, _lines(fetched, on))


def csv_of(table: Table) -> Iterator[str]:
    """Write the table as CSV, line by line."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    for line in chain([table.columns], table.lines):
        writer.writerow(line)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def xlsx_of(table: Table) -> bytes:
    """Write the table as a workbook of one sheet; dates and numbers of animals stay text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("animals")
    sheet.freeze_panes = "B2"
    sheet.append(table.columns)
    for line in table.lines:
        sheet.append([_printable(cell) for cell in line])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def neutral(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _printable(cell: Cell) -> Cell:
    # A workbook cannot hold control characters; the CSV keeps them.
    return ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell


def _lines(animals: Iterable[Animal], on: date) -> Iterator[Line]:
    for row in (each for animal in animals for each in rows_of([animal], on)):
        yield [
            neutral(cell) for cell in (*_identity(row), *_parents(row), *_places(row), *_numbers(row.animal))
        ]


def _identity(row: AnimalRow) -> list[Cell]:
    animal = row.animal
    return [
        animal.studbook_number,
        animal.house_name,
        animal.sex,
        str(animal.birth or ""),
        _iso(animal.birth_earliest),
        _iso(animal.birth_latest),
        animal.birth_type,
        animal.rearing,
        None if row.age is None else round(row.age, 2),
        animal.status,
        str(animal.death or ""),
        _iso(animal.death_earliest),
        _iso(animal.death_latest),
    ]


def _parents(row: AnimalRow) -> list[Cell]:
    return [parent_in_words(row.sire), parent_in_words(row.dam)]


def parent_in_words(parent: Parent) -> str:
    """Return a parent as files write it: a number, WILD, UNK, or each possible one with its probability."""
    if parent.animal:
        return parent.animal.studbook_number
    if parent.kind == ParentKind.SEVERAL:
        return ";".join(
            f"{each.parent.studbook_number}:{each.probability.normalize():f}" for each in parent.candidates
        )
    return {ParentKind.WILD: "WILD", ParentKind.UNKNOWN: "UNK"}[ParentKind(parent.kind)]


def _places(row: AnimalRow) -> list[Cell]:
    stay = row.stay
    held: list[Cell] = ["", "", "", "", ""]
    if stay:
        holder = stay.institution
        held = [holder.mnemonic, holder.name, _iso(stay.start), _iso(stay.end), stay.local_id]
    owner = next((each.institution for each in row.animal.ownerships.all()), None)
    return [*held, owner.mnemonic if owner else "", owner.name if owner else ""]


def _numbers(animal: Animal) -> list[Cell]:
    kinds = (Identifier.Kind.TRANSPONDER, Identifier.Kind.GAN)
    values = [
        "; ".join(each.value for each in animal.identifiers.all() if each.kind == kind) for kind in kinds
    ]
    return [*values, animal.note]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
