"""The filtered list as a file: every animal, the dead included, in the columns chosen or in all."""

from collections.abc import Iterator
from datetime import date

from studbook.animals.columns import ANIMAL_COLUMNS
from studbook.animals.latest import with_parts
from studbook.animals.models import AnimalQuerySet
from studbook.animals.queries import AnimalRow, rows_of, with_row_parts
from studbook.core.downloads import Table
from studbook.core.lists import Chosen

CHUNK = 2000
COLUMNS = tuple(column.key for column in ANIMAL_COLUMNS.every)


def table_of(animals: AnimalQuerySet, on: date, columns: Chosen[AnimalRow] | None = None) -> Table:
    """Return the table of the animals; a few queries for each two thousand of them, read as it is written."""
    chosen = columns or ANIMAL_COLUMNS.exported([])
    return chosen.table(_rows(with_parts(with_row_parts(animals), chosen.needs), on))


def _rows(animals: AnimalQuerySet, on: date) -> Iterator[AnimalRow]:
    for animal in animals.iterator(chunk_size=CHUNK):
        yield from rows_of([animal], on)
