"""Life tables: the worked examples, to the digits given."""

import numpy as np
import pytest

from pedigree.demography.lifetable import MID_CLASS, TEXTBOOK, LifeTable

T5_DYING = [0.3, 0.1, 0.05, 0.05, 0.1, 0.2, 0.4, 1]
T5_YOUNG = [0, 0, 0.3, 0.5, 0.6, 0.5, 0.2, 0]


def test_life_table__of_t5_is_the_worked_table_by_the_textbook() -> None:
    table = LifeTable.from_rates(T5_DYING, T5_YOUNG, convention=TEXTBOOK)
    reached = [1, 0.7, 0.63, 0.5985, 0.568575, 0.511717, 0.409374, 0.245624]
    assert table.lx == pytest.approx(reached, abs=6e-7)
    assert table.Px.round(2).tolist() == [0.7, 0.9, 0.95, 0.95, 0.9, 0.8, 0.6, 0]
    shares = [0.239046, 0.160578, 0.138688, 0.126436, 0.115266, 0.099553, 0.076428, 0.044006]
    assert table.cx.round(6).tolist() == shares
    values = [1, 1.488654, 1.723626, 1.561579, 1.164449, 0.653542, 0.2, 0]
    assert table.Vx.round(6).tolist() == values
    assert table.Ex.round(4).tolist() == [4.1638, 4.7340, 4.2044, 3.3994, 2.5520, 1.7800, 1.1000, 0.5000]
    assert (round(table.R0, 8), round(table.T, 5)) == (1.16712855, 3.77925)
    assert (round(table.lambda_, 8), round(table.r, 8)) == (1.04205763, 0.04119725)
    assert round(np.log(table.R0) / table.r, 5) == 3.75138
    assert round(table.R0 ** (1 / table.T), 8) == 1.04174106


def test_life_table__of_t5_is_the_worked_table_by_the_middles_of_classes() -> None:
    table = LifeTable.from_rates(T5_DYING, T5_YOUNG, convention=MID_CLASS)
    middles = [0.85, 0.665, 0.61425, 0.583537, 0.540146, 0.460546, 0.327499, 0.122812]
    assert table.Lx == pytest.approx(middles, abs=6e-7)
    assert f"{table.R0:.8f} {table.lambda_:.8f} {table.r:.8f} {table.T:.6f}" == (
        "1.09590422 1.02498540 0.02467837 3.710934"
    )
    assert table.Ex.round(4).tolist() == [4.8986, 4.9831, 4.3122, 3.4866, 2.6863, 1.9778, 1.3750, 1]
    values = [1.176471, 1.541331, 1.710370, 1.521694, 1.131347, 0.638755, 0.2, 0]
    assert table.Vx.round(6).tolist() == values
