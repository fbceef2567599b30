"""Reading the cells of one SPARKS row, with every cell that cannot be read put on the problem list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from studbook.exchange.dbf import DbfField, DbfRow, DbfTable
from studbook.exchange.dbf_cells import CellError, decode_date, decode_flag, decode_number, decode_text
from studbook.exchange.records import ImportedDate, ImportProblem, Level
from studbook.exchange.sparks_dates import EstimateError, read_estimate, widest_estimate

EXCHANGE: Final = "EXCHANGE.DBF"
MOVES: Final = "MOVES.DBF"
EXCHANGE_COLUMNS: Final = {
    "STUD_ID": "C", "DAM_ID": "C", "SIRE_ID": "C", "BDATE": "D", "BIRTH_EST": "C", "SEX": "N", "DATEIN": "D",
    "IN_EST": "C", "DATEOUT": "D", "OUT_EST": "C", "DEATHDATE": "D", "DEATH_EST": "C", "LOCATION": "C",
    "LOCAL_ID": "C", "SELECTED": "L", "DEAD": "L", "COMMENT": "C",
}  # fmt: skip
MOVES_COLUMNS: Final = {
    "STUD_ID": "C", "TRAN_CODE": "C", "PHYSICAL": "L", "OWNER": "L", "LOCATION": "C", "LOCAL_ID": "C",
    "TRAN_DATE": "D", "TDATE_EST": "C",
}  # fmt: skip
# Words seen to fill the local id where there is none.
LOCAL_ID_FILLERS: Final = frozenset({"NONE", "BLANK", "UNK", "NHXX"})

Value = TypeVar("Value", str, Decimal | None, date | None, bool | None)


@dataclass(slots=True)
class RowReader:
    """The problems found are added to `problems`, which the whole reading shares."""

    table: DbfTable
    fields: Mapping[str, DbfField]
    row: DbfRow
    encoding: str
    problems: list[ImportProblem]
    studbook_number: str | None = field(default=None)

    def report(self, name: str, code: str, level: Level, fact: str) -> None:
        who = f"Animal {self.studbook_number}" if self.studbook_number else "A row without a readable number"
        sentence = f"{who} ({self.table.name} row {self.row.number}): {fact}"
        self.problems.append(
            ImportProblem(self.table.name, self.row.number, name, self.studbook_number, code, level, sentence)
        )

    def text(self, name: str) -> str:
        return self._cell(name, self._decode_stripped, "")

    def parent(self, name: str) -> str | None:
        """Return None, having refused, when a parent cannot be read: to go on would change the pedigree."""
        try:
            return self._decode_stripped(self.fields[name].of(self.row.record))
        except CellError as error:
            self.report(
                name, "B16", "refuse", f"{name} {error}. Correct the parent in SPARKS and export again."
            )
            return None

    def number(self, name: str) -> Decimal | None:
        return self._cell(name, decode_number, None)

    def day(self, name: str) -> date | None:
        return self._cell(name, decode_date, None)

    def flag(self, name: str) -> bool | None:
        return self._cell(name, decode_flag, None)

    def dated(self, name: str, estimate_name: str) -> ImportedDate | None:
        day = self.day(name)
        estimate = self.text(estimate_name).upper()
        if day is None:
            return None
        try:
            return read_estimate(day, estimate)
        except EstimateError:
            self.report(estimate_name, "X1", "warn", f"{estimate_name} holds the unknown estimate {estimate!r}; {name} was "
                        "taken as uncertain by a year. Correct the date after the import.")  # fmt: skip
            return widest_estimate(day, estimate)

    def local_id(self) -> str | None:
        text = self.text("LOCAL_ID")
        if text.upper() not in LOCAL_ID_FILLERS and text.strip("_-?. "):
            return text
        if text:
            self.report(
                "LOCAL_ID", "X3", "note", f"the local id {text!r} is a filler and was read as no local id."
            )
        return None

    def _decode_stripped(self, raw: bytes) -> str:
        return decode_text(raw, self.encoding).strip()

    def _cell(self, name: str, decode: Callable[[bytes], Value], nothing: Value) -> Value:
        try:
            return decode(self.fields[name].of(self.row.record))
        except CellError as error:
            self.report(name, "X1", "warn", f"{name} {error}; the cell was left out. Correct it in SPARKS, or here "
                        "after the import.")  # fmt: skip
            return nothing


def missing_columns(table: DbfTable, columns: Mapping[str, str]) -> list[ImportProblem]:
    types = {field.name: field.type for field in table.fields}
    return [
        ImportProblem(
            table.name, None, name, None, "X8", "refuse", _say_column(table.name, name, kind, types.get(name))
        )
        for name, kind in columns.items()
        if not _fits(kind, types.get(name))
    ]


def _fits(wanted: str, found: str | None) -> bool:
    return found == wanted or (wanted, found) == ("N", "F")


def _say_column(file: str, name: str, wanted: str, found: str | None) -> str:
    if found is None:
        return f"{file} has no column {name}; choose the file that SPARKS or PM2000 exported."
    return f"{file}: column {name} is of type {found}, where SPARKS writes {wanted}; choose the file that SPARKS exported."
