"""What a plan asks for."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    LifeTable,
    Lives,
    births_by_year,
    births_needed,
    females_to_recommend,
    growth_needed,
    life_table,
    years_until_full,
)
from tests.pedigree.demography.books import lightly
from tests.pedigree.demography.test_lifetable import T5_DYING, T5_YOUNG, rates

T5 = LifeTable.from_rates(T5_DYING, T5_YOUNG)


@lightly
@given(rates, rates, st.floats(1, 500))
def test_births_needed__hold_the_size_in_the_simplest_simulation(one, other, size) -> None:
    """Give every year the births said; once the first of them have lived their lives, the size is the one wished for."""
    males, females = (LifeTable.from_rates(*each) for each in (one, other))
    births = births_needed(males, females, size)
    there = [np.zeros(len(table)) for table in (males, females)]
    for _ in range(max(len(males), len(females))):
        for ages, table in zip(there, (males, females), strict=True):
            reached = table.survivorship
            ages[1:] = [
                ages[age - 1] * reached[age] / reached[age - 1] if reached[age - 1] else 0
                for age in range(1, len(ages))
            ]
            ages[0] = births / 2 * reached[0]
    assert sum(ages.sum() for ages in there) == pytest.approx(size)


def test_births_needed__have_no_answer_without_a_life_table() -> None:
    nobody = life_table(Lives.from_records([]), last=1)
    assert math.isnan(births_needed(nobody, nobody, 9))
    with pytest.raises(ValueError, match="nothing can be projected"):
        births_by_year(nobody, nobody, np.ones(1), np.ones(1), np.array([9.0]))


def test_births_needed__of_the_tables_own_growth_are_those_its_females_bear() -> None:
    births = births_needed(T5, T5, 100, T5.lambda_)
    assert births == pytest.approx(100 * float(T5.cx @ T5.Mx) * 1.0)


@given(st.floats(10, 300), st.floats(0.9, 1.2))
def test_births_by_year__of_stable_ages_are_the_births_needed(size: float, growth: float) -> None:
    shares = T5.survivorship * growth ** -np.arange(8.0)
    ages = size / 2 * shares / shares.sum()
    sizes = size * growth ** np.arange(1, 6)
    found = births_by_year(T5, T5, ages, ages, sizes)
    assert found == pytest.approx([births_needed(T5, T5, each, growth) for each in sizes])


def test_births_by_year__are_none_where_nothing_lacks() -> None:
    assert births_by_year(T5, T5, np.full(3, 50.0), np.full(3, 50.0), np.array([10.0])).tolist() == [0]


@given(st.floats(1, 500), st.floats(1, 500), st.integers(1, 40))
def test_growth_needed__reaches_the_target(size: float, target: float, years: int) -> None:
    assert size * growth_needed(size, target, years) ** years == pytest.approx(target)


@pytest.mark.parametrize(
    ("asked", "females"),
    [((6, 2, 0.5), 6), ((6, 2, 0.49), 7), ((0, 2, 1), 0), ((7, 1.4, 0.5), 10), ((6, 1, 1, 2), 3)],
)
def test_females_to_recommend__are_rounded_up(asked: tuple[float, ...], females: int) -> None:
    assert females_to_recommend(*asked) == females


def test_years_until_full__is_when_growth_has_filled_the_places() -> None:
    years = years_until_full(40, 70, 1.02)
    assert 40 * 1.02**years == pytest.approx(70)
    assert years_until_full(70, 70, 1.02) == 0
    assert years_until_full(40, 70, 1.0) == math.inf


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: growth_needed(0, 9, 1), "0 is not possible here"),
        (lambda: growth_needed(9, 9, 0), "0 years are too few"),
        (lambda: births_needed(T5, T5, -1), "-1 is not possible here"),
        (lambda: females_to_recommend(-1, 2, 0.5), "-1 births cannot be wanted"),
        (lambda: females_to_recommend(1, 2, 0), "0 is no share of recommendations"),
        (lambda: years_until_full(1, math.nan, 2), "nan is not possible here"),
    ],
)
def test_needs__refuse_what_cannot_be(ask, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        ask()
