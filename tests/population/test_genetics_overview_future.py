"""What the overview says of gene diversity in years to come."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from pedigree import projected_gene_diversity, years_until_gene_diversity
from studbook.population.basis import Basis
from studbook.population.genetics.figures import figures_on
from studbook.population.genetics.overview_future import future
from tests.population.conftest import Family

NAN = float("nan")


@pytest.fixture
def told(family: Family) -> Any:
    figures = figures_on(Basis(family.programme))
    summary, totals = figures.analysis.summary, figures.totals
    assert summary is not None
    assert totals is not None

    def lines(diversity: float, size: float, interval: float) -> list[Any]:
        shown = replace(summary, gene_diversity=diversity, effective_size=size)
        rates = SimpleNamespace(intervals=SimpleNamespace(everyone=SimpleNamespace(mean=interval)))
        return list(future(family.programme, shown, rates))  # type: ignore[arg-type]

    return lines


def test_future__is_the_worked_example(told: Any) -> None:
    later, years = told(0.91, 65, 7.5)
    assert (later.label, later.value) == ("Gene diversity in 100 years", "82.10 %")
    assert f"{100 * projected_gene_diversity(0.91, 65, 100, 7.5):.2f} %" == later.value
    assert (years.label, years.value) == ("Years until 90 %", "10")
    assert int(years_until_gene_diversity(0.9, 0.91, 65, 7.5)) == 10


def test_future__is_over_when_the_goal_is_not_kept_now(told: Any) -> None:
    assert told(0.8993, 86, 6.8)[1].value == "0"


@pytest.mark.parametrize(("size", "interval"), [(NAN, 7.5), (0.0, 7.5), (65, NAN), (65, 0.0)])
def test_future__has_no_answer_without_size_and_interval(told: Any, size: float, interval: float) -> None:
    lines = told(0.91, size, interval)
    assert [each.answered for each in lines] == [False, False]
    assert all(each.reason for each in lines)
