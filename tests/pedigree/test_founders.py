import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    UNKNOWN,
    WILD,
    Pedigree,
    Record,
    founder_contributions,
    founder_equivalents,
    founder_representation,
    founder_table,
    founding,
    represented_founders,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees, shared_books
from tests.pedigree.twin import Twin


def test_founder_table__is_t1_of_lacy() -> None:
    pedigree = lacy.t1()
    table = founder_table(pedigree, pedigree.mask(lacy.LIVING))
    assert table.labels(pedigree) == ("A", "B", "E")
    assert table.contribution.tolist() == [0.375, 0.375, 0.25]
    assert founder_equivalents(table.contribution) == pytest.approx(32 / 11, abs=1e-15)


@pytest.mark.parametrize("codes", [(WILD, UNKNOWN), (WILD,)])
@given(records=pedigrees(most=10), data=st.data())
def test_founder_table__equals_every_line_of_descent(records, data: st.DataObject, codes) -> None:
    pedigree, living = Pedigree.from_records(records), data.draw(chosen(records))
    lines = Twin(records).contributions(living, codes)
    total = sum(lines.values())
    table = founder_table(pedigree, pedigree.mask(living), unknown_as_founders=UNKNOWN in codes)
    found = dict(zip(table.labels(pedigree), table.contribution, strict=True))
    if total == 0:
        assert np.isnan(table.contribution).all()
        return
    assert {label for label, share in found.items() if share > 0} == set(lines)
    for label, share in lines.items():
        assert found[label] == pytest.approx(float(share / total), abs=1e-14)


@given(pedigrees(most=25), st.data())
def test_founder_contributions__add_up_to_1(records: list[Record], data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(records)
    contribution = founder_contributions(pedigree, pedigree.mask(data.draw(chosen(records))))
    assert contribution.min() >= 0
    assert contribution.sum() == pytest.approx(1, abs=1e-12)
    assert 1 - 1e-12 <= founder_equivalents(contribution) <= represented_founders(contribution) + 1e-12


def test_founder_table__gives_each_wild_parent_of_its_own() -> None:
    pedigree = Pedigree.from_records(
        [Record("4", WILD, WILD), Record("19", "4", WILD), Record("20", "4", WILD)]
    )
    table = founder_table(pedigree, pedigree.mask(["19", "20"]))
    assert table.labels(pedigree) == ("4", "dam of 19", "dam of 20")
    assert table.contribution.tolist() == [0.5, 0.25, 0.25]


def test_founder_table__leaves_unknown_parents_out_of_the_known_part() -> None:
    pedigree = Pedigree.from_records([Record("1", WILD, WILD), Record("2", "1", UNKNOWN), Record("3")])
    table = founder_table(pedigree, np.full(3, True), unknown_as_founders=False)
    assert table.labels(pedigree) == ("1",)
    assert table.contribution.tolist() == [1.0]


def test_founder_table__does_not_count_a_dead_line() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1")])
    table = founder_table(pedigree, pedigree.mask(["3"]))
    assert table.represented.tolist() == [True, False, True]
    assert represented_founders(table.contribution) == 2


def test_founding__animals_have_no_parent_in_the_pedigree() -> None:
    pedigree = lacy.t4()
    assert [pedigree.ids[row] for row in np.flatnonzero(founding(pedigree))] == ["A", "B", "E"]


def test_founder_equivalents__of_nobody_is_nan() -> None:
    assert np.isnan(founder_equivalents(np.array([])))


@given(book=shared_books(most=8), data=st.data())
def test_founder_representation__is_the_contribution_of_all_the_living(book, data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(book.records)
    living = pedigree.mask(data.draw(chosen(book.records)))
    copies = founder_representation(pedigree, living)
    assert copies.sum() == living.sum()
    assert copies / living.sum() == pytest.approx(founder_contributions(pedigree, living), abs=1e-15)


def test_founder_representation__on_t1_is_by_hand() -> None:
    pedigree = lacy.t1()
    assert founder_representation(pedigree, pedigree.mask(lacy.LIVING)).tolist() == [1.5, 1.5, 1.0]
    assert founder_representation(pedigree, pedigree.mask("AC")).tolist() == [1.5, 0.5, 0.0]
    assert founder_representation(pedigree, np.zeros(7, dtype=bool)).tolist() == [0, 0, 0]


@given(records=pedigrees(most=12, uncertain=False), data=st.data())
def test_founder_table__keeps_every_bit_when_animals_are_renamed(records, data: st.DataObject) -> None:
    living = data.draw(chosen(records))
    renamed = [Record(_renamed(record.id), _renamed(record.sire), _renamed(record.dam)) for record in records]
    pedigree, other = Pedigree.from_records(records), Pedigree.from_records(renamed)
    table = founder_table(pedigree, pedigree.mask(living))
    turned = founder_table(other, other.mask([str(_renamed(animal)) for animal in living]))
    assert sorted(table.contribution) == sorted(turned.contribution)
    assert founder_equivalents(table.contribution) == founder_equivalents(turned.contribution)


def _renamed(animal):
    return f"{97 - int(animal)}" if isinstance(animal, str) else animal


def test_founder_table__takes_twins_for_one_founder() -> None:
    family = [Record("1"), Record("2", twin_of="1"), Record("3", "1"), Record("4", "2")]
    pedigree = Pedigree.from_records(family)
    table = founder_table(pedigree, pedigree.mask(["3", "4"]))
    assert table.labels(pedigree) == ("1", "dam of 3", "dam of 4")
    assert table.contribution.tolist() == [0.5, 0.25, 0.25]


def test_founder_table__takes_the_missing_sire_of_a_litter_for_one_founder() -> None:
    sires = (("1", 0.5), (UNKNOWN, 0.5))
    litter = [Record(cub, sires, "2", litter="a") for cub in ("3", "4")]
    pedigree = Pedigree.from_records([Record("1"), Record("2"), *litter])
    table = founder_table(pedigree, pedigree.mask(["3", "4"]))
    assert table.labels(pedigree) == ("1", "2", "sire of 3")
    assert table.contribution.tolist() == [0.25, 0.5, 0.25]


def test_founder_table__tells_founders_with_a_row() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2", "1")])
    table = founder_table(pedigree, pedigree.mask(["2"]))
    assert table.recorded.tolist() == [True, False]
    assert founder_equivalents(table.contribution[table.recorded]) == 4.0
    assert founder_equivalents(table.contribution) == 2.0


def test_founder_equivalents__of_founders_that_give_nothing_is_nan() -> None:
    assert np.isnan(founder_equivalents(np.zeros(3)))


@pytest.mark.parametrize("unknown_as_founders", [True, False])
def test_founder_table__of_nobody_has_no_contributions(unknown_as_founders: bool) -> None:
    nobody = np.full(7, False)
    table = founder_table(lacy.t1(), nobody, unknown_as_founders=unknown_as_founders)
    assert np.isnan(table.contribution).all()
    assert founder_representation(lacy.t1(), nobody).tolist() == [0, 0, 0]


def test_founder_table__takes_a_parent_outside_either_way_for_certain() -> None:
    # These two probabilities, each rounded, add up to a little less than 1.
    outside = (WILD, 0.9609825423306897), (UNKNOWN, 0.039017457969310304)
    pedigree = Pedigree.from_records([Record("1", outside, WILD)])
    table = founder_table(pedigree, np.array([True]))
    assert (table.role, table.contribution.tolist()) == (("self",), [1.0])
