from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings

from pedigree import Pedigree, Record, inbreeding, kinship_matrix, partial_inbreeding
from tests.pedigree.strategies import SharedBook, pedigrees, shared_books
from tests.pedigree.traced import Traced


@settings(max_examples=40)
@given(pedigrees(most=6, uncertain=False))
def test_partial_inbreeding__equals_every_way_the_genes_fall(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Traced(records)
    twice: Counter[tuple[str, str]] = Counter()
    ways = 0
    for genes in twin.segregations():
        ways += 1
        same = ((animal, one) for animal, (one, other) in genes.items() if one == other)
        twice.update((animal, gene.rsplit("/", 1)[0]) for animal, gene in same)
    found = partial_inbreeding(pedigree)
    labels = found.founders.labels(pedigree)
    for row, animal in enumerate(pedigree.ids):
        expected = [twice[animal, label] / ways for label in labels]
        assert found.matrix[row].tolist() == pytest.approx(expected, abs=1e-15)


@settings(max_examples=60)
@given(pedigrees(most=8))
def test_partial_inbreeding__equals_the_recursion(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Traced(records)
    found = partial_inbreeding(pedigree)
    labels = found.founders.labels(pedigree)
    for row, animal in enumerate(pedigree.ids):
        expected = [float(twin.inbreeding_through(animal, label)) for label in labels]
        assert found.matrix[row].tolist() == pytest.approx(expected, abs=1e-14)


@given(shared_books(most=10))
def test_partial_inbreeding__adds_up_to_inbreeding(book: SharedBook) -> None:
    pedigree = Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)
    parts = partial_inbreeding(pedigree).matrix
    assert parts.min(initial=0) >= 0
    assert parts.sum(axis=1) == pytest.approx(2 * kinship_matrix(pedigree).diagonal() - 1, abs=1e-13)


def test_partial_inbreeding__of_two_backcrosses() -> None:
    records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "3"), Record("5", "1", "4")]
    pedigree = Pedigree.from_records(records)
    found = partial_inbreeding(pedigree)
    assert found.founders.labels(pedigree) == ("1", "2")
    assert found.matrix[3:].tolist() == [[0.25, 0.0], [0.375, 0.0]]


def test_partial_inbreeding__of_full_sibs_is_half_through_each_founder() -> None:
    records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "2"), Record("5", "3", "4")]
    assert partial_inbreeding(Pedigree.from_records(records)).matrix[4].tolist() == [0.125, 0.125]


def test_partial_inbreeding__through_related_founders_is_halved() -> None:
    records = [Record("1"), Record("2"), Record("3", "1", "2")]
    pedigree = Pedigree.from_records(records, founder_kinship={("1", "2"): 0.25, ("1", "1"): 0.75})
    found = partial_inbreeding(pedigree).matrix
    assert found[0].tolist() == [0.5, 0.0]
    assert found[2].tolist() == [0.125, 0.125]


def test_partial_inbreeding__counts_a_missing_parent_as_a_founder() -> None:
    records = [Record("1"), Record("2", "1"), Record("3", "1", "2"), Record("4", "3", "2")]
    pedigree = Pedigree.from_records(records)
    found = partial_inbreeding(pedigree)
    assert found.founders.labels(pedigree) == ("1", "dam of 2")
    assert found.matrix.sum(axis=1).tolist() == inbreeding(pedigree).tolist()
    assert found.matrix[3, 1] == 0.125


def test_partial_inbreeding__of_founders_alone_is_nothing() -> None:
    found = partial_inbreeding(Pedigree.from_records([Record("1"), Record("2")]))
    assert np.array_equal(found.matrix, np.zeros((2, 2)))
