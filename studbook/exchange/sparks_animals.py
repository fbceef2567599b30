"""EXCHANGE.DBF: one row, one animal."""

import re
from collections.abc import Iterator
from typing import Final

from studbook.exchange.dbf import DbfTable
from studbook.exchange.records import ImportedAnimal, ImportedParent, ImportProblem, Sex
from studbook.exchange.sparks_cells import RowReader

# SPARKS numbers the sexes 1, 0, 5; other programs use the same digits for other sexes.
SEXES: Final[dict[int, Sex]] = {1: "M", 0: "F", 5: "U"}
SEVERAL: Final = re.compile(r"MULT\d*")


def read_animals(table: DbfTable, encoding: str, problems: list[ImportProblem]) -> tuple[ImportedAnimal, ...]:
    return tuple(_read_rows(table, encoding, problems))


def _read_rows(table: DbfTable, encoding: str, problems: list[ImportProblem]) -> Iterator[ImportedAnimal]:
    fields = {field.name: field for field in table.fields}
    for row in table.rows:
        reader = RowReader(table, fields, row, encoding, problems)
        reader.studbook_number = reader.text("STUD_ID") or None
        if takes_row(reader):
            yield _read_animal(reader)


def takes_row(reader: RowReader) -> bool:
    if reader.row.deleted:
        reader.report("STUD_ID", "X4", "refuse", "the row is marked as deleted in the file and was not taken in. "
                      "Restore it in SPARKS if it is wanted.")  # fmt: skip
        return False
    if reader.studbook_number is None:
        reader.report("STUD_ID", "A1", "refuse", "the row has no studbook number and was not taken in. "
                      "Give it its number in SPARKS.")  # fmt: skip
        return False
    return True


def _read_animal(reader: RowReader) -> ImportedAnimal:
    return ImportedAnimal(
        row=reader.row.number,
        studbook_number=reader.studbook_number or "",
        house_name=reader.text("COMMENT"),
        sex=_read_sex(reader),
        birth=reader.dated("BDATE", "BIRTH_EST"),
        death=reader.dated("DEATHDATE", "DEATH_EST"),
        birth_type="unknown",
        sire=_read_parent(reader, "SIRE_ID", "sire"),
        dam=_read_parent(reader, "DAM_ID", "dam"),
        entered=reader.dated("DATEIN", "IN_EST"),
        left=reader.dated("DATEOUT", "OUT_EST"),
        left_population=reader.flag("DEAD"),
        location_mnemonic=reader.text("LOCATION"),
        local_id=reader.local_id(),
        selected=reader.flag("SELECTED"),
    )


def _read_sex(reader: RowReader) -> Sex:
    number = reader.number("SEX")
    if number is not None and number in SEXES:
        return SEXES[int(number)]
    shown = "blank" if number is None else f"{number}"
    reader.report("SEX", "X2", "warn", f"SEX is {shown}, where SPARKS writes 1 (male), 0 (female) or 5 (unknown); it was read as "
                  "unknown. Enter the sex after the import.")  # fmt: skip
    return "U"


def _read_parent(reader: RowReader, name: str, role: str) -> ImportedParent:
    text = reader.parent(name)
    if text is None:
        return ImportedParent("unknown")
    word = text.upper()
    if word == "WILD":
        return ImportedParent("wild", text=text)
    if word in {"UNK", "UND"}:
        return ImportedParent("unknown", text=text)
    if SEVERAL.fullmatch(word):
        reader.report(name, "B15", "warn", f"it has several possible {role}s ({text}), which this pair of files does not name. "
                      "Enter them, with their probabilities, after the import.")  # fmt: skip
        return ImportedParent("several", text=text)
    if not text:
        reader.report(name, "B14", "warn", f"{name} is blank and was read as an unknown {role}. If the {role} was wild, say so "
                      "after the import: a wild parent counts as a founder.")  # fmt: skip
        return ImportedParent("unknown")
    return ImportedParent("known", text, text=text)
