from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    UNKNOWN,
    WILD,
    Pedigree,
    Record,
    founder_genome_equivalents,
    gene_diversity,
    inbreeding,
    kinship_matrix,
    mean_kinship,
    population_mean_kinship,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees
from tests.pedigree.twin import Twin

T1 = np.array(
    [
        [4, 0, 2, 2, 0, 1, 1],
        [0, 4, 2, 2, 0, 1, 1],
        [2, 2, 4, 2, 0, 1, 1],
        [2, 2, 2, 4, 0, 2, 2],
        [0, 0, 0, 0, 4, 2, 2],
        [1, 1, 1, 2, 2, 4, 2],
        [1, 1, 1, 2, 2, 2, 4],
    ]
)


def test_kinship_matrix__is_t1_of_lacy() -> None:
    pedigree = lacy.t1()
    rows = pedigree.rows("ABCDEFG")
    assert np.array_equal(kinship_matrix(pedigree)[np.ix_(rows, rows)] * 8, T1)


def test_kinship_matrix__is_t3_with_two_possible_sires() -> None:
    pedigree = lacy.t3()
    kinship = kinship_matrix(pedigree)[pedigree.row("H"), pedigree.rows("ABCDEFGH")]
    assert (kinship * 32).tolist() == [5, 5, 7, 8, 6, 9, 11, 19]
    assert inbreeding(pedigree)[pedigree.row("H")] == 3 / 16
    assert mean_kinship(kinship_matrix(pedigree), pedigree.mask("CDFGH"))[pedigree.row("H")] == 27 / 80


def test_kinship_matrix__is_t4_with_an_unknown_sire_as_founder() -> None:
    pedigree = lacy.t4()
    kinship = kinship_matrix(pedigree)
    assert (kinship[pedigree.row("J"), pedigree.rows("ABCDEFGJ")] * 16).tolist() == [1, 1, 1, 2, 2, 2, 4, 8]
    living = pedigree.mask("CDFGJ")
    assert population_mean_kinship(kinship, living) == 49 / 200
    assert gene_diversity(kinship, living) == 0.755


def test_mean_kinship__is_t1_of_lacy() -> None:
    pedigree = lacy.t1()
    kinship, living = kinship_matrix(pedigree), pedigree.mask(lacy.LIVING)
    means = mean_kinship(kinship, living)[pedigree.rows(lacy.LIVING)]
    assert means.tolist() == [1 / 4, 5 / 16, 9 / 32, 9 / 32]
    assert population_mean_kinship(kinship, living) == 9 / 32
    assert gene_diversity(kinship, living) == 0.71875
    assert founder_genome_equivalents(kinship, living) == 16 / 9


def test_mean_kinship__of_all_seven_of_lacy() -> None:
    kinship = kinship_matrix(lacy.t1())
    everyone = np.full(7, True)
    assert population_mean_kinship(kinship, everyone) == pytest.approx(10 / 49, abs=1e-15)
    assert founder_genome_equivalents(kinship, everyone) == pytest.approx(2.45, abs=1e-15)


def test_mean_kinship__is_nan_when_nobody_is_living() -> None:
    kinship, nobody = np.array([[0.5]]), np.array([False])
    assert np.isnan(mean_kinship(kinship, nobody)).all()
    assert np.isnan(gene_diversity(kinship, nobody))
    assert np.isnan(founder_genome_equivalents(kinship, nobody))


@given(pedigrees())
def test_kinship_matrix__equals_the_textbook_recursion(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    kinship = kinship_matrix(pedigree)
    for i, one in enumerate(pedigree.ids):
        for j, other in enumerate(pedigree.ids):
            assert Fraction(float(kinship[i, j])) == twin.kinship(one, other)


@given(pedigrees())
def test_inbreeding__equals_the_textbook_recursion(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    assert [Fraction(float(F)) for F in inbreeding(pedigree)] == [
        twin.inbreeding(each) for each in pedigree.ids
    ]


@given(pedigrees(), st.data())
def test_mean_kinship__equals_the_textbook_mean(records: list[Record], data: st.DataObject) -> None:
    pedigree, twin, living = Pedigree.from_records(records), Twin(records), data.draw(chosen(records))
    found = mean_kinship(kinship_matrix(pedigree), pedigree.mask(living))
    for animal, value in zip(pedigree.ids, found, strict=True):
        expected = sum(twin.kinship(animal, other) for other in living) / len(living)
        assert value == pytest.approx(float(expected), abs=1e-15)


@given(pedigrees(most=25))
def test_kinship_matrix__is_symmetric_and_positive_semidefinite(records: list[Record]) -> None:
    kinship = kinship_matrix(Pedigree.from_records(records))
    assert np.array_equal(kinship, kinship.T)
    assert np.linalg.eigvalsh(kinship).min() > -1e-12


@given(pedigrees(most=25))
def test_kinship_matrix__keeps_its_bounds(records: list[Record]) -> None:
    kinship = kinship_matrix(Pedigree.from_records(records))
    diagonal = kinship.diagonal()
    assert kinship.min() >= 0
    assert diagonal.min() >= 0.5
    assert diagonal.max() < 1
    assert (kinship <= np.sqrt(np.outer(diagonal, diagonal)) + 1e-12).all()


@given(pedigrees(most=25), st.randoms(use_true_random=False))
def test_kinship_matrix__is_bit_equal_in_any_order_of_rows(records: list[Record], random) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    one, other = Pedigree.from_records(records), Pedigree.from_records(shuffled)
    assert np.array_equal(kinship_matrix(one), kinship_matrix(other))


@given(pedigrees(most=25))
def test_kinship_matrix__is_bit_equal_under_other_names(records: list[Record]) -> None:
    renamed = Pedigree.from_records([_renamed(record) for record in records])
    pedigree = Pedigree.from_records(records)
    rows = renamed.rows(_name(animal) for animal in pedigree.ids)
    assert np.array_equal(kinship_matrix(renamed)[np.ix_(rows, rows)], kinship_matrix(pedigree))


def _name(animal: str) -> str:
    return f"{(int(animal) * 7919) % 101:03}-{animal}"


def _renamed(record: Record) -> Record:
    parents = []
    for parent in (record.sire, record.dam):
        if isinstance(parent, tuple):
            parents.append(tuple((_name(who) if isinstance(who, str) else who, p) for who, p in parent))
        else:
            parents.append(_name(parent) if isinstance(parent, str) else parent)
    return Record(_name(record.id), *parents, record.sex)


@given(pedigrees(most=25))
def test_inbreeding__of_a_child_is_the_kinship_of_its_parents(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    kinship, found = kinship_matrix(pedigree), inbreeding(pedigree)
    assert np.array_equal(2 * kinship.diagonal() - 1, found)
    for row in np.flatnonzero((pedigree.sire >= 0) & (pedigree.dam >= 0)):
        assert found[row] == kinship[pedigree.sire[row], pedigree.dam[row]]


@given(pedigrees())
def test_kinship_matrix__takes_an_unknown_parent_as_a_fresh_founder(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    rows, filled = len(pedigree), []
    for record in records:
        parents = [
            f"{role}-{record.id}" if code in (WILD, UNKNOWN) else code for role, code in _coded(record)
        ]
        filled += [Record(name) for name in parents if isinstance(name, str) and "-" in name]
        filled.append(Record(record.id, *parents))
    full = Pedigree.from_records(filled)
    among = full.rows(pedigree.ids)
    assert np.array_equal(kinship_matrix(full)[np.ix_(among, among)], kinship_matrix(pedigree))
    assert rows == len(records)


def _coded(record: Record) -> list[tuple[str, object]]:
    return [("sire", record.sire), ("dam", record.dam)]


@given(pedigrees())
def test_kinship_matrix__of_the_others_is_unchanged_by_a_leaf(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    grown = Pedigree.from_records([*records, Record("leaf", records[0].id, UNKNOWN)])
    rows = grown.rows(pedigree.ids)
    assert np.array_equal(kinship_matrix(grown)[np.ix_(rows, rows)], kinship_matrix(pedigree))


def test_inbreeding__of_sixty_generations_of_full_sibs() -> None:
    records = [Record("s0", WILD, WILD), Record("d0", WILD, WILD)]
    for i in range(1, 61):
        records += [Record(f"s{i}", f"s{i - 1}", f"d{i - 1}"), Record(f"d{i}", f"s{i - 1}", f"d{i - 1}")]
    pedigree = Pedigree.from_records(records)
    found = inbreeding(pedigree)[pedigree.rows(f"s{i}" for i in range(61))]
    expected = [0.0, 0.0]
    for _ in range(59):
        expected.append((1 + 2 * expected[-1] + expected[-2]) / 4)
    assert found.tolist() == pytest.approx(expected, abs=1e-15)
    assert 0.99999 < found[-1] < 1


def test_inbreeding__survives_a_chain_of_2_000_generations() -> None:
    records = [Record(f"{i:04}", sire=f"{i - 1:04}" if i else WILD) for i in range(2000)]
    assert not inbreeding(Pedigree.from_records(records)).any()


def test_inbreeding__of_a_half_known_dam() -> None:
    records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1"), Record("5", "3", "4")]
    assert inbreeding(Pedigree.from_records(records)).tolist() == [0, 0, 0, 0, 0.125]


def test_inbreeding__by_selfing_where_it_is_allowed() -> None:
    records = [Record("1"), Record("2", "1", "1"), Record("3", "2", "2")]
    assert inbreeding(Pedigree.from_records(records, allow_selfing=True)).tolist() == [0, 0.5, 0.75]
