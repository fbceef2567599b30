from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    NumericalError,
    Pedigree,
    Record,
    gene_diversity,
    gene_value,
    kinship_matrix,
    kinship_values,
    mean_kinship,
)
from tests.pedigree import lacy
from tests.pedigree.strategies import chosen, pedigrees
from tests.pedigree.twin import Twin


@given(pedigrees(most=9), st.data())
def test_kinship_values__equal_the_weighted_sums(records: list[Record], data: st.DataObject) -> None:
    pedigree, twin = Pedigree.from_records(records), Twin(records)
    living = data.draw(chosen(records))
    drawn = data.draw(st.lists(st.integers(0, 8), min_size=len(pedigree), max_size=len(pedigree)))
    value = dict(zip(pedigree.ids, drawn, strict=True))
    mask, total = pedigree.mask(living), sum(value[animal] for animal in living)
    weights = np.array(drawn) / 4
    kinship = kinship_matrix(pedigree)
    found = kinship_values(kinship, mask, weights)
    diversity = gene_value(kinship, mask, weights)
    if total == 0:
        assert np.isnan(found).all()
        assert np.isnan(diversity)
        return
    expected = {
        one: sum(value[other] * twin.kinship(one, other) for other in living) / Fraction(total)
        for one in pedigree.ids
    }
    assert found == pytest.approx([float(each) for each in expected.values()], abs=1e-15)
    passed_on = 1 - sum(value[one] * expected[one] for one in living) / Fraction(total)
    assert diversity == pytest.approx(float(passed_on), abs=1e-14)


@given(pedigrees(most=15), st.data())
def test_kinship_values__of_equal_values_are_mean_kinships(
    records: list[Record], data: st.DataObject
) -> None:
    pedigree = Pedigree.from_records(records)
    living, kinship = pedigree.mask(data.draw(chosen(records))), kinship_matrix(pedigree)
    assert kinship_values(kinship, living) == pytest.approx(mean_kinship(kinship, living), abs=1e-15)
    assert gene_value(kinship, living) == pytest.approx(gene_diversity(kinship, living), abs=1e-15)


def test_kinship_values__of_lacys_book() -> None:
    pedigree = lacy.t1()
    value = np.zeros(7)
    value[pedigree.rows("CF")] = 3, 1
    found = kinship_values(kinship_matrix(pedigree), pedigree.mask(lacy.LIVING), value)
    assert found[pedigree.rows("CDFG")].tolist() == [13 / 32, 8 / 32, 7 / 32, 5 / 32]
    assert gene_value(kinship_matrix(pedigree), pedigree.mask(lacy.LIVING), value) == 1 - 46 / 128


def test_kinship_values__of_nobody_are_nan() -> None:
    pedigree = lacy.t1()
    assert np.isnan(kinship_values(kinship_matrix(pedigree), np.full(7, False))).all()
    assert np.isnan(gene_value(kinship_matrix(pedigree), np.full(7, False)))


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf])
@pytest.mark.parametrize("function", [kinship_values, gene_value])
def test_kinship_values__refuse_what_is_no_value(function, wrong: float) -> None:
    pedigree = lacy.t1()
    with pytest.raises(ValueError, match="Give every living animal"):
        function(kinship_matrix(pedigree), np.full(7, True), np.full(7, wrong))


def test_kinship_values__do_not_ask_for_the_value_of_the_dead() -> None:
    pedigree = lacy.t1()
    value = np.where(pedigree.mask(lacy.LIVING), 1.0, np.nan)
    kinship = kinship_matrix(pedigree)
    living = pedigree.mask(lacy.LIVING)
    assert kinship_values(kinship, living, value).tolist() == mean_kinship(kinship, living).tolist()


def test_gene_value__above_1_is_not_shown() -> None:
    with pytest.raises(NumericalError, match="gene value"):
        gene_value(np.array([[-0.5]]), np.array([True]))
