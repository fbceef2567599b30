"""How long gene diversity lasts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import gene_diversity_by_year, projected_gene_diversity, years_until_gene_diversity

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


def test_gene_diversity_by_year__grows_to_the_target_and_no_further() -> None:
    found = gene_diversity_by_year(0.9, 0.4, 40, 7, 6, growth=1.5, target=100)
    assert found.size.tolist() == [40, 60, 90, 100, 100, 100, 100]


def test_gene_diversity_by_year__leaves_a_population_above_its_target_as_it_is() -> None:
    assert gene_diversity_by_year(0.9, 0.4, 40, 7, 2, growth=1.5, target=30).size.tolist() == [40, 40, 40]


@given(st.floats(0.01, 1), st.floats(0.1, 1), st.floats(6, 1e4), st.floats(0.5, 30), st.integers(0, 120))
def test_gene_diversity_by_year__without_growth_is_the_projection(
    gene_diversity: float, ratio: float, size: float, interval: float, years: int
) -> None:
    found = gene_diversity_by_year(gene_diversity, ratio, size, interval, years)
    expected = projected_gene_diversity(gene_diversity, ratio * size, years, interval)
    assert found.gene_diversity[-1] == pytest.approx(expected)


@given(st.floats(0.5, 1), st.floats(6, 300), st.floats(1, 20), st.floats(0.98, 1.1), st.integers(1, 60))
def test_gene_diversity_by_year__is_one_year_after_the_other(
    ratio: float, size: float, interval: float, growth: float, years: int
) -> None:
    left, now = 0.9, size
    for _ in range(years):
        left = projected_gene_diversity(left, ratio * now, 1, interval)
        now = min(now * growth, max(2 * size, now))
    found = gene_diversity_by_year(0.9, ratio, size, interval, years, growth=growth, target=2 * size)
    assert found.gene_diversity[-1] == pytest.approx(left)


def test_gene_diversity_by_year__has_no_figure_from_where_ne_is_too_small() -> None:
    found = gene_diversity_by_year(0.9, 0.5, 2, 7, 3, growth=0.7)
    assert [math.isnan(left) for left in found.gene_diversity] == [False, False, False, True]
    assert found.whole_years(0.1) == 2


def test_whole_years__are_unknown_past_the_years_looked_at() -> None:
    assert gene_diversity_by_year(0.95, 0.4, 400, 7, 5).whole_years(0.9) is None
    assert gene_diversity_by_year(0.85, 0.4, 400, 7, 5).whole_years(0.9) == 0


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ((0.9, 0, 40, 7, 5), "0 is no ratio of Ne to N"),
        ((0.9, 0.4, 0, 7, 5), "0 is no size"),
        ((0.9, 0.4, 40, 7, -5), "-5 years lie in the past"),
        ((1.9, 0.4, 40, 7, 5), "1.9 is no gene diversity"),
    ],
)
def test_gene_diversity_by_year__refuses_what_cannot_be(numbers: tuple[float, ...], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        gene_diversity_by_year(*numbers)  # type: ignore[arg-type]
