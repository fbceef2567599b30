import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from pedigree import (
    UNKNOWN,
    WILD,
    Pedigree,
    Record,
    UnknownAnimalError,
    ancestors,
    certain_fraction,
    descendants,
    generations,
    known_fraction,
    pedigree_graph,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import pedigrees
from tests.pedigree.twin import Twin


def _ids(pedigree: Pedigree, mask) -> set[str]:
    return {pedigree.ids[row] for row in np.flatnonzero(mask)}


@given(pedigrees())
def test_ancestors__are_those_of_the_graph(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    graph = pedigree_graph(pedigree)
    for animal in pedigree.ids:
        assert _ids(pedigree, ancestors(pedigree, animal)) == nx.ancestors(graph, animal)


@given(pedigrees())
def test_descendants__are_those_of_the_graph(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    graph = pedigree_graph(pedigree)
    for animal in pedigree.ids:
        assert _ids(pedigree, descendants(pedigree, animal)) == nx.descendants(graph, animal)


@given(pedigrees())
def test_generations__are_one_below_the_later_parent(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    found = generations(pedigree)
    for row in range(len(pedigree)):
        assert found[row] == max((found[parent] + 1 for parent, _ in pedigree.parents(row)), default=0)


def test_known_fraction__weighs_candidates() -> None:
    records = [Record("1", WILD, WILD), Record("2"), Record("3", (("1", 0.25), ("2", 0.75)), WILD)]
    assert known_fraction(Pedigree.from_records(records)).tolist() == [1, 0, 0.625]


@given(pedigrees())
def test_certain_fraction__equals_the_textbook_recursion(records: list[Record]) -> None:
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    assert certain_fraction(pedigree).tolist() == [float(twin.certain(animal)) for animal in pedigree.ids]


@given(pedigrees(most=25))
def test_certain_fraction__is_never_more_than_what_is_known(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    assert (certain_fraction(pedigree) <= known_fraction(pedigree)).all()


def test_certain_fraction__of_a_child_of_several_is_that_of_the_other_side() -> None:
    pedigree = lacy.t3()
    assert certain_fraction(pedigree)[pedigree.row("H")] == 0.5
    assert known_fraction(pedigree)[pedigree.row("H")] == 1
    assert certain_fraction(lacy.t4())[-1] == 0.5


@given(pedigrees(most=25))
def test_fractions__are_bit_equal_with_sexes_flipped(records: list[Record]) -> None:
    flipped = [Record(record.id, record.dam, record.sire) for record in records]
    for fraction in (known_fraction, certain_fraction):
        one, other = (fraction(Pedigree.from_records(each)) for each in (records, flipped))
        assert np.array_equal(one, other)


def test_known_fraction__is_bit_equal_whatever_the_candidates_are_called() -> None:
    shares = (0.1, 0.2, 0.7)
    found = set()
    for names in ("abc", "cab", "bca", "acb"):
        mixed = [
            Record(name, ((WILD, share), (UNKNOWN, 1 - share)))
            for name, share in zip(names, shares, strict=True)
        ]
        pedigree = Pedigree.from_records([*mixed, Record("x", tuple(zip(names, shares, strict=True)))])
        found.add(float(known_fraction(pedigree)[-1]))
    assert len(found) == 1


def test_known_fraction__survives_a_chain_of_5_000_generations() -> None:
    records = [Record(f"{i:04}", f"{i - 1:04}" if i else WILD, WILD) for i in range(5000)]
    pedigree = Pedigree.from_records(records)
    assert known_fraction(pedigree)[-1] == 1
    assert generations(pedigree)[-1] == 4999
    assert ancestors(pedigree, "4999").sum() == 4999
    assert descendants(pedigree, "0000").sum() == 4999


def test_pedigree_graph__holds_shares_of_genomes() -> None:
    graph = pedigree_graph(lacy.t3())
    assert graph.edges["C", "H"]["share"] == 0.25
    assert graph.edges["G", "H"]["share"] == 0.5
    assert graph.nodes["H"]["generation"] == 3


def test_ancestors__refuses_an_animal_that_is_not_there() -> None:
    with pytest.raises(UnknownAnimalError):
        ancestors(Pedigree.from_records([Record("1", UNKNOWN)]), "2")
