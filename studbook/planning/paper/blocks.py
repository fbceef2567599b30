"""What the printed plan is made of. Paper, page and workbook are set from the same blocks, so that none says another number."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

LEFT, RIGHT = "left", "right"
MARK, SOFT = "mark", "soft"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is read, and the number behind it, for the workbook; None where it is no number."""

    words: str
    value: float | int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A head; `width` is as typst takes it, `letters` how many of one word fit before it is broken.

    What stands in an `unbroken` one stays on one line of the page.
    """

    label: str
    align: str = LEFT
    width: str = "auto"
    letters: int = 24
    unbroken: bool = False

    @property
    def style(self) -> str:
        """The class of its cells on the page."""
        return "number" if self.align == RIGHT else "nowrap" if self.unbroken else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells. One that is a "mark" has a single cell, which stands across the whole table."""

    cells: tuple[Cell, ...]
    kind: str = ""

    @property
    def is_mark(self) -> bool:
        return self.kind == MARK


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs. The words of a person are `quoted`, those that the numbers give are not."""

    kind: ClassVar[str] = "text"
    paragraphs: tuple[str, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """Short sentences as a list."""

    kind: ClassVar[str] = "items"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what stands beside them; `large` ones are the few that a reader looks for first."""

    kind: ClassVar[str] = "facts"
    facts: tuple[tuple[str, str], ...]
    large: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """The page that tells how a number is made: its title, the question it answers, its formula where short, its address here."""

    title: str
    question: str
    formula: str
    path: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word with what it means; `made` is None of one that is no number."""

    label: str
    words: str
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Words with what they mean, and how the numbers are made."""

    kind: ClassVar[str] = "terms"
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `sheet` names it in the workbook, and rows of one sheet stand under each other, told apart by `group`.

    Each row of one with `cards` is a card of its own on a telephone.
    """

    kind: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    note: str = ""
    sheet: str = ""
    group: str = ""
    small: bool = False
    cards: bool = False

    def rows_by_column(self) -> Iterator[tuple[Row, list[tuple[Cell, Column]]]]:
        """Yield each row with its cells, each with its column."""
        for row in self.rows:
            yield row, list(zip(row.cells, self.columns, strict=False))


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: markup that a template of the house made, and what it shows in words."""

    kind: ClassVar[str] = "figure"
    title: str
    svg: str
    alt: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Drawings that stand beside each other where there is room."""

    kind: ClassVar[str] = "figures"
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two blocks beside each other where there is room."""

    kind: ClassVar[str] = "beside"
    first: "Facts | Text"
    second: "Table | Text"


Block = Text | Items | Facts | Terms | Table | Figure | Figures | Beside


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the second level with what stands under it; `whole` keeps it on one page."""

    title: str
    blocks: tuple[Block, ...]
    under: str = ""
    key: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the first level; `breaks` begins a page of its own."""

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    breaks: bool = False

    def all_blocks(self) -> Iterator[Block]:
        yield from self.blocks
        for part in self.parts:
            yield from part.blocks


@dataclass(frozen=True, slots=True)
class Document:
    """A printed plan, or one institution's part of it."""

    title: str
    programme: str
    taxon: str
    status: str
    status_words: str
    draft: bool
    synthetic: str
    current_to: str
    day: str
    revision: str
    excerpt: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...] = field(default_factory=tuple)

    def tables(self) -> Iterator[Table]:
        """Yield every table in order, those beside something else too."""
        for section in self.sections:
            for block in section.all_blocks():
                if isinstance(block, Table):
                    yield block


def cells(*values: "Cell | str") -> tuple[Cell, ...]:
    """Return cells of words or cells."""
    return tuple(each if isinstance(each, Cell) else Cell(each) for each in values)


def row(*values: "Cell | str", kind: str = "") -> Row:
    """Return a row of words or cells."""
    return Row(cells(*values), kind)
