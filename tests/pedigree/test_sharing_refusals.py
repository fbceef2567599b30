"""What twins and related founders cannot be, and what a pedigree keeps of them."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    MALE,
    WILD,
    FounderKinshipError,
    FounderKinshipsError,
    Pedigree,
    Record,
    TwinError,
    find_refusals,
)
from tests.pedigree.strategies import SharedBook, shared_books

FOUNDERS = (Record("A"), Record("B"), Record("C"), Record("D", twin_of="C"))
X = Record("X", "A", "B", MALE, litter="one")


@pytest.mark.parametrize(
    ("twin", "fact"),
    [
        (Record("Y", "A", "B", MALE, "Z", "one"), "Z has no row. Add a row for Z,"),
        (Record("Y", "A", "B", MALE, "Y", "one"), "these are one animal. Name another animal,"),
        (
            Record("Y", "C", "B", MALE, "X", "one"),
            "they do not have the same sire. Give both the same sire,",
        ),
        (
            Record("Y", "A", (("B", 0.5), ("C", 0.5)), MALE, "X", "one"),
            "they do not have the same dam. Give both the same dam,",
        ),
        (
            Record("Y", "A", "B", FEMALE, "X", "one"),
            "they do not have the same sex. Give both the same sex,",
        ),
        (
            Record("Y", "A", "B", MALE, "X", "two"),
            "they do not have the same litter. Give both the same litter,",
        ),
    ],
)
def test_from_records__refuses_twins_that_cannot_be(twin: Record, fact: str) -> None:
    with pytest.raises(TwinError) as caught:
        Pedigree.from_records([*FOUNDERS, X, twin])
    said = f"Animal Y is said to be the identical twin of {twin.twin_of}, but "
    assert str(caught.value) == f"{said}{fact} or do not call them identical twins."


def test_from_records__takes_twins_whose_candidates_are_in_another_order() -> None:
    one = Record("X", (("A", 0.5), ("B", 0.5)), "C")
    other = Record("Y", (("B", 0.5), ("A", 0.5)), "C", twin_of="X")
    pedigree = Pedigree.from_records([*FOUNDERS, one, other])
    assert pedigree.genome[pedigree.row("Y")] == pedigree.row("X")
    assert len(set(pedigree.draws.values())) == 1


@pytest.mark.parametrize(
    ("given_kinship", "sentence"),
    [
        ({("A", "Z"): 0.1}, "founders A and Z, but Z has no row. Add a row for Z, or leave it out."),
        (
            {("A", "X"): 0.1},
            (
                "founders A and X, but X has parents that are neither wild nor unknown. Give kinships of "
                "founders only; those of others follow from their parents, or leave it out."
            ),
        ),
        ({("A", "B"): 1.5}, "A and B, but 1.5 is no kinship. Give a number from 0 to 1, or leave it out."),
        ({("A", "B"): float("nan")}, "A and B, but nan is no kinship. Give a number from 0 to 1,"),
        ({("A", "B"): -0.1}, "A and B, but -0.1 is no kinship. Give a number from 0 to 1,"),
        (
            {("A", "A"): 0.25},
            (
                "A and A, but 0.25 is no kinship of an animal with itself. Give (1 + F)/2, from 0.5 for an "
                "animal that is not inbred to 1, or leave it out."
            ),
        ),
        (
            {("A", "B"): 0.1, ("B", "A"): 0.2},
            "A and B, but it is given twice, as 0.1 and as 0.2. Give it once, or leave it out.",
        ),
        (
            {("A", "C"): 0.1, ("A", "D"): 0.2},
            (
                "A and D, but 0.2 cannot be true beside what is given for an identical twin. "
                "Give the kinships of one of the twins only, or leave it out."
            ),
        ),
        (
            {("C", "D"): 0.25},
            "C and D, but 0.25 cannot be true beside what is given for an identical twin.",
        ),
    ],
)
def test_from_records__refuses_kinships_that_no_founders_have(given_kinship, sentence: str) -> None:
    records = [*FOUNDERS, X]
    with pytest.raises(FounderKinshipError) as caught:
        Pedigree.from_records(records, founder_kinship=given_kinship)
    assert sentence in str(caught.value)
    assert str(caught.value) in map(str, find_refusals(records, founder_kinship=given_kinship))


def test_from_records__refuses_kinships_that_contradict_each_other_and_names_the_founders() -> None:
    contrary = {("A", "B"): 0.5, ("A", "C"): 0.5, ("B", "C"): 0.0}
    records = [*FOUNDERS, Record("E")]
    with pytest.raises(FounderKinshipsError) as caught:
        Pedigree.from_records(records, founder_kinship=contrary | {("C", "E"): 0.0})
    assert caught.value.animals == ("A", "B", "C")
    assert "cannot all be true" in str(caught.value)
    assert len(find_refusals(records, founder_kinship=contrary)) == 1


def test_from_records__takes_kinships_given_for_either_twin_or_in_either_order() -> None:
    kinships = {("C", "A"): 0.125, ("A", "D"): 0.125, ("A", "C"): 0.125, ("D", "D"): 0.75}
    pedigree = Pedigree.from_records(FOUNDERS, founder_kinship=kinships)
    assert pedigree.related == {(0, 2): 0.125, (2, 2): 0.75}


@given(shared_books(most=20))
def test_find_refusals__is_silent_about_a_possible_book(book: SharedBook) -> None:
    assert find_refusals(book.records, founder_kinship=book.founder_kinship) == ()


@given(shared_books(most=20))
def test_pedigree__of_a_shared_book_survives_pickling(book: SharedBook) -> None:
    pedigree = Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)
    again = pickle.loads(pickle.dumps(pedigree))
    assert (again.ids, again.draws, again.related) == (pedigree.ids, pedigree.draws, pedigree.related)
    assert np.array_equal(again.genome, pedigree.genome)
    assert not again.genome.flags.writeable


@given(shared_books(most=20), st.data())
def test_subset__keeps_twins_draws_and_related_founders(book: SharedBook, data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)
    animals = data.draw(st.lists(st.sampled_from(pedigree.ids), min_size=1, unique=True))
    pruned = pedigree.pruned_to_ancestors(pedigree.mask(animals))
    rows = pedigree.rows(pruned.ids)
    assert np.array_equal(_same(pruned.genome), _same(pedigree.genome[rows]))
    assert pruned.draws.keys() == pruned.candidates.keys()
    for (row, role), draw in pruned.draws.items():
        assert pedigree.draws[int(rows[row]), role] == draw
    expected = {
        tuple(sorted((one, other))): value
        for (one, other), value in _by_genome(pedigree, range(len(pedigree))).items()
        if {one, other} <= set(pedigree.genome[rows].tolist())
    }
    assert _by_genome(pruned, pedigree.genome[rows].tolist()) == expected


def _same(genome: np.ndarray) -> np.ndarray:
    return genome[:, None] == genome


def _by_genome(pedigree: Pedigree, names) -> dict[tuple[int, int], float]:
    return {tuple(sorted((names[one], names[other]))): f for (one, other), f in pedigree.related.items()}


def test_draws__are_shared_by_a_litter_with_the_same_candidates() -> None:
    either, other = (("A", 0.5), (WILD, 0.5)), (("A", 0.25), (WILD, 0.75))
    records = [
        Record("P", either, "B", litter="one"),
        Record("Q", either, "B", litter="one"),
        Record("R", other, "B", litter="one"),
        Record("S", either, "B", litter="two"),
        Record("T", either, "B"),
        Record("U", "A", either, litter="one"),
    ]
    pedigree = Pedigree.from_records([*FOUNDERS, *records], allow_selfing=True)
    drawn = {pedigree.ids[row]: draw for (row, _), draw in pedigree.draws.items()}
    assert drawn["P"] == drawn["Q"]
    assert len(set(drawn.values())) == 5
