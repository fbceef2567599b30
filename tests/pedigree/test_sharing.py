"""Identical twins, litters with one uncertain parent, and founders that are related."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    UNKNOWN,
    WILD,
    Parent,
    Pedigree,
    Record,
    kinship_matrix,
    known_fraction,
    known_inbreeding,
    known_kinship,
)
from tests.pedigree.strategies import SharedBook, shared_books
from tests.pedigree.worlds import Worlds

HALVES = (("A", 0.5), ("B", 0.5))


def read(book: SharedBook) -> Pedigree:
    return Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)


def kinships(pedigree: Pedigree, one: str, others: str) -> list[float]:
    return kinship_matrix(pedigree)[pedigree.row(one), pedigree.rows(others)].tolist()


@given(shared_books())
def test_kinship_matrix__is_the_mean_over_every_way_to_draw(book: SharedBook) -> None:
    pedigree, worlds = read(book), Worlds(book)
    kinship = kinship_matrix(pedigree)
    for i, one in enumerate(pedigree.ids):
        for j, other in enumerate(pedigree.ids):
            assert Fraction(float(kinship[i, j])) == worlds.kinship(one, other)


@given(shared_books(most=20))
def test_kinship_matrix__of_shared_books_is_symmetric_and_positive_semidefinite(book: SharedBook) -> None:
    kinship = kinship_matrix(read(book))
    assert np.array_equal(kinship, kinship.T)
    assert np.linalg.eigvalsh(kinship).min() > -1e-12
    assert kinship.diagonal().max() <= 1


@given(shared_books(most=20), st.randoms(use_true_random=False))
def test_kinship_matrix__of_shared_books_is_bit_equal_in_any_order_of_rows(book: SharedBook, random) -> None:
    shuffled = list(book.records)
    random.shuffle(shuffled)
    assert np.array_equal(kinship_matrix(read(book)), kinship_matrix(read(replace(book, records=shuffled))))


@given(shared_books(most=20))
def test_kinship_matrix__of_shared_books_is_bit_equal_under_other_names(book: SharedBook) -> None:
    pedigree, other = read(book), read(_renamed(book))
    rows = other.rows(_name(animal) for animal in pedigree.ids)
    assert np.array_equal(kinship_matrix(other)[np.ix_(rows, rows)], kinship_matrix(pedigree))


@given(shared_books(most=20))
def test_kinship_matrix__of_shared_books_is_bit_equal_with_sexes_flipped(book: SharedBook) -> None:
    flipped = [replace(record, sire=record.dam, dam=record.sire) for record in book.records]
    assert np.array_equal(kinship_matrix(read(book)), kinship_matrix(read(replace(book, records=flipped))))


@given(shared_books(most=20), st.data())
def test_kinship_matrix__of_shared_books_is_unchanged_by_pruning(
    book: SharedBook, data: st.DataObject
) -> None:
    pedigree = read(book)
    animals = data.draw(st.lists(st.sampled_from(pedigree.ids), min_size=1, unique=True))
    pruned = pedigree.pruned_to_ancestors(pedigree.mask(animals))
    rows = pedigree.rows(pruned.ids)
    assert np.array_equal(kinship_matrix(pruned), kinship_matrix(pedigree)[np.ix_(rows, rows)])


@given(shared_books())
def test_known_kinship__of_shared_books_is_the_kinship_where_everything_is_known(book: SharedBook) -> None:
    wild = [replace(r, sire=_traced(r.sire), dam=_traced(r.dam)) for r in book.records]
    pedigree = read(replace(book, records=wild))
    known, kinship = known_fraction(pedigree), kinship_matrix(pedigree)
    assert np.array_equal(known_kinship(pedigree, known), kinship)
    assert known_inbreeding(pedigree, known) == pytest.approx(2 * kinship.diagonal() - 1, abs=1e-15)


def _traced(parent: Parent) -> Parent:
    if not isinstance(parent, tuple):
        return WILD if parent == UNKNOWN else parent
    shares: dict[str | int, float] = {}
    for who, chance in parent:
        place = WILD if who == UNKNOWN else who
        shares[place] = shares.get(place, 0) + chance
    return tuple(shares.items())


def _name(animal: str) -> str:
    return f"{(int(animal) * 7919) % 101:03}-{animal}"


def _renamed(book: SharedBook) -> SharedBook:
    records = [
        replace(
            record,
            id=_name(record.id),
            sire=_renamed_parent(record.sire),
            dam=_renamed_parent(record.dam),
            twin_of=_name(record.twin_of) if record.twin_of else None,
        )
        for record in book.records
    ]
    related = {(_name(one), _name(other)): f for (one, other), f in book.founder_kinship.items()}
    return SharedBook(records, related)


def _renamed_parent(parent: Parent) -> Parent:
    if isinstance(parent, tuple):
        return tuple((_name(who) if isinstance(who, str) else who, chance) for who, chance in parent)
    return _name(parent) if isinstance(parent, str) else parent


def litter(label: str | None, sire: Parent = HALVES, second: Parent = HALVES) -> Pedigree:
    founders = [Record(each, WILD, WILD) for each in "ABC"]
    return Pedigree.from_records(
        [*founders, Record("X", sire, "C", litter=label), Record("Y", second, "C", litter=label)]
    )


def test_kinship_matrix__takes_one_sire_for_the_whole_litter() -> None:
    assert kinships(litter("one"), "X", "ABCXY") == [1 / 8, 1 / 8, 1 / 4, 1 / 2, 1 / 4]


def test_kinship_matrix__takes_a_sire_for_each_without_a_litter() -> None:
    assert kinships(litter(None), "X", "ABCXY") == [1 / 8, 1 / 8, 1 / 4, 1 / 2, 3 / 16]


def test_kinship_matrix__does_not_tie_litter_mates_with_other_candidates() -> None:
    assert kinships(litter("one", second=(("A", 0.25), ("B", 0.75))), "X", "Y") == [3 / 16]


def test_known_kinship__takes_one_half_known_sire_for_the_whole_litter() -> None:
    # Both genes of the sire are known only when it is A, and then alike with 1/2.
    either = (("A", 0.5), (UNKNOWN, 0.5))
    pedigree = litter("one", either, either)
    known = known_fraction(pedigree)
    assert known[pedigree.rows("XY")].tolist() == [0.75, 0.75]
    kinship = known_kinship(pedigree, known)
    expected = (1 / 4) * (1 / 4 * 1 / 2 + 1 / 2) / (9 / 16)
    assert kinship[pedigree.row("X"), pedigree.row("Y")] == pytest.approx(expected, abs=1e-15)


def test_kinship_matrix__gives_identical_twins_one_row() -> None:
    founders = [Record("A"), Record("B"), Record("C"), Record("D")]
    twins = [Record("X", "A", "B"), Record("Y", "A", "B", twin_of="X")]
    cubs = [Record("P", "X", "C"), Record("Q", "Y", "D")]
    pedigree = Pedigree.from_records([*founders, *twins, *cubs])
    assert kinships(pedigree, "X", "ABCDXYPQ") == kinships(pedigree, "Y", "ABCDXYPQ")
    assert kinships(pedigree, "X", "XYPQ") == [1 / 2, 1 / 2, 1 / 4, 1 / 4]
    # The cubs of identical twins are half-siblings.
    assert kinships(pedigree, "P", "Q") == [1 / 8]


def test_from_records__takes_twins_in_a_row_of_three_as_one_genome() -> None:
    records = [Record("1", twin_of="3"), Record("2"), Record("3", twin_of="2"), Record("4", "1", "3")]
    pedigree = Pedigree.from_records(records)
    assert pedigree.genome.tolist() == [0, 0, 0, 3]
    assert kinships(pedigree, "4", "4") == [3 / 4]


def test_kinship_matrix__starts_from_related_founders() -> None:
    records = [Record("A"), Record("B"), Record("X", "A", "B")]
    related = {("A", "B"): 0.125, ("B", "B"): 0.625}
    pedigree = Pedigree.from_records(records, founder_kinship=related)
    assert kinships(pedigree, "A", "ABX") == [1 / 2, 1 / 8, 5 / 16]
    assert kinships(pedigree, "B", "ABX") == [1 / 8, 5 / 8, 3 / 8]
    assert kinships(pedigree, "X", "X") == [9 / 16]


def test_known_kinship__counts_only_the_known_genes_of_related_founders() -> None:
    records = [Record("A", WILD, WILD), Record("B", WILD, UNKNOWN), Record("C")]
    related = {("A", "B"): 0.125, ("A", "C"): 0.125, ("A", "A"): 0.75}
    pedigree = Pedigree.from_records(records, founder_kinship=related)
    kinship = known_kinship(pedigree, known_fraction(pedigree))
    assert kinship[0, :2].tolist() == [3 / 4, 1 / 8]
    assert np.isnan(kinship[2]).all()
    assert known_inbreeding(pedigree, known_fraction(pedigree)).tolist() == pytest.approx(
        [0.5, np.nan, np.nan], nan_ok=True
    )


def test_plain__is_true_of_a_pedigree_without_shared_or_uncertain_parents() -> None:
    records = [Record("A"), Record("B"), Record("X", "A", "B")]
    assert Pedigree.from_records(records, founder_kinship={("A", "B"): 0.0, ("A", "A"): 0.5}).plain
    assert not Pedigree.from_records(records, founder_kinship={("A", "B"): 0.25}).plain
    assert not Pedigree.from_records([*records, Record("Y", "A", "B", twin_of="X")]).plain
    assert not litter(None).plain


def test_kinship_matrix__of_a_litter_is_the_mean_over_candidates_of_different_generations() -> None:
    line = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "3", "2"), Record("5", "4", "2")]

    def kinship(sire: str | tuple[tuple[str, float], ...]) -> np.ndarray:
        young = [Record(each, sire, "2", litter="spring") for each in "ab"]
        pedigree = Pedigree.from_records([*line, *young])
        rows = pedigree.rows([*"12345", *"ab"])
        return kinship_matrix(pedigree)[np.ix_(rows, rows)]

    expected = (kinship("1") + 3 * kinship("5")) / 4
    assert kinship((("1", 0.25), ("5", 0.75))) == pytest.approx(expected, abs=1e-15)
