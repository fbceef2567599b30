"""MOVES.DBF: one row, one event; and who is where after the last of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from studbook.exchange.dbf import DbfTable
from studbook.exchange.records import (
    Direction,
    EventKind,
    ImportedEvent,
    ImportProblem,
    events_by_animal,
)
from studbook.exchange.sparks_animals import takes_row
from studbook.exchange.sparks_cells import RowReader

CODES: Final[dict[str, tuple[EventKind, Direction]]] = {
    "AA": ("birth", "in"),
    "AB": ("capture", "in"),
    "AS": ("transfer", "in"),
    "BA": ("death", "out"),
    "BI": ("release", "out"),
}
FIRST_LETTERS: Final[dict[str, Direction]] = {"A": "in", "B": "out"}

EventsByAnimal = Mapping[str, list[ImportedEvent]]


def read_events(
    table: DbfTable, encoding: str, known: Collection[str], problems: list[ImportProblem]
) -> tuple[ImportedEvent, ...]:
    """Events in the order of the file."""
    events = list(_read_rows(table, encoding, known, problems))
    returning = {event.row for mine in events_by_animal(events).values() for event in _returns(mine)}
    return tuple(replace(event, is_return=True) if event.row in returning else event for event in events)


def last_stay(events: Iterable[ImportedEvent], *, until: date | None) -> ImportedEvent | None:
    """Find the last event up to a day that says whether the animal is in or out."""
    last = None
    for event in events:
        day = event.date.best if event.date else None
        if event.direction != "none" and not (until and day and day > until):
            last = event
    return last


def _returns(events: list[ImportedEvent]) -> Iterator[ImportedEvent]:
    outside = False
    for event in events:
        if outside and event.direction == "in":
            yield event
        if event.direction != "none":
            outside = event.kind == "release"


def _read_rows(
    table: DbfTable, encoding: str, known: Collection[str], problems: list[ImportProblem]
) -> Iterator[ImportedEvent]:
    fields = {field.name: field for field in table.fields}
    for row in table.rows:
        reader = RowReader(table, fields, row, encoding, problems)
        reader.studbook_number = reader.text("STUD_ID") or None
        if takes_row(reader) and _has_animal(reader, known):
            yield _read_event(reader)


def _has_animal(reader: RowReader, known: Collection[str]) -> bool:
    if reader.studbook_number in known:
        return True
    reader.report("STUD_ID", "X5", "refuse", "no animal of this number is in EXCHANGE.DBF, so the event was not taken in. "
                  "Export both files again, together.")  # fmt: skip
    return False


def _read_event(reader: RowReader) -> ImportedEvent:
    code = reader.text("TRAN_CODE")
    kind, direction = _read_code(reader, code)
    day = reader.dated("TRAN_DATE", "TDATE_EST")
    if day is None:
        reader.report(
            "TRAN_DATE",
            "X1",
            "warn",
            f"the event {code} has no date that can be read. Enter it after the import.",
        )
    return ImportedEvent(
        row=reader.row.number,
        studbook_number=reader.studbook_number or "",
        kind=kind,
        raw_code=code,
        date=day,
        location_mnemonic=reader.text("LOCATION"),
        local_id=reader.local_id(),
        physical=reader.flag("PHYSICAL"),
        ownership=reader.flag("OWNER"),
        direction=direction,
    )


def _read_code(reader: RowReader, code: str) -> tuple[EventKind, Direction]:
    if code.upper() in CODES:
        return CODES[code.upper()]
    direction = FIRST_LETTERS.get(code[:1].upper(), "none")
    meaning = {"in": "an arrival", "out": "a departure", "none": "neither arrival nor departure"}[direction]
    reader.report("TRAN_CODE", "X2", "warn", f"the event code {code!r} is not known and was read as {meaning}. "
                  "Say what it was after the import.")  # fmt: skip
    return "other", direction
