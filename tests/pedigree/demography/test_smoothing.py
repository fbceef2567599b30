"""Smoothed rates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import LifeRecord, LifeTable, Lives, filled_table, life_table, smoothed_table
from tests.pedigree.demography.books import day, lightly, records


@lightly
@given(records(), day, st.sampled_from((3, 5, 7)))
def test_smoothed_table__is_deaths_and_births_of_neighbours_over_their_animals(lives, last, span) -> None:
    table = life_table(Lives.from_records(lives), last=last)
    smoothed, reach = smoothed_table(table, span), span // 2
    for age in range(1, len(table) - 1):
        ages = slice(max(age - reach, 1), min(age + reach, len(table) - 2) + 1)
        if table.at_risk[ages].sum() and not np.isnan(table.births).any():
            dying = np.minimum(table.deaths[ages], table.at_risk[ages])
            assert smoothed.Qx[age] == pytest.approx(dying.sum() / table.at_risk[ages].sum())


def test_smoothed_table__keeps_the_first_year_and_the_last_and_says_so() -> None:
    table = LifeTable.from_rates([0.5, 0.2, 0.4, 1], [0, 3, 0, 0])
    smoothed = smoothed_table(table)
    assert smoothed.Qx.tolist() == pytest.approx([0.5, 0.3, 0.3, 1])
    assert smoothed.Mx.tolist() == pytest.approx([1.5, 1, 1.5, 0])
    assert (table.basis, smoothed.basis) == ("rates given", "moving average of 3 ages")


def test_smoothed_table__keeps_the_counts_and_the_cautions() -> None:
    life = LifeRecord("1", birth=1, death=2000, stays=((1, None),))
    table = life_table(Lives.from_records([life]), last=3000)
    smoothed = smoothed_table(table)
    assert smoothed.risk.tolist() == table.risk.tolist()
    assert {each.code for each in table.cautions} <= {each.code for each in smoothed.cautions}


def test_filled_table__lays_a_straight_line_over_a_gap() -> None:
    stays = ((1, 300), (1100, None))
    lives = [
        LifeRecord("1", birth=1, death=1200, stays=stays),
        LifeRecord("2", birth=1, stays=((1, 1), (1100, 3000))),
    ]
    table = life_table(Lives.from_records(lives), last=3000)
    filled = filled_table(table)
    assert np.isnan(table.Qx[1:3]).all()
    assert filled.Qx[1:3] == pytest.approx([table.Qx[3] / 3, 2 * table.Qx[3] / 3])
    assert not np.isnan(filled.lx).any()
    assert "gap" not in {each.code for each in filled.cautions}


def test_filled_table__leaves_a_gap_at_the_first_age_and_a_table_without_one() -> None:
    table = life_table(Lives.from_records([LifeRecord("1", birth=1, stays=((500, None),))]), last=1000)
    filled = filled_table(table)
    assert np.isnan(filled.Qx[0])
    assert "gap" in {each.code for each in filled.cautions}
    whole = LifeTable.from_rates([1], [0])
    assert filled_table(whole) is whole


def test_smoothed_table__refuses_a_span_that_is_not_offered() -> None:
    with pytest.raises(ValueError, match="A span of 4 ages is not offered"):
        smoothed_table(LifeTable.from_rates([1], [0]), 4)
