"""The folder format: programme.json and four CSV files, this book's own words. See docs/formats/folder.md."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_args

from studbook.animals.models import Animal, Event, Identifier
from studbook.exchange.folder_programme import read_programme
from studbook.exchange.folder_rows import Row, UnreadableFileError, read_rows
from studbook.exchange.records import (
    ImportedAnimal,
    ImportedEvent,
    ImportedIdentifier,
    ImportedInstitution,
    ImportedParent,
    ImportedProgramme,
    ImportProblem,
    ImportRefused,
    ParentKind,
    ParsedStudbook,
    Tally,
    count_rows,
)
from studbook.institutions.models import Institution

INSTITUTIONS = "mnemonic name city country region kind latitude longitude note"
ANIMALS = "studbook_number house_name sex birth death birth_type rearing sire_kind sire dam_kind dam note"
EVENTS = "studbook_number kind date institution from local_id terms cause note"
IDENTIFIERS = "studbook_number kind value institution"


def read_folder(folder: Path) -> ParsedStudbook:
    """Read a whole folder; any cell that cannot be read refuses it, with every such cell listed."""
    problems: list[ImportProblem] = []
    try:
        programme, current_to = read_programme(folder / "programme.json")
        tables = {
            name: read_rows(folder / f"{name}.csv", tuple(columns.split()), problems.append)
            for name, columns in (
                ("animals", ANIMALS),
                ("events", EVENTS),
                ("institutions", INSTITUTIONS),
                ("identifiers", IDENTIFIERS),
            )
        }
    except UnreadableFileError as error:
        raise ImportRefused(str(error)) from error
    parsed = _parse(tables, programme, current_to, problems)
    if problems:
        raise ImportRefused(f"{folder.name} has {len(problems)} cells that cannot be taken in.", problems)
    return parsed


def _parse(
    tables: dict[str, list[Row]],
    programme: ImportedProgramme,
    current_to: date,
    problems: list[ImportProblem],
) -> ParsedStudbook:
    institutions = tuple(_institution(row) for row in tables["institutions"])
    animals = tuple(_animal(row) for row in tables["animals"])
    places, numbers = _once(tables["institutions"], "mnemonic"), {each.studbook_number for each in animals}
    events = tuple(_event(row, numbers, places) for row in tables["events"])
    identifiers = tuple(_identifier(row, numbers, places) for row in tables["identifiers"])
    return ParsedStudbook(
        animals=animals,
        events=events,
        problems=(),
        tallies=tuple(_tally(name, rows, problems) for name, rows in tables.items()),
        exported_on=current_to,
        identifiers=identifiers,
        institutions=institutions,
        programme=programme,
    )


def _tally(name: str, rows: list[Row], problems: list[ImportProblem]) -> Tally:
    return count_rows(f"{name}.csv", len(rows), problems)


def _once(rows: list[Row], column: str) -> set[str]:
    seen: set[str] = set()
    for row in rows:
        if row.text(column) in seen:
            row.problem(column, "A1", f"“{row.text(column)}” stands in an earlier row. Keep one of the two.")
        seen.add(row.text(column))
    return seen


def _animal(row: Row) -> ImportedAnimal:
    return ImportedAnimal(
        row=row.number,
        studbook_number=row.required("studbook_number"),
        house_name=row.text("house_name"),
        sex=row.choice("sex", Animal.Sex.values),  # type: ignore[arg-type]
        birth=row.date("birth"),
        death=row.date("death"),
        birth_type=row.choice("birth_type", Animal.BirthType.values),  # type: ignore[arg-type]
        sire=_parent(row, "sire"),
        dam=_parent(row, "dam"),
        rearing=row.choice("rearing", Animal.Rearing.values, default=Animal.Rearing.UNKNOWN),
        note=row.text("note"),
    )


def _parent(row: Row, role: str) -> ImportedParent:
    text = row.text(role)
    kind: Any = row.choice(f"{role}_kind", get_args(ParentKind))
    if kind == "several":
        return _several(row, role)
    if (kind == "known") != bool(text):
        row.problem(role, "B16", "is to be filled in where the parent is known, and only there.")
    return ImportedParent(kind, text or None, (), text)


def _several(row: Row, role: str) -> ImportedParent:
    text = row.text(role)
    pairs = [part.partition(":") for part in text.split(";") if part]
    try:
        shares = tuple(Decimal(share) for _, _, share in pairs)
    except InvalidOperation:
        shares = (Decimal("NaN"),)
    if not all(share.is_finite() for share in shares):
        row.problem(
            role, "B15", f"is “{text}”. Write each candidate and its probability, as in 123:0.5;130:0.5."
        )
        return ImportedParent("several", None, (), text)
    return ImportedParent("several", None, tuple(number.strip() for number, _, _ in pairs), text, shares)


def _event(row: Row, numbers: Collection[str], places: Collection[str]) -> ImportedEvent:
    return ImportedEvent(
        row=row.number,
        studbook_number=_animal_of(row, numbers),
        kind=row.choice("kind", Event.Kind.values),  # type: ignore[arg-type]
        raw_code="",
        date=row.date("date"),
        location_mnemonic=_place(row, "institution", places),
        local_id=row.text("local_id") or None,
        physical=None,
        ownership=None,
        from_mnemonic=_place(row, "from", places),
        terms=row.choice("terms", Event.Terms.values),
        cause=row.text("cause"),
        note=row.text("note"),
    )


def _identifier(row: Row, numbers: Collection[str], places: Collection[str]) -> ImportedIdentifier:
    return ImportedIdentifier(
        row=row.number,
        studbook_number=_animal_of(row, numbers),
        kind=row.choice("kind", Identifier.Kind.values),
        value=row.required("value"),
        institution_mnemonic=_place(row, "institution", places),
    )


def _institution(row: Row) -> ImportedInstitution:
    return ImportedInstitution(
        row=row.number,
        mnemonic=row.required("mnemonic"),
        name=row.required("name"),
        city=row.text("city"),
        country=row.text("country"),
        region=row.choice("region", Institution.Region.values),
        kind=row.choice("kind", Institution.Kind.values),
        latitude=row.number_in("latitude", -90, 90),
        longitude=row.number_in("longitude", -180, 180),
        note=row.text("note"),
    )


def _animal_of(row: Row, numbers: Collection[str]) -> str:
    number = row.required("studbook_number")
    if number and number not in numbers:
        row.problem(
            "studbook_number", "B16", f"“{number}” has no row in animals.csv. Add it, or correct the number."
        )
    return number


def _place(row: Row, column: str, places: Collection[str]) -> str:
    mnemonic = row.text(column)
    if mnemonic and mnemonic not in places:
        row.problem(
            column, "C6", f"“{mnemonic}” has no row in institutions.csv. Add it, or correct the mnemonic."
        )
    return mnemonic
