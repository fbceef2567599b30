"""The textbook pedigrees of `truth/`, value for value."""

import csv
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from pedigree import (
    FounderTable,
    GeneDrop,
    Pedigree,
    ancestral_inbreeding,
    effective_ancestors,
    exact_gene_drop,
    founder_equivalents,
    founder_genome_equivalents,
    founder_genome_equivalents_1989,
    founder_table,
    gene_diversity,
    inbreeding,
    kinship_matrix,
    mean_kinship,
    population_mean_kinship,
)
from pedigree.cli.reading import read_sheet

TRUTH = Path(__file__).parent / "truth"


class Book:
    def __init__(self, name: str) -> None:
        path = TRUTH / "worked" / f"{name}.csv"
        self.pedigree = Pedigree.from_records(read_sheet(path).records, allow_selfing=True)
        with path.open() as file:
            measured = [row["id"] for row in csv.DictReader(file) if row["ref"] == "1"]
        self.living = self.pedigree.mask(measured)
        self.kinship = kinship_matrix(self.pedigree)
        self.founders: FounderTable = founder_table(self.pedigree, self.living)
        self._drop: GeneDrop | None = None

    def contribution(self, founder: str) -> float:
        return float(self.founders.contribution[self.founders.labels(self.pedigree).index(founder)])

    def related(self, pair: str) -> float:
        one, other = pair.split("|")
        return float(self.kinship[self.pedigree.row(one), self.pedigree.row(other)])

    def gene_drop(self) -> GeneDrop:
        if self._drop is None:
            self._drop = exact_gene_drop(self.pedigree, self.living)
        return self._drop

    def retention(self, founder: str) -> float:
        return float(self.gene_drop().retention[self.founders.labels(self.pedigree).index(founder)])

    def without_self(self) -> float:
        among = self.kinship[np.ix_(self.living, self.living)]
        return float(among[~np.eye(len(among), dtype=bool)].mean())


book = cache(Book)
ANSWERS = {
    "F": lambda book, who: inbreeding(book.pedigree)[book.pedigree.row(who)],
    "kinship": lambda book, who: book.related(who),
    "MK(ref, incl. self)": lambda book, who: mean_kinship(book.kinship, book.living)[book.pedigree.row(who)],
    "mean kinship (incl. self)": lambda book, _: population_mean_kinship(book.kinship, book.living),
    "mean kinship (excl. self)": lambda book, _: book.without_self(),
    "gene diversity 1-MK": lambda book, _: gene_diversity(book.kinship, book.living),
    "fg = 1/(2 MK)": lambda book, _: founder_genome_equivalents(book.kinship, book.living),
    "founder contribution": lambda book, who: book.contribution(who),
    # The printed figures pass over a parent without a row.
    "fe = 1/sum p^2": lambda book, _: founder_equivalents(book.founders.contribution[book.founders.recorded]),
    "retention r (exact)": lambda book, who: book.retention(who),
    "fg Lacy 1989 = 1/sum(p^2/r)": lambda book, _: founder_genome_equivalents_1989(
        book.founders.contribution, book.gene_drop().retention
    ),
}
WORDS = {"source", "note"}
NUMBER = 298


def _rows() -> list[dict[str, str]]:
    with (TRUTH / "worked_expected.csv").open() as file:
        return list(csv.DictReader(file))


def _values() -> Iterator[tuple[str, str, str, str]]:
    for row in _rows():
        if row["quantity"] not in WORDS:
            yield row["example"], row["quantity"], row["id"], row["exact"]


@pytest.mark.parametrize(("example", "quantity", "who", "exact"), list(_values()))
def test_worked__gives_the_printed_value(example: str, quantity: str, who: str, exact: str) -> None:
    found, expected = float(ANSWERS[quantity](book(example), who)), Fraction(exact)
    # A fraction whose denominator is a power of two is exact in binary; another is not.
    dyadic = expected.denominator & (expected.denominator - 1) == 0
    assert found == (float(expected) if dyadic else pytest.approx(float(expected), abs=1e-15))


def test_worked__gives_a_missing_parent_its_own_share() -> None:
    mrode = book("mrode_table2_1")
    assert mrode.contribution("dam of 4") == 1 / 8
    assert founder_equivalents(mrode.founders.contribution) == 1 / (1 / 16 + 25 / 64 + 1 / 64) == 32 / 15


def test_worked__leaves_no_printed_value_out() -> None:
    rows = _rows()
    words = [row for row in rows if row["quantity"] in WORDS]
    assert len(rows) == NUMBER
    assert not any(row["decimal"] for row in words)
    assert {row["quantity"] for row in rows} == {*ANSWERS, *WORDS}
    assert len(list(_values())) == NUMBER - len(words)


@pytest.mark.parametrize(
    ("example", "number"), [("boichard1997_fig2_family1", 2), ("boichard1997_fig2_both", 50 / 17)]
)
def test_worked__notes_give_the_effective_ancestors(example: str, number: float) -> None:
    found = effective_ancestors(book(example).pedigree, book(example).living)
    assert found.number == pytest.approx(number, abs=1e-15 * 4)


def test_worked__notes_give_ballous_ancestral_inbreeding() -> None:
    pedigree = book("ballou_ancestral").pedigree
    found = ancestral_inbreeding(pedigree, inbreeding(pedigree))[pedigree.rows("EGIJK")]
    assert found.tolist() == [0, 0, 1 / 8, 1 / 8, 1 / 8]
