"""Males against females: the index of every pair, in a grid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from pedigree.suitability import DASH, HARMS, WORST
from studbook.population.breeders import Breeder
from studbook.population.pairs import PairList

ORDERS = {
    "mean_kinship": "mean kinship, rare genes first",
    "institution": "institution",
    "number": "studbook number",
}
NOT_SHOWN = -1
NOWHERE = "\uffff"
"""Sorts behind every name: who lives at no recorded place comes last."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: an animal, its mean kinship, how many mates it is shown with, how many of them help, and its best index.

    `best` is None where no mate has an index that is not a dash.
    """

    breeder: Breeder
    mean_kinship: float
    mates: int
    helpful: int
    best: int | None

    @property
    def path(self) -> str:
        """The animal's number as a part of an address."""
        return quote(self.breeder.number, safe="")


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair as the grid shows it: index and digit as text, empty where it is not shown, and the way to it from the grid's page."""

    index: str
    digit: str
    way: str


@dataclass(frozen=True, slots=True, eq=False)
class PairMatrix:
    """The pairs of a list as a grid of males (rows) and females (columns); `index` is NOT_SHOWN where a filter left a pair out."""

    males: list[Line]
    females: list[Line]
    index: NDArray[np.int8]

    @property
    def cells(self) -> int:
        return int(self.index.size)

    @property
    def shown(self) -> int:
        """How many pairs have a cell."""
        return int((self.index != NOT_SHOWN).sum())

    def rows(self) -> Iterator[tuple[Line, list[Cell]]]:
        """Yield each male with his cells."""
        paths = [line.path for line in self.females]
        words = {NOT_SHOWN: ("", ""), DASH: ("0", "–")} | {
            each: (str(each),) * 2 for each in range(1, WORST + 1)
        }
        for line, indices in zip(self.males, self.index.tolist(), strict=True):
            male = line.path
            cells = zip(indices, paths, strict=True)
            # Relative, since there are thousands of them.
            yield line, [Cell(*words[index], f"../{male}/{female}/") for index, female in cells]


def matrix_of(pairs: PairList, order: str) -> PairMatrix:
    """Return the pairs shown of a judged list as a grid, both sexes in one of ORDERS; no query."""
    table, shown = pairs.table, pairs.shown
    index = pairs.suitability.index if pairs.suitability else np.zeros(pairs.total, dtype=np.int8)
    sires, row = np.unique(table.sire[shown], return_inverse=True)
    dams, column = np.unique(table.dam[shown], return_inverse=True)
    grid = np.full((len(sires), len(dams)), NOT_SHOWN, dtype=np.int8)
    grid[row, column] = index[shown]
    males = _lines(pairs, sires, dict(zip(table.sire.tolist(), table.mk_sire.tolist(), strict=True)), grid)
    females = _lines(pairs, dams, dict(zip(table.dam.tolist(), table.mk_dam.tolist(), strict=True)), grid.T)
    down, across = _ordered(males, order), _ordered(females, order)
    return PairMatrix(
        [males[place] for place in down], [females[place] for place in across], grid[np.ix_(down, across)]
    )


def _lines(
    pairs: PairList, rows: NDArray[np.intp], means: dict[int, float], grid: NDArray[np.int8]
) -> list[Line]:
    return [
        _line(pairs.breeders[pairs.population.ids[row]], means[row], cells)
        for row, cells in zip(rows.tolist(), grid, strict=True)
    ]


def _line(breeder: Breeder, mean_kinship: float, cells: NDArray[np.int8]) -> Line:
    told = cells[cells > DASH]
    return Line(
        breeder,
        mean_kinship,
        mates=int((cells != NOT_SHOWN).sum()),
        helpful=int((told < HARMS).sum()),
        best=int(told.min()) if len(told) else None,
    )


def _ordered(lines: Iterable[Line], order: str) -> list[int]:
    keys = {"mean_kinship": _by_mean_kinship, "institution": _by_institution, "number": _by_number}
    key = keys[order]
    return [place for place, _ in sorted(enumerate(lines), key=lambda each: key(each[1]))]


def _by_number(line: Line) -> tuple[int, str]:
    return line.breeder.animal.number_order, line.breeder.number


def _by_mean_kinship(line: Line) -> tuple[float, int, str]:
    return round(line.mean_kinship, 12), *_by_number(line)


def _by_institution(line: Line) -> tuple[str, int, str]:
    holder = line.breeder.holder
    return holder.name if holder else NOWHERE, *_by_number(line)
