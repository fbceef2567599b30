"""The chance to die within some years, against the years taken one after the other."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import LifeTable, chance_of_death

RATES = [0.2, 0.1, 0.5, 1.0]


def _counted(at_risk: list[float], deaths: list[float]) -> LifeTable:
    """Return a table of so many deaths among so many at each age; the last age is one that nobody was seen at."""
    seen, dead = np.array([*at_risk, 0.0]), np.array([*deaths, 0.0])
    rates = np.append(np.array(deaths) / np.array(at_risk), 1.0)
    table = LifeTable.from_rates(rates, np.zeros(len(rates)))
    return replace(table, at_risk=seen, deaths=dead)


@given(
    st.lists(st.integers(0, 8), min_size=1, max_size=6),
    st.integers(0, 20),
    st.integers(1, 5),
)
def test_chance_of_death__of_whole_years_is_one_minus_the_product(
    drawn: list[int], age: int, years: int
) -> None:
    rates = [*(each / 10 for each in drawn), 1.0]
    table = LifeTable.from_rates(rates, [0.0] * len(rates))
    alive = 1.0
    for year in range(age, age + years):
        alive *= 1 - rates[min(year, len(rates) - 1)]
    assert chance_of_death(table, np.array([float(age)]), float(years))[0] == pytest.approx(1 - alive)


@given(st.floats(0, 5), st.floats(0.1, 3), st.floats(0.1, 3))
def test_chance_of_death__of_a_span_is_that_of_its_parts(age: float, first: float, second: float) -> None:
    table = LifeTable.from_rates([0.2, 0.1, 0.5, 0.4, 0.6, 0.7, 0.2, 0.3, 0.9, 0.9, 0.9, 1.0], [0.0] * 12)
    whole = chance_of_death(table, np.array([age]), first + second)[0]
    one, other = (
        chance_of_death(table, np.array([age]), first)[0],
        chance_of_death(table, np.array([age + first]), second)[0],
    )
    assert 1 - whole == pytest.approx((1 - one) * (1 - other), abs=1e-9)


def test_chance_of_death__takes_ages_together_where_few_were_at_risk() -> None:
    # 40 at risk at 2, then 10, 10 and 10: of age 4 those from 3 to 5 together, 9 of 30; past the end, ages 3 on and none seen.
    table = _counted([100.0, 60.0, 40.0, 10.0, 10.0, 10.0], [30.0, 6.0, 4.0, 1.0, 3.0, 5.0])
    chance = chance_of_death(table, np.array([0.0, 1.0, 2.0, 4.0, 9.0]), 1.0)
    assert chance.tolist() == pytest.approx([0.3, 0.1, 0.1, 9 / 30, 9 / 30])


def test_chance_of_death__never_takes_the_first_year_together_with_later_ones() -> None:
    table = _counted([20.0, 10.0, 10.0], [15.0, 1.0, 1.0])
    assert chance_of_death(table, np.array([0.0, 1.0]), 1.0).tolist() == pytest.approx([0.75, 0.1])


def test_chance_of_death__of_an_unknown_age_is_that_of_all_after_the_first_year() -> None:
    table = _counted([100.0, 60.0, 40.0], [30.0, 6.0, 14.0])
    assert chance_of_death(table, np.array([np.nan]), 2.0)[0] == pytest.approx(1 - 0.8**2)


def test_chance_of_death__of_a_table_of_nobody_is_none() -> None:
    table = LifeTable.from_rates([1.0], [0.0])
    empty = replace(table, Qx=table.Qx[:0], at_risk=table.at_risk[:0], deaths=table.deaths[:0])
    assert np.isnan(chance_of_death(empty, np.array([3.0]), 1.0)).all()


@pytest.mark.parametrize("years", [0.0, -1.0, float("nan"), float("inf")])
def test_chance_of_death__refuses_a_span_that_is_none(years: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        chance_of_death(LifeTable.from_rates(RATES, [0.0] * 4), np.array([1.0]), years)


def test_chance_of_death__refuses_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="below 0"):
        chance_of_death(LifeTable.from_rates(RATES, [0.0] * 4), np.array([-1.0]), 1.0)
