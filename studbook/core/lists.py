"""The lists of the house: their columns, of which a person chooses and which the exports write.

A column is stated once, with its name in addresses and files, the head above it, its value, and how a page shows it.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from studbook.core.downloads import Cell, Table, neutral

Row = TypeVar("Row")
COLUMNS = "columns"
MOST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column. `shown` is the template of its cell, the value as text without one; `order` sorts the list by it.

    `needs` names what must be fetched for it beside the rows themselves.
    """

    key: str
    label: str
    value: Callable[[Row], Cell]
    shown: str = ""
    order: str = ""
    css: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownCell:
    column: Column[object]
    value: Cell


@dataclass(frozen=True, slots=True)
class ShownLine(Generic[Row]):
    """One line of a page: the row, the cell that heads it, the others."""

    row: Row
    head: ShownCell
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Row]):
    """The columns chosen of a list, in their order; `unknown` are words that name none."""

    shown: tuple[Column[Row], ...]
    every: tuple[Column[Row], ...]
    usual: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.key for each in self.shown)

    @property
    def words(self) -> str:
        """The columns as an address says them."""
        return ",".join(self.keys)

    @property
    def is_usual(self) -> bool:
        return self.keys == self.usual

    @property
    def rest(self) -> tuple[Column[Row], ...]:
        """The columns that are not shown."""
        return tuple(each for each in self.every if each.key not in self.keys)

    @property
    def needs(self) -> frozenset[str]:
        return frozenset(need for column in self.shown for need in column.needs)

    @property
    def notice(self) -> str:
        """Say which words name no column of this list, nothing where all do."""
        if not self.unknown:
            return ""
        return f"This list has no column {', '.join(self.unknown)}, so it is left out."

    def lines(self, rows: Iterable[Row]) -> list[ShownLine[Row]]:
        """Return the lines of a page."""
        return [self._line(row) for row in rows]

    def table(self, rows: Iterable[Row]) -> Table:
        """Return the table for a file, written while the rows are read."""
        return Table(self.keys, self._values(rows))

    def _values(self, rows: Iterable[Row]) -> Iterator[list[Cell]]:
        for row in rows:
            yield [neutral(column.value(row)) for column in self.shown]

    def _line(self, row: Row) -> ShownLine[Row]:
        cells = [ShownCell(column, column.value(row)) for column in self.shown]  # type: ignore[arg-type]
        return ShownLine(row, cells[0], tuple(cells[1:]))


@dataclass(frozen=True, slots=True)
class Columns(Generic[Row]):
    """All columns of a list; the first always heads its lines, `usual` are shown where nothing was chosen."""

    every: tuple[Column[Row], ...]
    usual: tuple[str, ...]

    def chosen(self, asked: Sequence[str]) -> Chosen[Row]:
        """Return the columns that a page shows; `asked` as an address gives them, separated by commas or repeated."""
        known = {each.key: each for each in self.every}
        words = _words(asked)
        found = [known[word] for word in words if word in known]
        unknown = tuple(word[:40] for word in words if word not in known)
        if not found:
            return Chosen(tuple(known[key] for key in self.usual), self.every, self.usual, unknown)
        return Chosen(_headed(self.every[0], found), self.every, self.usual, unknown)

    def exported(self, asked: Sequence[str]) -> Chosen[Row]:
        """Return the columns that a file holds: those asked for, all of them where none is."""
        return self.chosen(asked) if _words(asked) else Chosen(self.every, self.every, self.usual)


def order_from(asked: Mapping[str, str], orders: Container[str], usual: str) -> str:
    """Return the order a person asked for, the usual one where the words name no column; a minus sign turns it."""
    words = asked.get("order", "")
    return words if words.removeprefix("-") in orders else usual


def order_keys(orders: Mapping[str, Sequence[str]], order: str) -> list[str]:
    """Return the columns that a list in an order is sorted by, the newest record first where they are alike."""
    sign = "-" if order.startswith("-") else ""
    return [*(f"{sign}{key}" for key in orders[order.removeprefix("-")]), "-pk"]


def _words(asked: Sequence[str]) -> list[str]:
    words = [word.strip() for each in asked for word in each.split(",")]
    return [word for word in dict.fromkeys(words) if word][:MOST_WORDS]


def _headed(first: Column[Row], found: list[Column[Row]]) -> tuple[Column[Row], ...]:
    return (first, *(column for column in found if column.key != first.key))
