"""Bands, chances and times to goals, against numbers made by hand."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pedigree import ScenarioError
from pedigree.projection import (
    Scenario,
    bands,
    compare_projections,
    extinction_risk,
    run_projection,
    years_kept,
    years_to_reach,
)
from tests.pedigree.projection.cases import RATES, population

FIGURES = arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(1, 4)),
    elements=st.sampled_from([0.5, 1, 2, 4, math.nan]),
)


@given(FIGURES)
def test_bands__are_what_the_library_of_python_says(values: np.ndarray) -> None:
    found = bands(values, level=0.5)
    for year, column in enumerate(values.T):
        there = sorted(value for value in column.tolist() if not math.isnan(value))
        assert found.runs[year] == len(there)
        if not there:
            assert math.isnan(found.mean[year])
            assert math.isnan(found.high[year])
            continue
        assert found.mean[year] == pytest.approx(statistics.fmean(there))
        assert found.middle[year] == pytest.approx(statistics.median(there))
        if len(there) > 1:
            low, _, high = statistics.quantiles(there, method="inclusive")
            assert (found.low[year], found.high[year]) == pytest.approx((low, high))
            assert found.error[year] == pytest.approx(statistics.stdev(there) / math.sqrt(len(there)))
        else:
            assert math.isnan(found.error[year])


@pytest.mark.parametrize(
    ("gone", "runs", "low", "high"),
    # Of the kind printed by Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1),
    ],
)
def test_extinction_risk__has_the_interval_of_wilson(gone: int, runs: int, low: float, high: float) -> None:
    extinct = (np.arange(runs) < gone)[:, None]
    found = extinction_risk(extinct)
    assert found.share[0] == pytest.approx(gone / runs)
    assert (found.low[0], found.high[0]) == pytest.approx((low, high), abs=5e-5)


def test_extinction_risk__of_no_runs_is_no_number() -> None:
    found = extinction_risk(np.zeros((0, 3), dtype=np.bool_))
    assert found.runs == 0
    assert np.isnan([*found.share, *found.low, *found.high]).all()


@given(FIGURES, st.sampled_from([0.5, 1.0, 2.0]))
def test_years__are_the_first_that_fall_below_or_reach(values: np.ndarray, goal: float) -> None:
    kept, reached = years_kept(values, goal), years_to_reach(values, goal)
    for run, row in enumerate(values.tolist()):
        below = [year for year, value in enumerate(row) if not value >= goal]
        above = [year for year, value in enumerate(row) if value >= goal]
        assert kept.years[run] == (below[0] if below else math.inf)
        assert reached.years[run] == (above[0] if above else math.inf)
    for year in range(values.shape[1]):
        assert kept.chance.share[year] == pytest.approx(np.mean(kept.years > year))
        assert reached.chance.share[year] == pytest.approx(np.mean(reached.years <= year))
    assert kept.low in kept.years
    assert kept.low <= kept.middle <= kept.high


def test_years_kept__of_no_runs_is_no_number() -> None:
    assert math.isnan(years_kept(np.zeros((0, 3)), 0.9).middle)


@pytest.mark.parametrize("level", [0, 1, 90, math.nan])
def test_bands__refuse_what_is_no_level(level: float) -> None:
    for ask in (
        lambda: bands(np.zeros((1, 1)), level=level),
        lambda: extinction_risk(np.zeros((1, 1), dtype=np.bool_), level=level),
        lambda: years_kept(np.zeros((1, 1)), 1, level=level),
    ):
        with pytest.raises(ValueError, match="Give a share between 0 and 1"):
            ask()


def test_projection__is_extinct_from_the_year_one_sex_is_gone() -> None:
    found = run_projection(
        population(), RATES, Scenario(years=40, capacity=8, extinction_threshold=4), runs=20
    )
    gone = (found.males == 0) | (found.females == 0) | (found.animals < 4)
    assert 0 < found.extinct[:, -1].mean() <= 1
    for run in range(20):
        assert found.extinct[run].tolist() == [gone[run, : year + 1].any() for year in range(41)]


def test_compare_projections__pairs_runs_of_one_number() -> None:
    scenarios = [Scenario(name=name, years=6, capacity=size) for name, size in (("small", 20), ("large", 40))]
    small, large = (run_projection(population(), RATES, each, runs=12) for each in scenarios)
    rows = {(row.scenario, row.figure): row for row in compare_projections([small, large], 6)}
    difference = large.animals[:, 6] - small.animals[:, 6]
    found = rows["large", "animals"]
    assert found.difference == pytest.approx(difference.mean())
    assert found.difference_error == pytest.approx(difference.std(ddof=1) / math.sqrt(12))
    assert found.mean == pytest.approx(large.animals[:, 6].mean())
    assert rows["small", "gene_diversity"].difference == 0
    assert rows["small", "extinction_risk"].mean == small.extinct[:, 6].mean()
    assert len(rows) == 10


def test_compare_projections__refuses_a_year_that_one_does_not_reach() -> None:
    projections = [run_projection(population(), RATES, Scenario(years=years), runs=1) for years in (2, 1)]
    with pytest.raises(ScenarioError, match="Year 2 is asked for, but mean-kinship ends with year 1"):
        compare_projections(projections, 2)


def test_scenarios__share_their_catastrophes_and_the_genes_of_the_start() -> None:
    one, other = (
        run_projection(population(), RATES, Scenario(years=1, strategy=each), runs=5)
        for each in ("random", "plan")
    )
    assert np.array_equal(one.alleles[:, 0], other.alleles[:, 0])
    assert np.array_equal(one.deaths[:, 1], other.deaths[:, 1])
