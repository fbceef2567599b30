import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    UNKNOWN,
    WILD,
    Pedigree,
    Record,
    inbreeding,
    kinship_matrix,
    known_fraction,
    known_gene_diversity,
    known_inbreeding,
    known_kinship,
    known_mean_kinship,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees
from tests.pedigree.twin import Twin


def test_known_kinship__is_t4_of_lacy() -> None:
    pedigree = lacy.t4()
    known = known_fraction(pedigree)
    kinship = known_kinship(pedigree, known)
    assert known[pedigree.row("J")] == 0.5
    assert (kinship[pedigree.row("J"), pedigree.rows("ABCDEFGJ")] * 8).tolist() == [1, 1, 1, 2, 2, 2, 4, 8]
    diversity = known_gene_diversity(kinship, known, pedigree.mask("CDFGJ"))
    assert diversity == pytest.approx(1 - 47 / 162, abs=1e-15)
    assert np.isnan(known_inbreeding(pedigree, known)[pedigree.row("J")])


@given(pedigrees())
def test_known_fraction__equals_the_textbook_recursion(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    assert known_fraction(pedigree).tolist() == [float(twin.known(animal)) for animal in pedigree.ids]


@given(pedigrees())
def test_known_kinship__equals_the_textbook_recursion(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    kinship = known_kinship(pedigree, known_fraction(pedigree))
    for i, one in enumerate(pedigree.ids):
        for j, other in enumerate(pedigree.ids):
            if twin.known(one) and twin.known(other):
                assert kinship[i, j] == pytest.approx(float(twin.known_kinship(one, other)), abs=1e-14)
            else:
                assert np.isnan(kinship[i, j])


@given(pedigrees(), st.data())
def test_known_mean_kinship__equals_the_textbook_mean(records: list[Record], data: st.DataObject) -> None:
    pedigree, twin, living = Pedigree.from_records(records), Twin(records), data.draw(chosen(records))
    known, mask = known_fraction(pedigree), pedigree.mask(living)
    kinship = known_kinship(pedigree, known)
    total = sum(twin.known(animal) for animal in living)
    found = known_mean_kinship(kinship, known, mask)
    if total == 0:
        assert np.isnan(found).all()
        assert np.isnan(known_gene_diversity(kinship, known, mask))
        return
    means = {
        one: sum(twin.known(each) * twin.known_kinship(one, each) for each in living) / total
        for one in pedigree.ids
    }
    for animal, value in zip(pedigree.ids, found, strict=True):
        assert (
            np.isnan(value)
            if twin.known(animal) == 0
            else value == pytest.approx(float(means[animal]), abs=1e-14)
        )
    mean = sum(twin.known(animal) * means[animal] for animal in living) / total
    assert known_gene_diversity(kinship, known, mask) == pytest.approx(float(1 - mean), abs=1e-14)


@given(pedigrees())
def test_known_inbreeding__is_the_known_kinship_of_the_parents(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    found = known_inbreeding(pedigree, known_fraction(pedigree))
    for animal, value in zip(pedigree.ids, found, strict=True):
        both = twin.role_known(animal, "sire") * twin.role_known(animal, "dam")
        if both == 0:
            assert np.isnan(value)
        else:
            alike = twin.between_parents(
                animal, lambda s, d: twin.known(s) * twin.known(d) * twin.known_kinship(s, d)
            )
            assert value == pytest.approx(float(alike / both), abs=1e-14)


@given(pedigrees(uncertain=False))
def test_known_kinship__is_the_kinship_where_everything_is_known(records: list[Record]) -> None:
    wild = [Record(r.id, *(WILD if p == UNKNOWN else p for p in (r.sire, r.dam)), r.sex) for r in records]
    pedigree = Pedigree.from_records(wild)
    known = known_fraction(pedigree)
    assert (known == 1).all()
    assert np.array_equal(known_kinship(pedigree, known), kinship_matrix(pedigree))
    assert np.array_equal(known_inbreeding(pedigree, known), inbreeding(pedigree))


def test_known_kinship__is_the_kinship_to_the_last_bit_after_sixty_generations() -> None:
    records = [Record("s0", WILD, WILD), Record("d0", WILD, WILD)]
    for i in range(1, 61):
        records += [Record(f"s{i}", f"s{i - 1}", f"d{i - 1}"), Record(f"d{i}", f"s{i - 1}", f"d{i - 1}")]
    pedigree = Pedigree.from_records(records)
    assert np.array_equal(known_kinship(pedigree, known_fraction(pedigree)), kinship_matrix(pedigree))


def test_known_mean_kinship__is_nan_where_nothing_is_known() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2", WILD)])
    known = known_fraction(pedigree)
    found = known_mean_kinship(known_kinship(pedigree, known), known, np.array([True, True]))
    assert np.isnan(found[0])
    assert found[1] == 1


def test_known_inbreeding__looks_at_a_dam_in_the_first_row_too() -> None:
    founders = [Record(each, WILD, WILD) for each in "12"]
    pedigree = Pedigree.from_records([*founders, Record("3", "2", "1"), Record("4", "3", "1")])
    assert known_inbreeding(pedigree, known_fraction(pedigree)).tolist() == [0, 0, 0, 0.25]


def test_known_mean_kinship__of_nobody_known_is_nan() -> None:
    kinship, living = np.full((2, 2), np.nan), np.array([True, False])
    assert np.isnan(known_mean_kinship(kinship, np.zeros(2), living)).all()
    assert np.isnan(known_gene_diversity(kinship, np.zeros(2), living))
