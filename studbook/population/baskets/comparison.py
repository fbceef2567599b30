"""Baskets side by side with the living as they are: the figures, and who ranks first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pedigree.whatif import Figures
from studbook.core.downloads import Cell, Table, neutral
from studbook.population.basis import Basis
from studbook.population.baskets.moves import Move, moves_of
from studbook.population.baskets.reckoning import Reckoning, reckoned
from studbook.population.genetics.means import TITLES
from studbook.population.models import Basket
from studbook.population.numbers import or_none

MOST_BESIDE, BEST = 4, 5
NOW = "Now"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure now and after each basket with its change; None where there is no answer. `kind` says how it is written."""

    label: str
    slug: str
    kind: str
    now: float | None
    cells: tuple[tuple[float | None, float | None], ...]


@dataclass(frozen=True, slots=True)
class Best:
    """The animals of one sex that rank first: rows by place, a column for now and for each basket; None where there is none."""

    title: str
    rows: tuple[tuple[int, tuple[Move | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Baskets beside each other on one basis."""

    baskets: tuple[tuple[Basket, Reckoning], ...]
    lines: tuple[FigureLine, ...]
    best: tuple[Best, ...]


_FIGURES: tuple[tuple[str, str, str, Callable[[Figures], float]], ...] = (
    ("Gene diversity", "gene-diversity", "share", lambda each: each.gene_diversity),
    ("Mean kinship", "mean-kinship", "coefficient", lambda each: each.mean_kinship),
    (
        "Founder genome equivalents",
        "founder-genome-equivalents",
        "genomes",
        lambda each: each.founder_genome_equivalents,
    ),
    ("Mean inbreeding", "inbreeding", "coefficient", lambda each: each.mean_inbreeding),
    ("Animals counted", "", "count", lambda each: each.living),
)


def compared(basis: Basis, baskets: Sequence[Basket]) -> Comparison:
    """Return baskets, fetched whole, side by side; a query for each beside the analysis. Raises NoFiguresError."""
    now = reckoned(basis, ())
    found = [reckoned(basis, list(each.steps.all())) for each in baskets]
    return Comparison(
        tuple(zip(baskets, found, strict=True)),
        tuple(_line(now, found, *each) for each in _FIGURES),
        tuple(_best(now, found)),
    )


def _line(
    now: Reckoning,
    found: Sequence[Reckoning],
    label: str,
    slug: str,
    kind: str,
    value: Callable[[Figures], float],
) -> FigureLine:
    base = value(now.now)
    cells = tuple((or_none(value(each.then)), or_none(value(each.then) - base)) for each in found)
    return FigureLine(label, slug, kind, or_none(base), cells)


def _best(now: Reckoning, found: Sequence[Reckoning]) -> Iterator[Best]:
    lists = [{each.sex: each.moves for each in moves_of(reckoning)} for reckoning in (now, *found)]
    for sex, title in TITLES.items():
        columns = [_first(each.get(sex, ())) for each in lists]
        most = max(map(len, columns), default=0)
        rows = tuple(
            (place + 1, tuple(column[place] if place < len(column) else None for column in columns))
            for place in range(most)
        )
        if rows:
            yield Best(title, rows)


def _first(moves: Sequence[Move]) -> list[Move]:
    return [move for move in moves if move.rank_after is not None][:BEST]


def comparison_table(comparison: Comparison) -> Table:
    """Return the comparison as a table: a line for each figure, then for each place of the ranks."""
    names = [NOW, *(basket.name for basket, _ in comparison.baskets)]
    return Table(
        ("what", *map(str, map(neutral, names))),
        ([neutral(cell) for cell in line] for line in _lines(comparison)),
    )


def _lines(comparison: Comparison) -> Iterator[list[Cell]]:
    for line in comparison.lines:
        values = [line.now, *(value for value, _ in line.cells)]
        yield [line.label, *(int(each) if each and line.kind == "count" else each for each in values)]
    for best in comparison.best:
        for place, moves in best.rows:
            yield [f"{best.title}, {place}", *(move.label if move else "" for move in moves)]
