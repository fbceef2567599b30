"""Tables that a browser saves as a file: nothing in them that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from itertools import chain

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNREADABLE = "The filter of this export cannot be read. Set it again on the page it came from."
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Cell = str | float | None
Line = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its lines, ready for any kind of file."""

    columns: tuple[str, ...]
    lines: Iterable[Line]


def csv_of(table: Table) -> Iterator[str]:
    """Write the table as CSV, line by line."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    for line in chain([table.columns], table.lines):
        writer.writerow(line)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def xlsx_of(table: Table, sheet_name: str = "animals") -> bytes:
    """Write the table as a workbook of one sheet; dates and numbers of animals stay text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(sheet_name)
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


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def csv_download(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    """Return a CSV file that is sent while it is written; `name` is without its ending."""
    return StreamingHttpResponse(
        lines, content_type="text/csv; charset=utf-8", headers=saved_as(f"{name}.csv")
    )


def xlsx_download(table: Table, name: str, sheet_name: str) -> HttpResponse:
    """Return a workbook of one sheet; `name` is without its ending."""
    return HttpResponse(xlsx_of(table, sheet_name), content_type=XLSX, headers=saved_as(f"{name}.xlsx"))


def saved_as(file_name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{file_name}"'}


def pdf_shown(data: bytes, name: str) -> HttpResponse:
    """Return a PDF that the browser shows; `name`, under which it is saved, is without its ending."""
    disposition = f'inline; filename="{name}.pdf"'
    return HttpResponse(data, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _printable(cell: Cell) -> Cell:
    # A workbook cannot hold control characters; the CSV keeps them.
    return ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell
