from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    WILD,
    Pedigree,
    Record,
    UnknownAnimalError,
    common_ancestors,
    inbreeding,
    inbreeding_paths,
    kinship_matrix,
    own_inbreeding_paths,
    pedigree_graph,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import SharedBook, pedigrees, shared_books


@given(pedigrees(), st.data())
def test_inbreeding_paths__shares_add_up_to_the_kinship_of_the_pair(records, data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(records)
    sire, dam = data.draw(st.sampled_from(pedigree.ids)), data.draw(st.sampled_from(pedigree.ids))
    explained = inbreeding_paths(pedigree, sire, dam, inbreeding(pedigree))
    kinship = kinship_matrix(pedigree)[pedigree.row(sire), pedigree.row(dam)]
    assert explained.f_offspring == pytest.approx(kinship, abs=1e-14)
    assert sum(each.share for each in explained.ancestors) == explained.f_offspring
    assert {each.animal for each in explained.ancestors} <= set(common_ancestors(pedigree, sire, dam))


@given(pedigrees())
def test_own_inbreeding_paths__add_up_to_every_animals_inbreeding(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    found = inbreeding(pedigree)
    for animal, expected in zip(pedigree.ids, found, strict=True):
        explained = own_inbreeding_paths(pedigree, animal, found, most_paths=10_000)
        assert explained.f_offspring == pytest.approx(expected, abs=1e-14)
        assert explained.listed_count == explained.path_count


@given(pedigrees(), st.data())
def test_inbreeding_paths__lists_wrights_paths_and_no_others(records, data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(records)
    sire, dam = data.draw(st.sampled_from(pedigree.ids)), data.draw(st.sampled_from(pedigree.ids))
    found = inbreeding(pedigree)
    explained = inbreeding_paths(pedigree, sire, dam, found, most_paths=10_000)
    listed = {
        (path.sire_side, path.dam_side): path.share for each in explained.ancestors for path in each.paths
    }
    expected = _wright(pedigree, sire, dam, found)
    assert listed.keys() == expected.keys()
    assert [listed[each] for each in expected] == pytest.approx(list(expected.values()), abs=1e-14)


def _wright(
    pedigree: Pedigree, sire: str, dam: str, found
) -> dict[tuple[tuple[str, ...], tuple[str, ...]], float]:
    """Every pair of lines up to one animal that share nothing but it, by trying them all."""
    graph = pedigree_graph(pedigree)
    paths = {}
    for one in _lines(graph, sire):
        for other in _lines(graph, dam):
            if one[-1] == other[-1] and set(one) & set(other) == {one[-1]}:
                steps = [*zip(one[1:], one, strict=False), *zip(other[1:], other, strict=False)]
                share = prod(graph.edges[step]["share"] for step in steps)
                paths[one, other] = share * (1 + found[pedigree.row(one[-1])]) / 2
    return paths


def _lines(graph, animal: str) -> list[tuple[str, ...]]:
    lines, waiting = [], [(animal,)]
    while waiting:
        line = waiting.pop()
        lines.append(line)
        waiting += [(*line, parent) for parent in graph.predecessors(line[-1])]
    return lines


def _read(book: SharedBook) -> Pedigree:
    return Pedigree.from_records(book.records, founder_kinship=book.founder_kinship)


@given(shared_books(), st.data())
def test_inbreeding_paths__add_up_with_twins_litters_and_related_founders(book, data: st.DataObject) -> None:
    pedigree = _read(book)
    sire, dam = data.draw(st.sampled_from(pedigree.ids)), data.draw(st.sampled_from(pedigree.ids))
    explained = inbreeding_paths(pedigree, sire, dam, inbreeding(pedigree), most_paths=10_000)
    kinship = kinship_matrix(pedigree)[pedigree.row(sire), pedigree.row(dam)]
    assert explained.f_offspring == pytest.approx(kinship, abs=1e-14)
    assert explained.listed_count == explained.path_count
    listed = [path.share for each in explained.ancestors for path in each.paths]
    assert sum(listed) == pytest.approx(kinship, abs=1e-14)


@given(shared_books())
def test_own_inbreeding_paths__add_up_with_twins_litters_and_related_founders(book: SharedBook) -> None:
    pedigree = _read(book)
    found = inbreeding(pedigree)
    for animal, expected in zip(pedigree.ids, found, strict=True):
        explained = own_inbreeding_paths(pedigree, animal, found)
        assert explained.f_offspring == pytest.approx(expected, abs=1e-14)


def test_inbreeding_paths__meet_in_identical_twins_drawn_sires_and_kin_founders() -> None:
    either = (("A", 0.75), (WILD, 0.25))
    records = [Record(each) for each in "ABCD"]
    records += [Record("X", "A", "B"), Record("Y", "A", "B", twin_of="X"), Record("P", "X"), Record("Q", "Y")]
    records += [Record("R", either, "C", litter="one"), Record("S", either, "D", litter="one")]
    pedigree = Pedigree.from_records(records, founder_kinship={("C", "D"): 0.25})
    found = inbreeding(pedigree)
    (twins,) = inbreeding_paths(pedigree, "P", "Q", found).ancestors
    assert (twins.animal, twins.share, twins.paths[0].dam_side) == ("X", 0.125, ("Q", "X"))
    litter = inbreeding_paths(pedigree, "R", "S", found).ancestors
    assert [(each.animal, each.related_to, each.share) for each in litter] == [
        ("A", "", 0.09375),
        ("C", "D", 0.0625),
        ("sire of R", "", 0.03125),
    ]
    assert litter[0].paths[0].sire_side == ("R", "A")
    assert (litter[1].paths[0].sire_side, litter[1].paths[0].dam_side) == (("R", "C"), ("S", "D"))


def test_own_inbreeding_paths__of_an_inbred_founder_are_none() -> None:
    pedigree = Pedigree.from_records([Record("A")], founder_kinship={("A", "A"): 0.625})
    explained = own_inbreeding_paths(pedigree, "A", inbreeding(pedigree))
    assert (explained.f_offspring, explained.ancestors) == (0.25, ())


def test_inbreeding_paths__of_a_backcross_through_an_inbred_ancestor() -> None:
    records = [
        Record("1"),
        Record("2"),
        Record("3", "1", "2"),
        Record("4", "1", "2"),
        Record("5", "3", "4"),
        Record("6", "5"),
    ]
    pedigree = Pedigree.from_records(records)
    explained = inbreeding_paths(pedigree, "5", "6", inbreeding(pedigree))
    assert [(each.animal, each.inbreeding, each.share) for each in explained.ancestors] == [
        ("5", 0.25, 0.3125)
    ]
    assert common_ancestors(pedigree, "5", "6") == ("5", "3", "4", "1", "2")


def test_inbreeding_paths__of_t1() -> None:
    pedigree = lacy.t1()
    explained = inbreeding_paths(pedigree, "C", "G", np.zeros(7))
    assert [(each.animal, each.share) for each in explained.ancestors] == [("A", 0.0625), ("B", 0.0625)]
    path = explained.ancestors[0].paths[0]
    assert (path.sire_side, path.dam_side, path.share) == (("C", "A"), ("G", "D", "A"), 1 / 16)


def test_inbreeding_paths__says_what_it_does_not_list() -> None:
    records = [Record("s0"), Record("d0")]
    for i in range(1, 31):
        records += [Record(f"s{i}", f"s{i - 1}", f"d{i - 1}"), Record(f"d{i}", f"s{i - 1}", f"d{i - 1}")]
    pedigree = Pedigree.from_records(records)
    found = inbreeding(pedigree)
    explained = inbreeding_paths(pedigree, "s30", "d30", found, most_paths=5)
    assert explained.listed_count == 5
    assert explained.path_count > 1_000_000_000
    listed = [path.share for each in explained.ancestors for path in each.paths]
    assert sum(listed) + sum(each.unlisted_share for each in explained.ancestors) == pytest.approx(
        explained.f_offspring
    )
    assert explained.f_offspring == pytest.approx(kinship_matrix(pedigree)[-1, -2], abs=1e-14)
    assert sorted(listed, reverse=True)[:2] == [each.paths[0].share for each in explained.ancestors[:2]]


def test_inbreeding_paths__of_an_animal_with_itself() -> None:
    pedigree = lacy.t1()
    assert inbreeding_paths(pedigree, "A", "A", np.zeros(7)).f_offspring == 0.5


def test_inbreeding_paths__of_strangers_is_empty() -> None:
    pedigree = lacy.t1()
    explained = inbreeding_paths(pedigree, "A", "E", np.zeros(7))
    assert (explained.f_offspring, explained.ancestors, explained.path_count) == (0, (), 0)
    assert common_ancestors(pedigree, "A", "E") == ()


def test_inbreeding_paths__refuses_an_animal_that_is_not_there() -> None:
    with pytest.raises(UnknownAnimalError):
        inbreeding_paths(lacy.t1(), "A", "Z", np.zeros(7))
