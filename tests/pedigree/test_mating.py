import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    MALE,
    UNKNOWN,
    WILD,
    Pedigree,
    Record,
    gene_diversity,
    inbreeding,
    kinship_matrix,
    known_fraction,
    mean_kinship,
    population_mean_kinship,
    rank_pairs,
    what_if_offspring,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees

T2 = {
    ("C", "F"): (0.125, -0.00625),
    ("C", "G"): (0.125, -0.00625),
    ("C", "D"): (0.25, -0.01375),
    ("F", "G"): (0.25, -0.01375),
    ("D", "F"): (0.25, -0.01875),
    ("D", "G"): (0.25, -0.01875),
}


def test_rank_pairs__is_t2_of_lacy() -> None:
    pedigree = lacy.t1()
    living = pedigree.mask(lacy.LIVING)
    table = rank_pairs(pedigree, kinship_matrix(pedigree), living, known_fraction(pedigree))
    pairs = [table.pair(place) for place in range(len(table))]
    assert [(pair.sire, pair.dam) for pair in pairs] == [("C", "F"), ("C", "G"), ("D", "F"), ("D", "G")]
    for pair in pairs:
        f_offspring, delta_gd = T2[pair.sire, pair.dam]
        assert pair.f_offspring == f_offspring
        assert pair.delta_gd == pytest.approx(delta_gd, abs=1e-15)
        assert pair.unknown_ancestry == 0


@pytest.mark.parametrize("pair", T2)
def test_what_if_offspring__is_t2_of_lacy(pair: tuple[str, str]) -> None:
    pedigree = lacy.t1()
    living, rows = pedigree.mask(lacy.LIVING), pedigree.rows(pair)
    what_if = what_if_offspring(kinship_matrix(pedigree), living, rows[0], rows[1])
    assert what_if.mean_kinship_before == 9 / 32
    assert what_if.delta_gd == pytest.approx(T2[pair][1], abs=1e-15)


def _sexed(records: list[Record]) -> tuple[Pedigree, list[str], list[str]]:
    pedigree = Pedigree.from_records(records)
    males = [record.id for record in records if record.sex == MALE]
    females = [record.id for record in records if record.sex == FEMALE]
    return pedigree, males, females


@given(pedigrees(), st.integers(1, 3), st.data())
def test_what_if_offspring__equals_the_pedigree_with_the_litter_born(records, litter: int, data) -> None:
    pedigree, males, females = _sexed(records)
    if not females:
        return
    sire, dam = data.draw(st.sampled_from(males)), data.draw(st.sampled_from(females))
    living, young = data.draw(chosen(records)), [f"young{i}" for i in range(litter)]
    kinship = kinship_matrix(pedigree)
    what_if = what_if_offspring(
        kinship, pedigree.mask(living), pedigree.row(sire), pedigree.row(dam), litter=litter
    )
    born = Pedigree.from_records([*records, *(Record(each, sire, dam) for each in young)])
    after, mask = kinship_matrix(born), born.mask([*living, *young])
    means = mean_kinship(after, mask)
    assert what_if.mean_kinship_after == pytest.approx(population_mean_kinship(after, mask), abs=1e-14)
    assert what_if.offspring_mean_kinship == pytest.approx(means[born.row("young0")], abs=1e-14)
    assert what_if.mean_kinships_after == pytest.approx(means[born.rows(pedigree.ids)], abs=1e-14)
    before = gene_diversity(kinship, pedigree.mask(living))
    assert what_if.delta_gd == pytest.approx(gene_diversity(after, mask) - before, abs=1e-14)


@given(pedigrees(), st.data())
def test_rank_pairs__measures_each_pair_as_if_its_young_were_born(records, data: st.DataObject) -> None:
    pedigree, living = Pedigree.from_records(records), data.draw(chosen(records))
    kinship, mask, known = kinship_matrix(pedigree), pedigree.mask(living), known_fraction(pedigree)
    table = rank_pairs(pedigree, kinship, mask, known)
    for place in range(min(len(table), 4)):
        pair = table.pair(place)
        born = Pedigree.from_records([*records, Record("young", pair.sire, pair.dam)])
        grown = gene_diversity(kinship_matrix(born), born.mask([*living, "young"]))
        assert pair.delta_gd == pytest.approx(grown - gene_diversity(kinship, mask), abs=1e-14)
        assert pair.f_offspring == inbreeding(born)[born.row("young")]
        assert pair.mk_difference == abs(pair.mk_sire - pair.mk_dam)
        assert pair.unknown_ancestry == 1 - known_fraction(born)[born.row("young")]


@given(pedigrees(), st.data())
def test_rank_pairs__orders_by_gain_then_inbreeding_then_ids(records, data: st.DataObject) -> None:
    pedigree, living = Pedigree.from_records(records), data.draw(chosen(records))
    table = rank_pairs(pedigree, kinship_matrix(pedigree), pedigree.mask(living), known_fraction(pedigree))
    pairs = [table.pair(place) for place in range(len(table))]
    keys = [(-round(pair.delta_gd, 11), round(pair.f_offspring, 11), pair.sire, pair.dam) for pair in pairs]
    assert keys == sorted(keys)
    males = [each for each in living if pedigree.sex[pedigree.row(each)] == MALE]
    assert {(pair.sire, pair.dam) for pair in pairs} == {
        (m, f) for m in males for f in living if f not in males
    }


def test_rank_pairs__breaks_ties_of_rounding_by_id() -> None:
    # Three tenths are not exact in binary, so equal gains differ in their last bits.
    founders = [Record(f"m{i}", sex=MALE) for i in range(7)] + [Record(f"f{i}", sex=FEMALE) for i in range(3)]
    pedigree = Pedigree.from_records(founders)
    table = rank_pairs(pedigree, kinship_matrix(pedigree), np.full(10, True), known_fraction(pedigree))
    assert [(table.pair(i).sire, table.pair(i).dam) for i in range(4)] == [
        ("m0", "f0"),
        ("m0", "f1"),
        ("m0", "f2"),
        ("m1", "f0"),
    ]


def test_rank_pairs__takes_a_dead_donor_when_asked() -> None:
    pedigree = Pedigree.from_records(
        [Record("1", sex=MALE), Record("2", sex=FEMALE), Record("3", "1", "2", FEMALE)]
    )
    living, donor = pedigree.mask(["2", "3"]), pedigree.mask(["1"])
    table = rank_pairs(pedigree, kinship_matrix(pedigree), living, known_fraction(pedigree), sires=donor)
    assert [(table.pair(i).sire, table.pair(i).dam) for i in range(len(table))] == [("1", "2"), ("1", "3")]


def test_rank_pairs__of_nobody_is_empty() -> None:
    pedigree = Pedigree.from_records([Record("1", UNKNOWN, UNKNOWN, MALE)])
    assert len(rank_pairs(pedigree, kinship_matrix(pedigree), np.array([True]), np.ones(1))) == 0


def test_what_if_offspring__refuses_a_litter_of_none() -> None:
    with pytest.raises(ValueError, match="A litter of 0 has no young"):
        what_if_offspring(np.eye(2) / 2, np.full(2, True), 0, 1, litter=0)


@pytest.mark.parametrize("missing", [WILD, UNKNOWN, 2])
def test_what_if_offspring__refuses_a_parent_without_a_row(missing: int) -> None:
    with pytest.raises(ValueError, match=f"no animal in row {missing}. Give a row from 0 to 1"):
        what_if_offspring(np.eye(2) / 2, np.full(2, True), 0, missing)


def test_rank_pairs__breaks_ties_of_gain_by_inbreeding_before_ids() -> None:
    pedigree = Pedigree.from_records([Record("A", sex=MALE), *(Record(dam, sex=FEMALE) for dam in "BCD")])
    kinship = np.eye(4) / 2
    pairs = {(0, 1): 0.25, (0, 3): 0.125, (1, 2): 0.1875, (2, 3): 0.375}
    for (one, other), value in pairs.items():
        kinship[one, other] = kinship[other, one] = value
    table = rank_pairs(pedigree, kinship, np.full(4, True), np.ones(4))
    assert len(set(table.delta_gd.tolist())) == 1
    assert [table.pair(place).dam for place in range(3)] == ["C", "D", "B"]
