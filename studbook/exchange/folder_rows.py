"""One CSV file of the folder format: its rows by column, and what is wrong with a cell."""

import csv
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path

from studbook.core.dates import DateInterval, DateTextError
from studbook.exchange.records import ImportedDate, ImportProblem

MAXIMUM_BYTES = 200 * 1024**2


@dataclass(frozen=True, slots=True)
class Row:
    """A data row; the first one after the header is row 1. Every `problem` forbids the whole import."""

    file: str
    number: int
    cells: dict[str, str]
    report: Callable[[ImportProblem], None]

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def required(self, column: str) -> str:
        if not self.text(column):
            self.problem(column, "A1", "is empty. Fill it in.")
        return self.text(column)

    def choice(self, column: str, choices: Collection[str], *, default: str = "") -> str:
        text = self.text(column) or default
        if text not in choices:
            known = ", ".join(f"“{choice}”" for choice in choices if choice)
            self.problem(column, "C16", f"is “{text}”. Write one of {known}.")
        return text

    def date(self, column: str) -> ImportedDate | None:
        text = self.text(column)
        if not text:
            return None
        try:
            read = DateInterval.parse(text)
        except DateTextError as error:
            self.problem(column, "C3", f"cannot be taken in. {error}")
            return None
        return ImportedDate(read.earliest, read.latest, str(read), read.earliest if read.is_exact else None)

    def number_in(self, column: str, low: float, high: float) -> float | None:
        text = self.text(column)
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_nan() or not low <= number <= high:
            self.problem(column, "X9", f"is “{text}”. Write a number from {low:g} to {high:g}.")
            return None
        return float(number)

    def problem(self, column: str, code: str, fact: str) -> None:
        animal = self.text("studbook_number")
        whose = f" of animal {animal}" if animal else ""
        sentence = f"{column}{whose} ({self.file} row {self.number}) {fact}"
        self.report(ImportProblem(self.file, self.number, column, animal or None, code, "refuse", sentence))


class UnreadableFileError(ValueError):
    """A file of the folder cannot be read as a table; the message is the sentence to show."""


def read_text(path: Path) -> str:
    """Return the text of a file; UTF-8, with or without the mark that spreadsheets write before it."""
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            raise UnreadableFileError(
                f"{path.name} is larger than {MAXIMUM_BYTES // 1024**2} MB, which no studbook is."
            )
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnreadableFileError(
            f"{path.name} cannot be read: {error.strerror}. Check the name and its rights."
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{path.name} is not UTF-8 text (byte {error.start}). Save it as CSV UTF-8."
        ) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableFileError(
            f"{path.name} has a NUL in line {line}, which no text can hold. Take it out."
        )
    return text


def read_rows(path: Path, columns: tuple[str, ...], report: Callable[[ImportProblem], None]) -> list[Row]:
    """Return the rows of a CSV file that has these columns in any order and no others."""
    try:
        return list(
            _rows(path.name, csv.reader(StringIO(read_text(path), newline=""), strict=True), columns, report)
        )
    except csv.Error as error:
        raise UnreadableFileError(f"{path.name} is not a CSV file: {error}.") from error


def _rows(
    file: str, lines: "Iterator[list[str]]", columns: tuple[str, ...], report: Callable[[ImportProblem], None]
) -> Iterator[Row]:
    header = [name.strip() for name in next(lines, [])]
    if sorted(header) != sorted(columns):
        raise UnreadableFileError(
            f"{file} has the columns {', '.join(header) or 'of an empty file'}. It needs {', '.join(columns)}."
        )
    for number, cells in enumerate((cells for cells in lines if cells), 1):
        row = Row(file, number, dict(zip(header, cells, strict=False)), report)
        if len(cells) != len(header):
            row.problem(
                "the row", "X9", f"has {len(cells)} cells, the header has {len(header)}. Correct the commas."
            )
        yield row
