import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import (
    UNKNOWN,
    WILD,
    Pedigree,
    Record,
    effective_ancestors,
    founder_equivalents,
    founder_table,
)
from tests.pedigree.strategies import chosen, pedigrees
from tests.pedigree.test_worked import book
from tests.pedigree.traced import Traced


@settings(max_examples=60)
@given(pedigrees(most=8), st.data())
def test_effective_ancestors__equal_a_walk_up_every_line(records: list[Record], data: st.DataObject) -> None:
    pedigree, living = Pedigree.from_records(records), data.draw(chosen(records))
    found = effective_ancestors(pedigree, pedigree.mask(living))
    expected = Traced(records).effective_ancestors(living)
    assert found.labels(pedigree) == tuple(label for label, _ in expected)
    assert found.contribution.tolist() == pytest.approx([float(share) for _, share in expected], abs=1e-14)
    assert found.number == pytest.approx(float(1 / sum(share**2 for _, share in expected)), abs=1e-12)


@given(pedigrees(most=15), st.data())
def test_effective_ancestors__do_not_depend_on_the_files_order(records, data: st.DataObject) -> None:
    living = data.draw(chosen(records))
    found = []
    for each in (records, random.Random(len(records)).sample(records, len(records))):
        pedigree = Pedigree.from_records(each)
        answer = effective_ancestors(pedigree, pedigree.mask(living))
        found.append((answer.number, answer.labels(pedigree), answer.contribution.tolist()))
    assert found[0] == found[1]


@given(pedigrees(most=15), st.data())
def test_effective_ancestors__explain_everything(records: list[Record], data: st.DataObject) -> None:
    pedigree, living = Pedigree.from_records(records), data.draw(chosen(records))
    found = effective_ancestors(pedigree, pedigree.mask(living))
    assert found.contribution.sum() == pytest.approx(1, abs=1e-12)
    assert (np.diff(found.contribution) <= 1e-12).all()


@pytest.mark.parametrize(
    ("example", "labels", "number"),
    [
        ("boichard1997_fig2_family1", ("5", "6"), Fraction(2)),
        ("boichard1997_fig2_both", ("5", "6", "17", "18"), Fraction(50, 17)),
    ],
)
def test_effective_ancestors__are_those_of_boichard(example: str, labels: tuple, number: Fraction) -> None:
    this = book(example)
    found = effective_ancestors(this.pedigree, this.living)
    assert found.labels(this.pedigree) == labels
    assert found.number == pytest.approx(float(number), abs=1e-14)


def test_effective_ancestors__take_the_youngest_of_equals() -> None:
    records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4"), Record("5", "3", "4")]
    pedigree = Pedigree.from_records(records)
    found = effective_ancestors(pedigree, pedigree.mask(["5"]))
    # 3 and 4 give half each, and 3 is the younger; the living animal is not its own ancestor.
    assert found.labels(pedigree) == ("3", "4")


def test_effective_ancestors__of_a_living_founder_is_itself() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2")])
    found = effective_ancestors(pedigree, np.array([True, True]))
    assert (found.number, found.labels(pedigree)) == (2, ("1", "2"))


def test_effective_ancestors__may_outnumber_founder_equivalents() -> None:
    # Taken by size, 3 and 4 leave a part of founder 1 to be counted apart from the rest of it.
    records = [Record("1"), Record("2"), Record("3", "2", "1"), Record("4", "2", "3"), Record("5", "4", "1")]
    pedigree = Pedigree.from_records(records)
    living = pedigree.mask("345")
    found = effective_ancestors(pedigree, living)
    assert found.labels(pedigree) == ("3", "4", "1")
    assert found.number == pytest.approx(72 / 31, abs=1e-14)
    assert founder_equivalents(founder_table(pedigree, living).contribution) < 2


def test_effective_ancestors__count_identical_twins_once() -> None:
    records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "2", twin_of="3")]
    records += [Record("5", "3"), Record("6", "4")]
    pedigree = Pedigree.from_records(records)
    found = effective_ancestors(pedigree, pedigree.mask(["5", "6"]))
    assert found.labels(pedigree) == ("3", "dam of 5", "dam of 6")
    assert found.contribution.tolist() == [0.5, 0.25, 0.25]


def test_effective_ancestors__of_nobody_are_none() -> None:
    found = effective_ancestors(Pedigree.from_records([Record("1")]), np.array([False]))
    assert np.isnan(found.number)
    assert len(found.role) == len(found.rows) == 0


def test_effective_ancestors__of_litter_mates_with_one_missing_sire_are_their_founders() -> None:
    outside = ((WILD, 0.5), (UNKNOWN, 0.5))
    records = [Record("1", outside, litter="a"), Record("2", outside, litter="a"), Record("3", "1")]
    pedigree = Pedigree.from_records(records)
    living = pedigree.mask(["2", "3"])
    found = effective_ancestors(pedigree, living)
    # 2 has no young and is no founder: what it holds comes from its dam and from the sire it shares with 1.
    assert found.labels(pedigree) == ("sire of 1", "dam of 2", "dam of 3", "1")
    assert found.contribution.tolist() == [0.375, 0.25, 0.25, 0.125]
