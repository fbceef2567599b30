"""How long gene diversity lasts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import projected_gene_diversity, years_until_gene_diversity

NAN = float("nan")


def test_projected_gene_diversity__of_t7_is_the_worked_number() -> None:
    assert round(projected_gene_diversity(0.91, 65, 100, 7.5), 6) == 0.820968


def test_years_until_gene_diversity__of_t7_is_the_worked_number() -> None:
    assert round(years_until_gene_diversity(0.90, 0.91, 65, 7.5), 2) == 10.73


@given(st.floats(0.01, 1), st.floats(1, 1e6), st.integers(0, 60), st.floats(0.1, 60))
def test_projected_gene_diversity__equals_loss_generation_by_generation(
    gene_diversity: float, size: float, generations: int, interval: float
) -> None:
    left = gene_diversity
    for _ in range(generations):
        left -= left / (2 * size)
    found = projected_gene_diversity(gene_diversity, size, generations * interval, interval)
    assert found == pytest.approx(left, rel=1e-9)


@given(st.floats(0.5, 0.95), st.floats(0.01, 0.99), st.floats(2, 1e4), st.floats(0.5, 30))
def test_years_until_gene_diversity__is_when_the_projection_is_at_the_goal(
    gene_diversity: float, part: float, size: float, interval: float
) -> None:
    goal = part * gene_diversity
    years = years_until_gene_diversity(goal, gene_diversity, size, interval)
    assert projected_gene_diversity(gene_diversity, size, years, interval) == pytest.approx(goal, rel=1e-6)


def test_years_until_gene_diversity__is_none_at_the_goal_and_endless_without_loss() -> None:
    assert years_until_gene_diversity(0.9, 0.9, 65, 7.5) == 0
    assert years_until_gene_diversity(0.9, 0.89, 65, 7.5) == 0
    assert years_until_gene_diversity(0.9, 0.91, math.inf, 7.5) == math.inf


@pytest.mark.parametrize("numbers", [(NAN, 65, 7.5), (0.91, NAN, 7.5), (0.91, 65, NAN)])
def test_goals__have_no_answer_without_their_numbers(numbers: tuple[float, float, float]) -> None:
    diversity, size, interval = numbers
    assert math.isnan(projected_gene_diversity(diversity, size, 100, interval))
    assert math.isnan(years_until_gene_diversity(0.9, diversity, size, interval))
    assert math.isnan(years_until_gene_diversity(0.95, diversity, size, interval))


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ((1.2, 65, 100, 7.5), "1.2 is no gene diversity"),
        ((0.9, 0.5, 100, 7.5), "0.5 is no effective size"),
        ((0.9, 65, -1, 7.5), "-1 years lie in the past"),
        ((0.9, 65, 100, 0), "0 is no generation interval"),
    ],
)
def test_projected_gene_diversity__refuses_what_cannot_be(
    numbers: tuple[float, float, float, float], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        projected_gene_diversity(*numbers)


def test_years_until_gene_diversity__refuses_no_goal() -> None:
    with pytest.raises(ValueError, match="0 is no gene diversity to keep"):
        years_until_gene_diversity(0, 0.9, 65, 7.5)
