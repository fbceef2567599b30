"""The printed plan as a workbook: a sheet for each table, numbers in full."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from studbook.core.downloads import Cell as Written
from studbook.core.downloads import neutral
from studbook.planning.paper.blocks import Cell, Document, Row, Table

LONGEST_NAME = 31
GROUP = "Group"


def plan_xlsx(document: Document) -> bytes:
    """Return the workbook; its first sheet tells what plan it is."""
    workbook = Workbook(write_only=True)
    _fill(workbook, "Plan", _head(document))
    for name, tables in _sheets(document).items():
        _fill(workbook, name, _lines(tables))
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _sheets(document: Document) -> dict[str, list[Table]]:
    gathered: dict[str, list[Table]] = {}
    for table in document.tables():
        if table.sheet:
            gathered.setdefault(table.sheet[:LONGEST_NAME], []).append(table)
    return gathered


def _head(document: Document) -> Iterator[Sequence[Written]]:
    yield [document.title, document.excerpt]
    yield ["Status", f"{document.status}. {document.status_words}"]
    yield from ([label, words] for label, words in document.head)
    if document.synthetic:
        yield ["Data", document.synthetic]


def _lines(tables: list[Table]) -> Iterator[Sequence[Written]]:
    grouped = any(table.group for table in tables)
    yield [*([GROUP] if grouped else []), *(column.label for column in tables[0].columns)]
    for table in tables:
        for row in table.rows:
            yield [*([neutral(table.group)] if grouped else []), *_cells(row)]


def _cells(row: Row) -> Iterator[Written]:
    if row.is_mark:
        yield from (None, neutral(row.cells[0].words), None, row.cells[0].value)
        return
    yield from (_cell(cell) for cell in row.cells)


def _cell(cell: Cell) -> Written:
    return neutral(cell.words) if cell.value is None else cell.value


def _fill(workbook: Workbook, name: str, lines: Iterable[Sequence[Written]]) -> None:
    sheet = workbook.create_sheet(name)
    sheet.freeze_panes = "A2"
    for line in lines:
        sheet.append(
            [ILLEGAL_CHARACTERS_RE.sub("", each) if isinstance(each, str) else each for each in line]
        )
