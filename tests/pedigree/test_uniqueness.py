import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import FEMALE, NumericalError, Pedigree, Record, first_order_kin, uniqueness
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees
from tests.pedigree.twin import Twin


@given(records=pedigrees(most=10), data=st.data())
def test_first_order_kin__is_four_times_the_kinship_to_all_others(records, data: st.DataObject) -> None:
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    names = data.draw(chosen(records))
    found = first_order_kin(pedigree, pedigree.mask(names))
    for animal in pedigree.ids:
        value = found[pedigree.row(animal)]
        if animal in names:
            exact = 4 * sum(twin.kinship(animal, other) for other in names if other != animal)
            assert value == pytest.approx(float(exact), abs=1e-13)
        else:
            assert np.isnan(value)


def test_first_order_kin__counts_offspring_and_full_sibs_1() -> None:
    cubs = [Record(i, "1", "2") for i in "345"]
    pedigree = Pedigree.from_records([Record("1"), Record("2", sex=FEMALE), *cubs])
    assert first_order_kin(pedigree, pedigree.mask("1345")).tolist()[:1] == [3.0]
    assert first_order_kin(pedigree, pedigree.mask("345"))[2:].tolist() == [2.0, 2.0, 2.0]


def test_first_order_kin__on_t1_follows_from_the_kinship_table() -> None:
    pedigree = lacy.t1()
    found = first_order_kin(pedigree, pedigree.mask(lacy.LIVING))
    assert found[pedigree.rows(lacy.LIVING)].tolist() == [2.0, 3.0, 2.5, 2.5]


def test_first_order_kin__counts_an_identical_twin_2() -> None:
    family = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "2", twin_of="3")]
    pedigree = Pedigree.from_records(family)
    assert first_order_kin(pedigree, pedigree.mask("34"))[2:].tolist() == [2.0, 2.0]


def test_first_order_kin__of_one_alone_is_0() -> None:
    pedigree = lacy.t1()
    assert first_order_kin(pedigree, pedigree.mask("C"))[pedigree.row("C")] == 0
    assert np.isnan(first_order_kin(pedigree, np.zeros(7, dtype=bool))).all()


@pytest.mark.parametrize("wrong", [0.9, -0.9])
def test_first_order_kin__that_cannot_be_are_not_shown(wrong: float, monkeypatch: pytest.MonkeyPatch) -> None:
    # Of 2 animals one is kin to the other by at most 1, that is 4 first-order kin.
    monkeypatch.setattr(uniqueness, "kinship_among", lambda *_: np.array([[0.5, wrong], [wrong, 0.5]]) * 1.5)
    pedigree = Pedigree.from_records([Record("1"), Record("2")])
    with pytest.raises(NumericalError, match="number of first-order kin"):
        first_order_kin(pedigree, np.array([True, True]))
