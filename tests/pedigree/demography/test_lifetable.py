"""Life tables: the worked examples, to the digits given."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree.demography.lifetable import MID_CLASS, TEXTBOOK, LifeTable
from tests.pedigree.demography.books import lightly

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


rates = st.integers(1, 40).flatmap(
    lambda ages: st.tuples(
        st.lists(st.floats(0, 0.95), min_size=ages, max_size=ages).map(lambda dying: [*dying, 1.0]),
        st.lists(st.sampled_from((0.0, 0.1)) | st.floats(1e-6, 3), min_size=ages + 1, max_size=ages + 1),
    )
)
CONVENTIONS = pytest.mark.parametrize("convention", [MID_CLASS, TEXTBOOK])


def by_hand(dying: list[float], young: list[float], convention: str) -> dict[str, list[float]]:
    """Return the columns of a table as a textbook writes them, term by term."""
    born = [1.0]
    for chance in dying:
        born.append(born[-1] * (1 - chance))
    ages = range(len(dying))
    middles = [(born[x] + born[x + 1]) / 2 for x in ages]
    reached = middles if convention == MID_CLASS else born[:-1]
    half = 0 if convention == MID_CLASS else 0.5
    left = [sum(reached[x:]) / reached[x] - half if reached[x] else 0 for x in ages]
    return {"lx": born[:-1], "Lx": middles, "Ex": left, "young": [reached[x] * young[x] for x in ages]}


@CONVENTIONS
@lightly
@given(rates)
def test_life_table__equals_the_textbook_term_by_term(convention, given_rates) -> None:
    table = LifeTable.from_rates(*given_rates, convention=convention)
    hand = by_hand(*given_rates, convention)
    for name in ("lx", "Lx", "Ex"):
        assert getattr(table, name) == pytest.approx(hand[name], rel=1e-9, abs=1e-12)
    assert pytest.approx(sum(hand["young"]), rel=1e-12, abs=1e-300) == table.R0


@CONVENTIONS
@lightly
@given(rates)
def test_life_table__solves_the_equation_of_euler(convention, given_rates) -> None:
    table = LifeTable.from_rates(*given_rates, convention=convention)
    if np.isnan(table.r):
        young = table.survivorship * table.Mx
        assert young[0] >= 1 or not young[1:].any()
        return
    terms = [
        s * m * table.lambda_**-x for x, (s, m) in enumerate(zip(table.survivorship, table.Mx, strict=True))
    ]
    assert sum(terms) == pytest.approx(1, abs=1e-10)


@CONVENTIONS
@lightly
@given(rates)
def test_life_table__values_an_animal_by_its_discounted_young(convention, given_rates) -> None:
    table = LifeTable.from_rates(*given_rates, convention=convention)
    if np.isnan(table.r):
        return
    for x, reached in enumerate(table.survivorship):
        ahead = sum(
            table.lambda_ ** -(y - x) * table.survivorship[y] * table.Mx[y] for y in range(x, len(table))
        )
        assert table.Vx[x] == pytest.approx(ahead / reached if reached else 0, rel=1e-8, abs=1e-12)


@CONVENTIONS
@lightly
@given(rates)
def test_life_table__grows_with_lambda_above_1_when_animals_replace_themselves(
    convention, given_rates
) -> None:
    table = LifeTable.from_rates(*given_rates, convention=convention)
    if not np.isnan(table.r) and abs(table.R0 - 1) > 1e-9:
        assert (table.lambda_ > 1) == (table.R0 > 1)


def test_generation_time__is_continuous_where_a_population_just_holds_its_size() -> None:
    times = [LifeTable.from_rates([0.5, 0.5, 1], [0, 1, young]).T for young in (20 / 3, 20 / 3 + 1e-7)]
    level = LifeTable.from_rates([0.5, 0.5, 1], [0, 1, 5])
    assert pytest.approx(1.0) == level.R0
    assert pytest.approx(level.cohort_time) == level.T
    assert times[0] == pytest.approx(times[1], abs=1e-6)


def test_life_table__without_births_says_that_it_has_no_growth() -> None:
    table = LifeTable.from_rates([0.5, 1], [0, 0])
    assert (table.R0, np.isnan(table.r), np.isnan(table.T)) == (0, True, True)
    assert [each.code for each in table.cautions] == ["no_births"]


@pytest.mark.parametrize("young", [[2.0, 1.0], [0.5, 0.0]])
def test_life_table__whose_young_are_born_at_age_0_says_that_lambda_has_no_value(young: list[float]) -> None:
    table = LifeTable.from_rates([0.5, 1], young)
    assert np.isnan(table.lambda_)
    assert [each.code for each in table.cautions] == ["births_at_0"]


def test_life_table__has_nothing_left_at_ages_nobody_reaches() -> None:
    table = LifeTable.from_rates([0.5, 1, 1], [0, 2, 3])
    assert (table.lx[2], table.Ex[2], table.Vx[2], table.cx[2]) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("dying", "young", "sentence"),
    [
        ([0.5, 0.9], [0, 1], "The last Qx is 0.9. Set it to 1"),
        ([0.5, 1], [0], "Give both for the same ages"),
        ([], [], "one at least"),
        ([1.5, 1], [0, 1], r"outside \[0, 1\]"),
        ([np.nan, 1], [0, 1], "is missing"),
        ([0.5, 1], [0, -1], "An Mx is negative"),
    ],
)
def test_from_rates__refuses_what_cannot_be(dying: list[float], young: list[float], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        LifeTable.from_rates(dying, young)


def test_from_rates__refuses_a_convention_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="'other' is no convention"):
        LifeTable.from_rates([1], [0], convention="other")  # type: ignore[arg-type]


def test_life_table__cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        LifeTable.from_rates([0.5, 1], [0, 2]).Qx[0] = 0


def test_median_age__is_where_half_are_dead_with_first_year_deaths_or_without() -> None:
    table = LifeTable.from_rates([0.4, 0.25, 0.5, 1], [0, 0, 0, 0])
    assert table.lx.round(3).tolist() == [1, 0.6, 0.45, 0.225]
    assert table.median_age() == pytest.approx(1 + 0.1 / 0.15)
    assert table.median_age(1) == pytest.approx(2 + 0.15 / 0.225)
    assert np.isnan(table.median_age(9))
