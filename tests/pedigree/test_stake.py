"""Genes that only a pair carries, against every outcome of every meiosis."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import (
    DropNumberError,
    Pedigree,
    Record,
    RelatedFoundersError,
    UnknownAnimalError,
    carried_genes,
    founder_table,
    gene_drop,
    genes_at_stake,
    genomes_carried,
)
from tests.pedigree import lacy
from tests.pedigree.dropped import _outcomes
from tests.pedigree.strategies import SharedBook, chosen, pedigrees
from tests.pedigree.worlds import Worlds


def _exact(records: list[Record], living: list[str], pair: tuple[str, str], litter: int) -> tuple[dict, dict]:
    """Return what is at stake and saved by founder, one outcome after the other."""
    only: dict[str, float] = {}
    saved: dict[str, float] = {}
    for chance, twin in Worlds(SharedBook(records, {})).worlds:
        outcomes = list(_outcomes(twin))
        for genes, _ in outcomes:
            elsewhere = {gene for animal in living if animal not in pair for gene in genes[animal]}
            for gene in {gene for animal in pair for gene in genes[animal]} - elsewhere:
                weight = float(chance) / len(outcomes)
                missed = np.prod([(1 - genes[animal].count(gene) / 2) ** litter for animal in set(pair)])
                only[gene[0]] = only.get(gene[0], 0.0) + weight
                saved[gene[0]] = saved.get(gene[0], 0.0) + weight * (1 - float(missed))
    return only, saved


def _found(
    records: list[Record], living: list[str], pair: tuple[str, str], litter: int, drops: int
) -> tuple[dict[str, float], dict[str, float], float]:
    pedigree = Pedigree.from_records(records)
    mask = pedigree.mask(living)
    found = genes_at_stake(carried_genes(pedigree, mask, drops=drops, seed=1), *pair, litter=litter)
    labels = founder_table(pedigree, mask).labels(pedigree)
    only, saved = (
        {name: value for name, value in zip(labels, column.tolist(), strict=True) if value}
        for column in (found.only, found.saved)
    )
    return only, saved, found.only_error


@pytest.mark.parametrize("pair", [("C", "F"), ("D", "G"), ("C", "D")])
@pytest.mark.parametrize("litter", [1, 3])
def test_genes_at_stake__of_lacy_are_those_of_every_outcome(pair: tuple[str, str], litter: int) -> None:
    only, saved, error = _found(lacy.RECORDS, list(lacy.LIVING), pair, litter, 20_000)
    exact_only, exact_saved = _exact(lacy.RECORDS, list(lacy.LIVING), pair, litter)
    assert only == pytest.approx(exact_only, abs=0.02)
    assert saved == pytest.approx(exact_saved, abs=0.02)
    assert sum(only.values()) == pytest.approx(sum(exact_only.values()), abs=4 * error)


@settings(max_examples=25, deadline=None)
@given(pedigrees(most=7, uncertain=False), st.data())
def test_genes_at_stake__of_any_pedigree_are_those_of_every_outcome(records: list[Record], data) -> None:
    ids = [record.id for record in records]
    if len(ids) < 2:
        return
    living = data.draw(st.lists(st.sampled_from(ids), min_size=2, unique=True))
    pair = (living[0], living[1])
    only, saved, _ = _found(records, living, pair, 2, 6_000)
    exact_only, exact_saved = _exact(records, living, pair, 2)
    assert only == pytest.approx(exact_only, abs=0.06)
    assert saved == pytest.approx(exact_saved, abs=0.06)


def test_genes_at_stake__of_an_animal_alone_are_its_uniqueness() -> None:
    # Beside a stranger, what only C carries of its own founders is of its two copies twice the share that is unique.
    pedigree = Pedigree.from_records([*lacy.RECORDS, Record("X")])
    living = pedigree.mask([*lacy.LIVING, "X"])
    found = genes_at_stake(carried_genes(pedigree, living, drops=4096, seed=1), "C", "X")
    unique = gene_drop(pedigree, living, drops=4096, seed=1).uniqueness[pedigree.row("C")]
    assert found.only.sum() - 2 == pytest.approx(2 * unique, abs=1e-12)


def test_genes_at_stake__are_none_where_identical_young_carry_all() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    carried = carried_genes(pedigree, pedigree.mask(["1", "2", "3"]), drops=64)
    found = genes_at_stake(carried, "1", "2", litter=40)
    assert found.only.tolist() == [1.0, 1.0]
    assert found.saved == pytest.approx([1.0, 1.0])
    assert found.only_error == 0


def test_genes_at_stake__refuses_strangers_empty_litters_and_related_founders() -> None:
    pedigree = lacy.t1()
    carried = carried_genes(pedigree, pedigree.mask(lacy.LIVING), drops=8)
    with pytest.raises(UnknownAnimalError):
        genes_at_stake(carried, "A", "C")
    with pytest.raises(ValueError, match="at least 1"):
        genes_at_stake(carried, "C", "F", litter=0)
    with pytest.raises(DropNumberError):
        carried_genes(pedigree, pedigree.mask(lacy.LIVING), drops=0)
    related = Pedigree.from_records(lacy.RECORDS, founder_kinship={("A", "B"): 0.1})
    with pytest.raises(RelatedFoundersError):
        carried_genes(related, related.mask(lacy.LIVING))


@given(pedigrees(most=8, uncertain=False), st.data())
def test_genomes_carried__are_the_retention_of_those_animals(
    records: list[Record], data: st.DataObject
) -> None:
    pedigree = Pedigree.from_records(records)
    living = sorted(data.draw(chosen(records)))
    few = living[: 1 + len(living) // 2]
    carried = carried_genes(pedigree, pedigree.mask(living), drops=200, seed=3)
    everyone, (some, error) = genomes_carried(carried, living), genomes_carried(carried, few)
    assert some <= everyone[0]
    assert some == pytest.approx(
        gene_drop(pedigree, pedigree.mask(few), drops=2000).retention.sum(), abs=5 * error + 0.1
    )


def test_genomes_carried__of_lacys_book_are_those_surviving() -> None:
    carried = carried_genes(lacy.t1(), lacy.t1().mask("ACDFG"), drops=20_000, seed=1)
    without, error = genomes_carried(carried, lacy.LIVING)
    assert without == pytest.approx(2.25, abs=4 * error)
    # With A banked all of A is there, and of B and E what the living carry.
    assert genomes_carried(carried, "ACDFG")[0] == pytest.approx(2.5, abs=4 * error)


def test_genomes_carried__refuses_who_was_left_out() -> None:
    carried = carried_genes(lacy.t1(), lacy.t1().mask("CD"), drops=1)
    with pytest.raises(UnknownAnimalError):
        genomes_carried(carried, "A")
