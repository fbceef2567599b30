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
    Pedigree,
    founder_equivalents,
    founder_genome_equivalents,
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

    def contribution(self, founder: str) -> float:
        return float(self.founders.contribution[self.founders.labels(self.pedigree).index(founder)])

    def related(self, pair: str) -> float:
        one, other = pair.split("|")
        return float(self.kinship[self.pedigree.row(one), self.pedigree.row(other)])

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
    "fe = 1/sum p^2": lambda book, _: founder_equivalents(book.founders.contribution),
}
# The half-known dam makes her missing parent a founder here; the book's figures leave it out.
OTHER_CONVENTION = {("mrode_table2_1", "fe = 1/sum p^2")}


def _values() -> Iterator[tuple[str, str, str, str]]:
    with (TRUTH / "worked_expected.csv").open() as file:
        for row in csv.DictReader(file):
            key = row["example"], row["quantity"]
            if row["quantity"] in ANSWERS and key not in OTHER_CONVENTION:
                yield *key, row["id"], row["exact"]


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
