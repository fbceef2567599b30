"""Matrices of life tables, and populations taken from year to year by them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import LifeTable, dominant_root, leslie_matrix, project_one_sex, project_two_sexes
from pedigree.demography.lifetable import CONVENTIONS, MID_CLASS, TEXTBOOK
from tests.pedigree.demography.books import lightly
from tests.pedigree.demography.test_lifetable import T5_DYING, T5_YOUNG, rates

BOTH = pytest.mark.parametrize("convention", CONVENTIONS)


@pytest.mark.slow
@BOTH
@lightly
@given(rates)
def test_dominant_root__is_lambda_of_the_equation_of_euler(convention, given_rates) -> None:
    table = LifeTable.from_rates(*given_rates, convention=convention)
    if not np.isnan(table.r):
        assert dominant_root(leslie_matrix(table)) == pytest.approx(table.lambda_, rel=1e-10, abs=1e-10)


@BOTH
def test_dominant_root__is_lambda_with_young_at_age_0_too(convention: str) -> None:
    table = LifeTable.from_rates([0.2, 0.4, 1], [0.3, 0.6, 0.2], convention=convention)
    assert table.Mx[0] > 0
    assert dominant_root(leslie_matrix(table)) == pytest.approx(table.lambda_, rel=1e-12)


def test_dominant_root__of_t5_is_the_worked_number() -> None:
    roots = [
        dominant_root(leslie_matrix(LifeTable.from_rates(T5_DYING, T5_YOUNG, convention=c)))
        for c in CONVENTIONS
    ]
    assert [f"{root:.8f}" for root in roots] == ["1.02498540", "1.04205763"]


def test_leslie_matrix__of_textbooks_is_the_post_breeding_one() -> None:
    table = LifeTable.from_rates(T5_DYING, T5_YOUNG, convention=TEXTBOOK)
    matrix = leslie_matrix(table)
    assert matrix[0, :-1] == pytest.approx(table.Px[:-1] * table.Mx[1:])
    assert matrix.diagonal(-1) == pytest.approx(table.Px[:-1])
    assert not matrix[0, -1]


@BOTH
@lightly
@given(rates)
def test_stable_ages__stay_as_they_are(convention, given_rates) -> None:
    table = LifeTable.from_rates(*given_rates, convention=convention)
    if not np.isnan(table.r):
        assert table.cx.sum() == pytest.approx(1)
        assert leslie_matrix(table) @ table.cx == pytest.approx(table.lambda_ * table.cx, abs=1e-10)


def year_by_year(table: LifeTable, animals: list[float], years: int) -> list[float]:
    """Return the animals by age, moved on one by one: who is there ages, those bear, newborn young bear at once."""
    reached = table.survivorship.tolist()
    for _ in range(years):
        later = [0.0] * len(animals)
        for age in range(1, len(animals)):
            later[age] = animals[age - 1] * reached[age] / reached[age - 1] if reached[age - 1] else 0
        born = generation = sum(m * n for m, n in zip(table.Mx.tolist()[1:], later[1:], strict=True))
        while generation > 1e-15 * born:
            generation *= reached[0] * table.Mx[0]
            born += generation
        animals = [reached[0] * born, *later[1:]]
    return animals


@BOTH
@lightly
@given(rates, st.integers(0, 4))
def test_project_one_sex__is_moving_on_year_by_year(convention, given_rates, years) -> None:
    table = LifeTable.from_rates(*given_rates, convention=convention)
    if table.survivorship[0] * table.Mx[0] > 0.9:
        return
    animals = [float(1 + age % 3) for age in range(len(table))]
    found = project_one_sex(table, np.array(animals), years)
    assert found.shape == (years + 1, len(table))
    assert found[-1] == pytest.approx(year_by_year(table, animals, years), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("dominance", ["female", "male", "both"])
def test_project_two_sexes__of_equal_sexes_is_one_sex_twice(dominance: str) -> None:
    table = LifeTable.from_rates(T5_DYING, T5_YOUNG)
    animals = np.arange(1.0, 9.0)
    found = project_two_sexes(table, table, animals, animals, 12, dominance=dominance)  # type: ignore[arg-type]
    alone = project_one_sex(table, animals, 12)
    assert found.males == pytest.approx(alone)
    assert found.females == pytest.approx(alone)
    assert found.size == pytest.approx(2 * alone.sum(axis=1))


def test_project_two_sexes__bears_young_to_females_as_many_males_as_females() -> None:
    males = LifeTable.from_rates([0.5, 1], [0, 9], convention=TEXTBOOK)
    females = LifeTable.from_rates([0.25, 1], [0, 2], convention=TEXTBOOK)
    found = project_two_sexes(males, females, np.array([0.0, 0.0]), np.array([4.0, 0.0]), 1)
    assert found.females.tolist() == [[4, 0], [6, 3]]
    assert found.males.tolist() == [[0, 0], [6, 0]]


def test_project_two_sexes__that_needs_both_has_no_young_of_one_sex_alone() -> None:
    table = LifeTable.from_rates(T5_DYING, T5_YOUNG)
    found = project_two_sexes(table, table, np.zeros(1), np.full(8, 9.0), 3, dominance="both")
    assert not found.males.any()


def test_project_one_sex__takes_the_oldest_as_of_the_last_age() -> None:
    table = LifeTable.from_rates([0.5, 1], [0, 2])
    assert project_one_sex(table, np.array([1.0, 2.0, 3.0, 4.0]), 0).tolist() == [[1, 9]]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"years": -1}, "-1 years lie in the past"),
        ({"dominance": "none"}, "'none' is no dominance"),
        ({"females": LifeTable.from_rates([1], [0], convention=TEXTBOOK)}, "follow two conventions"),
        ({"females": LifeTable.from_rates([0.2, 1], [2, 0])}, "Births at age 0 alone replace"),
    ],
)
def test_project_two_sexes__refuses_what_cannot_be(change: dict[str, object], sentence: str) -> None:
    table = LifeTable.from_rates([0.5, 1], [0, 2], convention=MID_CLASS)
    asked = {
        "males": table,
        "females": table,
        "male_animals": np.ones(2),
        "female_animals": np.ones(2),
        "years": 1,
    }
    with pytest.raises(ValueError, match=sentence):
        project_two_sexes(**asked | change)  # type: ignore[arg-type]
