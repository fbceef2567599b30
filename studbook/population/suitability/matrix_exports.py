"""The matrix as a file: males as rows, females as columns, the index in each cell."""

from collections.abc import Iterator

from studbook.core.downloads import Cell, Table, neutral
from studbook.population.exports import index_words
from studbook.population.suitability.matrix import NOT_SHOWN, PairMatrix


def matrix_table(matrix: PairMatrix) -> Table:
    """Return the grid as a table; a pair that a filter left out is an empty cell."""
    females = (str(neutral(line.breeder.number)) for line in matrix.females)
    return Table(("sire", *females), _lines(matrix))


def _lines(matrix: PairMatrix) -> Iterator[list[Cell]]:
    for line, indices in zip(matrix.males, matrix.index.tolist(), strict=True):
        cells = [None if index == NOT_SHOWN else index_words(index) for index in indices]
        yield [neutral(line.breeder.number), *cells]
