"""Gene diversity with a bank: by hand on Lacy's book, against every way to count on random ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import (
    Pedigree,
    Record,
    gene_diversity_with_bank,
    kept_by_bank,
    kinship_matrix,
)
from tests.pedigree import lacy
from tests.pedigree.banking.exhaustive import highest_gene_diversity
from tests.pedigree.strategies import SharedBook, chosen, pedigrees, shared_books

ROUNDING = 1e-9


def _of_lacy(living: str, donors: str, most: float = 1.0):
    book = lacy.t1()
    return gene_diversity_with_bank(kinship_matrix(book), book.mask(living), book.mask(donors), most=most)


@pytest.mark.parametrize(
    ("living", "donors", "without", "with_bank", "plain"),
    [
        # Two founders banked: 8 of 36 instead of 4.5 of 16.
        ("CDFG", "AE", 23 / 32, 28 / 36, 28 / 36),
        ("CDFG", "ABE", 23 / 32, 39 / 49, 39 / 49),
        # A sib of C counts two thirds: 14/9 of 64/9.
        ("CE", "D", 3 / 4, 25 / 32, 7 / 9),
        # A young of the living adds nothing, and counted once it would take away.
        ("ABE", "C", 5 / 6, 5 / 6, 13 / 16),
        # A donor that lives is there already.
        ("CDFG", "CF", 23 / 32, 23 / 32, 23 / 32),
        ("CDFG", "", 23 / 32, 23 / 32, 23 / 32),
    ],
)
def test_gene_diversity_with_bank__of_lacys_book(
    living: str, donors: str, without: float, with_bank: float, plain: float
) -> None:
    found = _of_lacy(living, donors)
    assert (found.without, found.with_bank, found.plain) == pytest.approx(
        (without, with_bank, plain), abs=1e-12
    )
    assert found.gain == pytest.approx(with_bank - without, abs=1e-12)


def test_gene_diversity_with_bank__counts_a_sib_two_thirds() -> None:
    found, book = _of_lacy("CE", "D"), lacy.t1()
    assert found.counts[book.rows("CDE")].tolist() == pytest.approx([1, 2 / 3, 1])
    assert found.counts.sum() == pytest.approx(8 / 3)
    # Between its bounds a donor is as kin to the whole as the whole is.
    assert found.mean_kinships[book.row("D")] == pytest.approx(1 - found.with_bank)


def test_gene_diversity_with_bank__may_count_a_donor_more_than_once() -> None:
    assert _of_lacy("CDFG", "E", most=5.0).with_bank > _of_lacy("CDFG", "E").with_bank
    assert _of_lacy("C", "E", most=5.0).with_bank == pytest.approx(3 / 4)


def test_gene_diversity_with_bank__of_nobody_living_is_that_of_the_donors() -> None:
    found = _of_lacy("", "ABE")
    assert np.isnan(found.without)
    assert found.with_bank == pytest.approx(5 / 6)


def test_gene_diversity_with_bank__of_nobody_at_all_is_none() -> None:
    found = _of_lacy("", "")
    assert np.isnan([found.without, found.with_bank, found.plain]).all()
    assert np.isnan(found.mean_kinships).all()


@pytest.mark.parametrize("most", [0.0, -1.0, float("nan")])
def test_gene_diversity_with_bank__refuses_donors_that_cannot_count(most: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        _of_lacy("CDFG", "E", most=most)


@settings(max_examples=60)
@given(pedigrees(most=10), st.data())
def test_gene_diversity_with_bank__is_the_best_of_all_ways_to_count(
    records: list[Record], data: st.DataObject
) -> None:
    pedigree = Pedigree.from_records(records)
    living = pedigree.mask(data.draw(chosen(records)))
    donors = pedigree.mask(data.draw(chosen(records))[:4])
    kinship = kinship_matrix(pedigree)
    found = gene_diversity_with_bank(kinship, living, donors)
    most = (living | donors).astype(float)
    expected = highest_gene_diversity(kinship, living.astype(float), most)
    assert found.with_bank == pytest.approx(expected, abs=1e-10)
    assert found.with_bank >= found.without
    assert found.with_bank >= found.plain - ROUNDING
    assert found.gap <= 1e-12


@given(pedigrees(most=25), st.data())
def test_gene_diversity_with_bank__cannot_be_bettered_by_a_little_of_anybody(
    records: list[Record], data: st.DataObject
) -> None:
    pedigree = Pedigree.from_records(records)
    living, donors = (pedigree.mask(data.draw(chosen(records))) for _ in range(2))
    found = gene_diversity_with_bank(kinship_matrix(pedigree), living, donors)
    mean = 1 - found.with_bank
    for row in np.flatnonzero(donors & ~living):
        if found.counts[row] < 1 - 1e-6:
            assert found.mean_kinships[row] >= mean - 1e-6
        if found.counts[row] > 1e-6:
            assert found.mean_kinships[row] <= mean + 1e-6


@settings(max_examples=50)
@given(shared_books(), st.data())
def test_gene_diversity_with_bank__of_twins_and_related_founders(
    book: SharedBook, data: st.DataObject
) -> None:
    pedigree = Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)
    living = pedigree.mask(data.draw(chosen(book.records)))
    donors = pedigree.mask(data.draw(chosen(book.records))[:4])
    kinship = kinship_matrix(pedigree)
    expected = highest_gene_diversity(kinship, living.astype(float), (living | donors).astype(float))
    assert gene_diversity_with_bank(kinship, living, donors).with_bank == pytest.approx(expected, abs=1e-9)


@settings(max_examples=40)
@given(pedigrees(most=9), st.data())
def test_kept_by_bank__is_what_goes_when_the_donor_and_its_samples_go(
    records: list[Record], data: st.DataObject
) -> None:
    pedigree = Pedigree.from_records(records)
    living = pedigree.mask(data.draw(chosen(records)))
    donors = pedigree.mask(data.draw(chosen(records))[:4])
    kinship = kinship_matrix(pedigree)
    kept = kept_by_bank(kinship, living, donors)
    assert np.isnan(kept[~donors]).all()
    for row in np.flatnonzero(donors):
        alive, beside = living.copy(), donors & ~living
        alive[row] = False
        without = beside.copy()
        without[row] = False
        beside[row] = True
        here, gone = (
            highest_gene_diversity(kinship, alive.astype(float), (alive | stored).astype(float))
            for stored in (beside, without)
        )
        assert kept[row] == pytest.approx(here - gone, abs=1e-9)


def test_kept_by_bank__of_lacys_book() -> None:
    # Without C the kinships of D, F and G add up to 3, of 9; with his samples to 4.5, of 16.
    book = lacy.t1()
    kept = kept_by_bank(kinship_matrix(book), book.mask("CDFG"), book.mask("C"))
    assert kept[book.row("C")] == pytest.approx(5 / 96)
