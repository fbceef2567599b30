import pickle
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    UNKNOWN,
    WILD,
    DropNumberError,
    GeneDrop,
    Pedigree,
    Record,
    RelatedFoundersError,
    TooManyMeiosesError,
    exact_gene_drop,
    founder_table,
    founding,
    gene_drop,
    known_fraction,
)
from tests.pedigree import lacy
from tests.pedigree.dropped import Dropped
from tests.pedigree.strategies import SharedBook, chosen, pedigrees, shared_books

EXACT = {"C": 0.5, "D": 0.125, "F": 0.25, "G": 0.25}
"""Genome uniqueness in Lacy's pedigree, by hand."""
ESTIMATES = ("retention", "lost", "uniqueness", "uniqueness_descendants")


def _by_founder(pedigree: Pedigree, living: np.ndarray, values: np.ndarray) -> dict[str, float]:
    return dict(zip(founder_table(pedigree, living).labels(pedigree), values.tolist(), strict=True))


def _assert_within(found: GeneDrop, exact: GeneDrop, errors: float) -> None:
    for name in ESTIMATES:
        off = np.abs(getattr(found, name) - getattr(exact, name))
        # What happens in no drop may still happen in one of very many.
        allowed = errors * getattr(found, f"{name}_error") + 10 / found.drops
        assert (off <= allowed)[~np.isnan(off)].all(), name


def test_exact_gene_drop__is_t1_of_lacy() -> None:
    pedigree = lacy.t1()
    found = exact_gene_drop(pedigree, pedigree.mask(lacy.LIVING))
    assert found.retention.tolist() == [0.75, 0.75, 0.75]
    assert found.lost.tolist() == [0, 0, 0]
    assert found.uniqueness[pedigree.rows(EXACT)].tolist() == list(EXACT.values())
    assert np.isnan(found.uniqueness[pedigree.rows("ABE")]).all()
    assert (found.drops, found.seed, found.surviving_error) == (256, None, 0)


def test_gene_drop__comes_within_4_errors_of_t1() -> None:
    pedigree = lacy.t1()
    living = pedigree.mask(lacy.LIVING)
    found = gene_drop(pedigree, living, drops=10_000, seed=1)
    exact = exact_gene_drop(pedigree, living)
    assert (np.abs(found.retention - exact.retention) < 4 * found.retention_error).all()
    assert (np.abs(found.uniqueness - exact.uniqueness) < 4 * found.uniqueness_error)[
        pedigree.rows(EXACT)
    ].all()
    assert found.retention_error == pytest.approx(0.0025, rel=0.01)


def _same(found: np.ndarray, pedigree: Pedigree, expected: Mapping[str, object]) -> bool:
    values = {animal: found[pedigree.row(animal)] for animal in expected}
    return values == {animal: float(value) for animal, value in expected.items()}


@settings(max_examples=60)
@given(records=pedigrees(most=6, uncertain=False), data=st.data())
def test_exact_gene_drop__equals_every_outcome_listed(records: list[Record], data: st.DataObject) -> None:
    names = data.draw(chosen(records))
    pedigree, twin = Pedigree.from_records(records), Dropped(records, names)
    living = pedigree.mask(names)
    found = exact_gene_drop(pedigree, living)
    for name, values in (("retention", found.retention), ("lost", found.lost)):
        expected = getattr(twin, name)
        assert _by_founder(pedigree, living, values) == {who: float(part) for who, part in expected.items()}
    assert _same(found.uniqueness, pedigree, twin.uniqueness)
    assert _same(found.uniqueness_descendants, pedigree, twin.uniqueness_descendants)
    assert np.isnan(found.uniqueness[~living]).all()


def _shared(book: SharedBook, names: list[str]) -> tuple[Pedigree, np.ndarray, Dropped]:
    pedigree = Pedigree.from_records(book.records)
    return pedigree, pedigree.mask(names), Dropped(book.records, names)


@settings(max_examples=60)
@given(book=shared_books(most=5), data=st.data())
def test_exact_gene_drop__equals_every_outcome_of_litters_and_twins(
    book: SharedBook, data: st.DataObject
) -> None:
    names = data.draw(chosen(book.records))
    pedigree, living, twin = _shared(book, names)
    found = exact_gene_drop(pedigree, living)
    assert _same(found.uniqueness, pedigree, twin.uniqueness)
    assert _same(found.uniqueness_descendants, pedigree, twin.uniqueness_descendants)
    assert found.retention.sum() == float(sum(twin.retention.values()))
    for label, retention in _by_founder(pedigree, living, found.retention).items():
        if label in twin.retention and " " not in label:
            assert retention == float(twin.retention[label])


@settings(max_examples=25)
@given(book=shared_books(most=6), data=st.data())
def test_gene_drop__comes_within_errors_of_exact(book: SharedBook, data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(book.records)
    living = pedigree.mask(data.draw(chosen(book.records)))
    seed = data.draw(st.integers(0, 3))
    # Many numbers of many pedigrees are looked at, so that 4 errors would be passed by chance alone.
    _assert_within(gene_drop(pedigree, living, drops=2000, seed=seed), exact_gene_drop(pedigree, living), 6)


@given(records=pedigrees(most=9), data=st.data())
def test_gene_drop__of_wild_genes_keeps_within_what_is_known(
    records: list[Record], data: st.DataObject
) -> None:
    pedigree = Pedigree.from_records(records)
    living = pedigree.mask(data.draw(chosen(records)))
    found = gene_drop(pedigree, living, drops=100, unknown_as_founders=False)
    table = founder_table(pedigree, living, unknown_as_founders=False)
    assert len(found.retention) == len(table)
    if table.represented.any():
        assert found.lost[~table.represented].tolist() == [1.0] * int((~table.represented).sum())
    unknown = living & (known_fraction(pedigree) == 0)
    assert np.isnan(found.uniqueness[unknown]).all()


def test_gene_drop__of_wild_genes_leaves_unknown_ones_out() -> None:
    pedigree = Pedigree.from_records([Record("1", WILD, WILD), Record("2", "1", UNKNOWN)])
    found = exact_gene_drop(pedigree, pedigree.mask(["2"]), unknown_as_founders=False)
    assert found.retention.tolist() == [0.5]
    assert found.uniqueness[1] == 1.0


def test_gene_drop__of_wild_genes_finds_no_more_unique_than_there_are() -> None:
    young = [Record("2", "1", UNKNOWN), Record("3", "2", UNKNOWN)]
    pedigree = Pedigree.from_records([Record("1", WILD, WILD), *young])
    drops = (
        gene_drop(pedigree, pedigree.mask("3"), drops=10, seed=seed, unknown_as_founders=False)
        for seed in range(8)
    )
    assert max(drop.uniqueness[2] for drop in drops) == 1.0


def test_gene_drop__can_be_kept_in_a_cache() -> None:
    pedigree = lacy.t1()
    found = gene_drop(pedigree, pedigree.mask(lacy.LIVING), drops=10)
    again = pickle.loads(pickle.dumps(found))
    assert again.retention.tolist() == found.retention.tolist()
    assert again.seed == 0


def test_gene_drop__retains_at_most_half_of_a_parent_without_a_row() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2", "1"), Record("3", "1")])
    found = exact_gene_drop(pedigree, pedigree.mask(["2", "3"]))
    assert found.retention.tolist() == [0.75, 0.5, 0.5]


def test_gene_drop__of_an_uncertain_sire_weighs_his_chance() -> None:
    cub = Record("3", (("1", 0.75), (WILD, 0.25)), "2")
    pedigree = Pedigree.from_records([Record("1"), Record("2", sex=FEMALE), cub])
    found = exact_gene_drop(pedigree, pedigree.mask(["3"]))
    assert _by_founder(pedigree, pedigree.mask(["3"]), found.retention) == {
        "1": 0.375,
        "2": 0.5,
        "sire of 3": 0.125,
    }
    assert found.lost.tolist() == [0.25, 0.0, 0.75]


def test_gene_drop__gives_litter_mates_one_drawn_sire() -> None:
    sires = (("1", 0.5), ("2", 0.5))
    animals = [Record("1"), Record("2"), Record("3", sex=FEMALE)]
    tied = [Record(i, sires, "3", litter="a") for i in "45"]
    pedigree = Pedigree.from_records([*animals, *tied])
    # The one sire keeps 3/4 of his genes in two cubs, the other none.
    living = pedigree.mask(["4", "5"])
    assert exact_gene_drop(pedigree, living).retention.tolist() == [0.375, 0.375, 0.75]
    assert exact_gene_drop(pedigree, living).lost.tolist() == [0.5, 0.5, 0.0]


def test_gene_drop__finds_no_gene_of_a_twin_unique() -> None:
    family = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "2", twin_of="3")]
    pedigree = Pedigree.from_records(family)
    found = exact_gene_drop(pedigree, pedigree.mask(["3", "4"]))
    assert found.uniqueness[2:].tolist() == [0.0, 0.0]
    assert found.retention.tolist() == [0.5, 0.5]


def test_gene_drop__looks_past_living_founders_among_descendants() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    found = exact_gene_drop(pedigree, np.full(3, True))
    assert found.uniqueness.tolist() == [0.5, 0.5, 0.0]
    assert found.uniqueness_descendants.tolist() == [0.5, 0.5, 1.0]


def test_gene_drop__counts_two_copies_in_one_animal_as_unique() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2", "1", "1")], allow_selfing=True)
    assert exact_gene_drop(pedigree, pedigree.mask(["2"])).uniqueness[1] == 1.0


def test_gene_drop__of_nobody_loses_everything() -> None:
    pedigree = lacy.t1()
    found = gene_drop(pedigree, np.zeros(7, dtype=bool), drops=10)
    assert (found.retention.tolist(), found.lost.tolist()) == ([0.0] * 3, [1.0] * 3)
    assert np.isnan(found.uniqueness).all()


def test_gene_drop__of_founders_alone_loses_nothing() -> None:
    pedigree = lacy.t1()
    found = gene_drop(pedigree, founding(pedigree), drops=10)
    assert found.retention.tolist() == [1.0] * 3
    assert found.surviving_error == 0


def test_gene_drop__depends_on_the_seed_alone() -> None:
    pedigree = lacy.t3()
    living = pedigree.mask([*lacy.LIVING, "H"])
    one, again, other = (gene_drop(pedigree, living, drops=3000, seed=seed) for seed in (5, 5, 6))
    assert all(np.array_equal(getattr(one, n), getattr(again, n), equal_nan=True) for n in ESTIMATES)
    assert not np.array_equal(one.retention, other.retention)


def test_gene_drop__has_no_error_after_one_drop() -> None:
    pedigree = lacy.t1()
    found = gene_drop(pedigree, pedigree.mask(lacy.LIVING), drops=1)
    assert np.isnan(found.retention_error).all()
    assert set(found.retention) <= {0.5, 1.0}


def test_gene_drop__refuses_related_founders() -> None:
    related = {("A", "B"): 0.25, ("E", "E"): 0.75}
    pedigree = Pedigree.from_records(lacy.RECORDS, founder_kinship=related)
    with pytest.raises(RelatedFoundersError, match="Founders A and B are related, and a gene drop must know"):
        gene_drop(pedigree, pedigree.mask(["C"]), drops=1)
    with pytest.raises(RelatedFoundersError, match="Founder E is inbred"):
        gene_drop(pedigree, pedigree.mask(["E"]), drops=1)
    assert gene_drop(pedigree, pedigree.mask(["A"]), drops=1).retention[0] == 1


@pytest.mark.parametrize(
    ("drops", "seed"), [(0, 0), (10, -1), (-3, 0), (10.0, 0), (2.5, 0), (10, 0.5), ("10", 0), (10, None)]
)
def test_gene_drop__refuses_impossible_numbers(drops: Any, seed: Any) -> None:
    pedigree = lacy.t1()
    with pytest.raises(
        DropNumberError, match=f"with {drops!r} drops and the seed {seed!r}. Ask for at least"
    ):
        gene_drop(pedigree, pedigree.mask(lacy.LIVING), drops=drops, seed=seed)


def test_exact_gene_drop__refuses_what_is_too_much_to_list() -> None:
    line = [Record("0"), *(Record(str(i), str(i - 1)) for i in range(1, 22))]
    pedigree = Pedigree.from_records(line)
    with pytest.raises(TooManyMeiosesError, match=r"2\^21 outcomes, more than the 2\^20"):
        exact_gene_drop(pedigree, pedigree.mask(["21"]))


def test_gene_drop__follows_a_chain_of_5000_generations() -> None:
    line = [Record("0"), *(Record(str(i), str(i - 1)) for i in range(1, 5001))]
    pedigree = Pedigree.from_records(line)
    found = gene_drop(pedigree, pedigree.mask(["5000"]), drops=64)
    assert found.retention.sum() == 1.0
    assert found.uniqueness[-1] == 1.0
