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
    descendants,
    generations,
    known_fraction,
    pedigree_graph,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import pedigrees


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
