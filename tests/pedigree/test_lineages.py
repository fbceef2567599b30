from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    UNKNOWN,
    WILD,
    FounderNameError,
    NumericalError,
    Pedigree,
    Record,
    founder_table,
    lineage_share,
    lineages,
)
from pedigree._passes import links
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees, shared_books
from tests.pedigree.twin import Twin

OUTSIDE = (WILD, UNKNOWN)


@given(records=pedigrees(most=10), data=st.data())
def test_lineage_share__adds_up_the_lines_of_descent(records, data: st.DataObject) -> None:
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    labels = founder_table(pedigree, np.full(len(pedigree), True)).labels(pedigree)
    group = data.draw(st.lists(st.sampled_from(labels), unique=True))
    found = lineage_share(pedigree, group)
    for animal in pedigree.ids:
        lines = twin.contributions([animal], OUTSIDE)
        exact = sum(share for founder, share in lines.items() if founder in group)
        assert found[pedigree.row(animal)] == float(exact)


@given(book=shared_books(most=8), data=st.data())
def test_lineage_share__of_the_living_is_the_contribution(book, data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(book.records)
    living = pedigree.mask(data.draw(chosen(book.records)))
    table = founder_table(pedigree, living)
    for number in range(len(table)):
        share = lineage_share(pedigree, np.arange(len(table)) == number)[living]
        assert share.mean() == pytest.approx(table.contribution[number], abs=1e-14)


def test_lineage_share__of_all_founders_is_1() -> None:
    pedigree = lacy.t4()
    everyone = np.full(len(pedigree), True)
    group = np.full(len(founder_table(pedigree, everyone)), True)
    assert lineage_share(pedigree, group).tolist() == [1.0] * len(pedigree)


def test_lineage_share__on_t1_is_by_hand() -> None:
    pedigree = lacy.t1()
    assert lineage_share(pedigree, ["E"])[pedigree.rows("ACEFG")].tolist() == [0, 0, 1, 0.5, 0.5]


def test_lineage_share__gives_twins_the_same() -> None:
    family = [Record("1"), Record("2", "1"), Record("3", "1", twin_of="2"), Record("4", "3")]
    pedigree = Pedigree.from_records(family)
    assert lineage_share(pedigree, ["dam of 2"]).tolist() == [0, 0.5, 0.5, 0.25]


def test_lineage_share__refuses_who_is_no_founder() -> None:
    with pytest.raises(FounderNameError, match=r"^C is not a founder of this pedigree"):
        lineage_share(lacy.t1(), ["A", "C"])


def test_lineage_share__that_cannot_be_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lineages, "links", lambda pedigree: replace(links(pedigree), chance=np.full(8, 3.0)))
    with pytest.raises(NumericalError, match="lineage share"):
        lineage_share(lacy.t1(), ["A"])
