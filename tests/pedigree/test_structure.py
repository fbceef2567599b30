import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    SEVERAL,
    UNKNOWN,
    WILD,
    AnimalIdError,
    CyclicPedigreeError,
    DuplicateAnimalError,
    OpenSubsetError,
    ParentKindError,
    ParentProbabilityError,
    Pedigree,
    Record,
    SelfingError,
    SexCodeError,
    UnknownAnimalError,
    UnknownParentError,
    find_refusals,
    known_fraction,
)
from tests.pedigree.strategies import pedigrees


@given(pedigrees())
def test_from_records__puts_parents_above_offspring(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    assert sorted(pedigree.ids) == sorted(record.id for record in records)
    for row in range(len(pedigree)):
        assert all(parent < row for parent, _ in pedigree.parents(row))


@given(pedigrees(), st.randoms(use_true_random=False))
def test_from_records__ignores_the_order_of_records(records: list[Record], random) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    one, other = Pedigree.from_records(records), Pedigree.from_records(shuffled)
    assert one.ids == other.ids
    assert np.array_equal(one.sire, other.sire)
    assert np.array_equal(one.dam, other.dam)
    assert one.candidates == other.candidates


def test_from_records__cannot_be_changed_afterwards() -> None:
    pedigree = Pedigree.from_records([Record("1")])
    with pytest.raises(ValueError, match="read-only"):
        pedigree.sire[0] = 5
    with pytest.raises(AttributeError):
        pedigree.ids = ()


@given(pedigrees())
def test_pedigree__survives_pickling_frozen(records: list[Record]) -> None:
    pedigree = Pedigree.from_records(records)
    again = pickle.loads(pickle.dumps(pedigree))
    assert (again.ids, again.candidates) == (pedigree.ids, pedigree.candidates)
    for one, other in ((again.sire, pedigree.sire), (again.dam, pedigree.dam), (again.sex, pedigree.sex)):
        assert np.array_equal(one, other)
        assert one.dtype == other.dtype
        assert not one.flags.writeable


@pytest.mark.parametrize("ids", [["007", "7", "1.2", "1E5", "100000", "1"], ["Ännchen", "=1+1", "a b"]])
def test_from_records__keeps_ids_as_text(ids: list[str]) -> None:
    assert set(Pedigree.from_records([Record(each) for each in ids]).ids) == set(ids)


@pytest.mark.parametrize(
    ("parents", "shown"),
    [
        ({"12": "40", "40": "77", "77": "12"}, "12 -> 40 -> 77 -> 12"),
        ({"5": "5"}, "5 -> 5"),
        ({"1": "2", "2": "1", "0": "1"}, "1 -> 2 -> 1"),
    ],
)
@pytest.mark.parametrize("role", ["sire", "dam"])
def test_from_records__names_the_animals_of_a_loop(parents: dict[str, str], shown: str, role: str) -> None:
    records = [Record(animal, **{role: parent}) for animal, parent in parents.items()]
    with pytest.raises(CyclicPedigreeError, match=f"Ancestry loop: {shown}\\."):
        Pedigree.from_records(records)


def test_from_records__finds_a_loop_through_a_candidate_and_mixed_roles() -> None:
    records = [Record("1", sire=(("2", 0.5), (WILD, 0.5))), Record("2", dam="3"), Record("3", sire="1")]
    with pytest.raises(CyclicPedigreeError, match="1 -> 2 -> 3 -> 1"):
        Pedigree.from_records(records)


def test_from_records__finds_a_loop_of_a_thousand() -> None:
    records = [Record(f"{i:04}", sire=f"{(i + 1) % 1000:04}") for i in range(1000)]
    with pytest.raises(CyclicPedigreeError) as caught:
        Pedigree.from_records(records)
    assert len(caught.value.animals) == 1001


def test_from_records__refuses_a_parent_without_a_row() -> None:
    with pytest.raises(UnknownParentError, match="Animal 7 names 99 as its dam, but 99 has no row"):
        Pedigree.from_records([Record("7", dam="99")])


def test_from_records__refuses_a_second_row() -> None:
    with pytest.raises(DuplicateAnimalError, match="Animal 7 has more than one row"):
        Pedigree.from_records([Record("7"), Record("7")])


def test_from_records__refuses_an_empty_id() -> None:
    with pytest.raises(AnimalIdError):
        Pedigree.from_records([Record("")])


def test_from_records__refuses_a_sex_that_is_none() -> None:
    with pytest.raises(SexCodeError, match="sex of animal 7 is 9"):
        Pedigree.from_records([Record("7", sex=9)])


def test_from_records__refuses_selfing_unless_allowed() -> None:
    records = [Record("1"), Record("2", "1", "1")]
    with pytest.raises(SelfingError, match="Animal 2 has 1 as both sire and dam"):
        Pedigree.from_records(records)
    assert Pedigree.from_records(records, allow_selfing=True).parents(1) == ((0, 1.0),)


@pytest.mark.parametrize(
    ("candidates", "fact"),
    [
        ((("1", 0.5), ("2", 0.4)), "add up to 0.9"),
        ((("1", 0.5), ("1", 0.5)), "name one candidate twice"),
        ((("1", 1.5), ("2", -0.5)), "outside"),
        ((("1", float("nan")),), "outside"),
        ((("1", 0.5), (SEVERAL, 0.5)), "neither WILD nor UNKNOWN"),
        ((), "add up to 0"),
    ],
)
def test_from_records__refuses_candidates_that_are_no_distribution(candidates, fact: str) -> None:
    with pytest.raises(ParentProbabilityError, match=fact):
        Pedigree.from_records([Record("1"), Record("2"), Record("3", sire=candidates)])


@pytest.mark.parametrize(
    "parent",
    [
        None,
        ["1"],
        [("1", 0.5), ("2", 0.5)],
        0.5,
        ("1", "2"),
        (("1", "half"), ("2", 0.5)),
        (("1",), ("2", 0.5)),
        ((None, 0.5), ("2", 0.5)),
        ((["1"], 1.0),),
        {"1": 1.0},
    ],
)
@pytest.mark.parametrize("role", ["sire", "dam"])
def test_from_records__refuses_a_parent_that_is_none(parent: Any, role: str) -> None:
    records = [Record("1"), Record("2"), Record("3", **{role: parent})]
    records += [Record("4", "1", "2"), Record("5", **{role: parent}, twin_of="3")]
    with pytest.raises(ParentKindError) as caught:
        Pedigree.from_records(records)
    assert str(caught.value).startswith(f"The {role} of animal 3 is given as {parent!r}. Give an id, WILD,")
    assert [type(error) for error in find_refusals(records)] == [ParentKindError, ParentKindError]


def test_from_records__takes_codes_of_numpy() -> None:
    records = [Record("1", np.int64(WILD), (("2", np.float64(0.5)), (np.int8(WILD), 0.5))), Record("2")]
    pedigree = Pedigree.from_records(records)
    assert (pedigree.possible(1, "sire"), pedigree.possible(1, "dam")) == (
        ((WILD, 1.0),),
        ((WILD, 0.5), (0, 0.5)),
    )
    with pytest.raises(SexCodeError):
        Pedigree.from_records([Record("1", np.int64(WILD), sex=9)])


def test_from_records__takes_a_single_candidate_as_the_parent() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2", sire=(("1", 1.0),))])
    assert pedigree.sire.tolist() == [UNKNOWN, 0]
    assert not pedigree.candidates


def test_find_refusals__tells_them_all() -> None:
    records = [
        Record("1", "2"),
        Record("2", "1"),
        Record("3", "9"),
        Record("4"),
        Record("4"),
        Record("5", "4", "4"),
    ]
    told = [type(error) for error in find_refusals(records)]
    assert sorted(kind.__name__ for kind in told) == [
        "CyclicPedigreeError",
        "DuplicateAnimalError",
        "SelfingError",
        "UnknownParentError",
    ]


def test_find_refusals__tells_an_animal_that_is_both_its_own_parents_once() -> None:
    assert [type(error) for error in find_refusals([Record("5", "5", "5")])] == [CyclicPedigreeError]


@given(pedigrees())
def test_find_refusals__is_silent_about_a_possible_pedigree(records: list[Record]) -> None:
    assert find_refusals(records) == ()


def test_row__refuses_an_animal_that_is_not_there() -> None:
    with pytest.raises(UnknownAnimalError) as caught:
        Pedigree.from_records([Record("1")]).row("2")
    assert str(caught.value) == "Animal 2 is not in the pedigree. Check the id, or add a row for it."


def test_subset__refuses_to_forget_a_parent() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2", "1")])
    with pytest.raises(OpenSubsetError, match="animal 2 but not its parent 1"):
        pedigree.subset(np.array([False, True]))


@given(pedigrees(), st.data())
def test_pruned_to_ancestors__keeps_every_parent(records: list[Record], data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(records)
    animal = data.draw(st.sampled_from(pedigree.ids))
    pruned = pedigree.pruned_to_ancestors(pedigree.mask([animal]))
    for kept in pruned.ids:
        assert _parents(pruned, kept) == _parents(pedigree, kept)
        assert known_fraction(pruned)[pruned.row(kept)] == known_fraction(pedigree)[pedigree.row(kept)]


def _parents(pedigree: Pedigree, animal: str) -> set[tuple[str | int, float, str]]:
    return {
        (pedigree.ids[parent] if parent >= 0 else parent, probability, role)
        for role in ("sire", "dam")
        for parent, probability in pedigree.possible(pedigree.row(animal), role)
    }
