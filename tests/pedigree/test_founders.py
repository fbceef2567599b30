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
    founder_table,
    founding,
    represented_founders,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees
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
