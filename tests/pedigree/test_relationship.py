import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.synthetic import captive_book
from pedigree import (
    GrowingKinship,
    Pedigree,
    inbreeding,
    kinship_among,
    kinship_matrix,
    mean_kinship,
    mean_kinship_to,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import SharedBook, chosen, pedigrees, shared_books
from tests.pedigree.twin import Twin


@given(st.data())
def test_mean_kinship_to__equals_the_textbook_recursion(data: st.DataObject) -> None:
    records = data.draw(pedigrees())
    living = data.draw(chosen(records))
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    found = mean_kinship_to(pedigree, pedigree.mask(living))
    for animal, value in zip(pedigree.ids, found, strict=True):
        exact = sum(twin.kinship(animal, other) for other in living)
        assert value == pytest.approx(float(exact / len(living)), abs=1e-15)


@given(st.data())
def test_kinship_among__is_a_part_of_the_whole_matrix(data: st.DataObject) -> None:
    records = data.draw(pedigrees(30, uncertain=data.draw(st.booleans())))
    pedigree = Pedigree.from_records(records)
    animals = pedigree.mask(data.draw(chosen(records)))
    whole = kinship_matrix(pedigree)[np.ix_(animals, animals)]
    assert np.array_equal(kinship_among(pedigree, animals), whole)
    assert np.array_equal(kinship_among(pedigree, animals, inbreeding=inbreeding(pedigree)), whole)


@given(shared_books())
def test_relationship__holds_with_twins_litters_and_related_founders(book: SharedBook) -> None:
    pedigree = Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)
    kinship = kinship_matrix(pedigree)
    animals = np.arange(len(pedigree)) % 2 == 0
    # Fewer animals may need no table of draws, whose sums then have another order.
    among = kinship[np.ix_(animals, animals)]
    np.testing.assert_allclose(kinship_among(pedigree, animals), among, rtol=0, atol=1e-15)
    assert np.array_equal(mean_kinship_to(pedigree, animals), mean_kinship(kinship, animals))
    np.testing.assert_allclose(inbreeding(pedigree), 2 * kinship.diagonal() - 1, rtol=0, atol=1e-15)


def test_mean_kinship_to__takes_inbreeding_that_is_known() -> None:
    pedigree = lacy.t1()
    living = pedigree.mask("CDFG")
    found = mean_kinship_to(pedigree, living, inbreeding=inbreeding(pedigree))
    assert np.array_equal(found, mean_kinship(kinship_matrix(pedigree), living))


def test_mean_kinship_to__is_nan_where_nobody_lives() -> None:
    pedigree = lacy.t1()
    nobody = np.zeros(len(pedigree), dtype=bool)
    assert np.isnan(mean_kinship_to(pedigree, nobody)).all()
    assert kinship_among(pedigree, nobody).shape == (0, 0)


def test_growing_kinship__grows_into_the_matrix_of_all() -> None:
    book = captive_book(200, seed=2)
    columns = (
        book.sire,
        book.dam,
        np.zeros(200, dtype=np.int8),
        book.generation,
        np.arange(200, dtype=np.int32),
    )
    kinship = kinship_matrix(Pedigree._frozen(tuple(map(str, range(200))), columns, {}, {}, {}))
    growing = GrowingKinship(kinship[:50, :50])
    for row in range(50, 200):
        assert growing.append(int(book.sire[row]), int(book.dam[row])) == row
        if row == 60:
            seen = growing.kinship
            before = seen.copy()
    assert np.array_equal(seen, before)
    assert len(growing) == 200
    np.testing.assert_allclose(growing.kinship, kinship, rtol=0, atol=1e-15)


def test_growing_kinship__knows_missing_parents_and_selfing() -> None:
    growing = GrowingKinship(np.array([[0.5]]))
    growing.append(0, 0), growing.append(-1, 0), growing.append(-2, -1)
    assert growing.kinship.tolist() == [
        [0.5, 0.5, 0.25, 0.0],
        [0.5, 0.75, 0.25, 0.0],
        [0.25, 0.25, 0.5, 0.0],
        [0.0, 0.0, 0.0, 0.5],
    ]


def test_growing_kinship__leaves_the_matrix_it_began_with() -> None:
    kinship = np.array([[0.5, 0.0], [0.0, 0.5]])
    GrowingKinship(kinship).append(0, 1)
    assert kinship.tolist() == [[0.5, 0.0], [0.0, 0.5]]
