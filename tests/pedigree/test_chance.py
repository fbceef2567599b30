"""The chance that a recommended pair has young: known answers, a naive twin, and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize

from pedigree import (
    Case,
    Cases,
    ChanceModel,
    History,
    Prime,
    Prior,
    calibration,
    expected_gain,
    fit_chance,
    penalised_logistic,
)
from pedigree.cases import TERMS
from pedigree.errors import NumericalError
from pedigree.logistic import chance_of_logit, logit_of

PRIME = Prime(4, 9, 3, 8)
HOURS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5]
PASSED = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1]
DEGREES = [53, 56, 57, 63, 66, 67, 67, 67, 68, 69, 70, 70, 70, 70, 72, 73, 75, 75, 76, 76, 78, 79, 80, 81]
FAILED = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("told", "outcomes", "coefficients", "errors"),
    [
        (HOURS, PASSED, ("-4.0777", "1.5046"), ("1.7610", "0.6287")),
        (DEGREES, FAILED, ("10.875", "-0.17132"), ("5.703", "0.08344")),
    ],
    ids=["hours of study and passing an exam", "temperature and O-rings, Montgomery"],
)
def test_penalised_logistic__with_flat_priors_prints_the_textbooks_digits(
    told: list[float], outcomes: list[int], coefficients: tuple[str, str], errors: tuple[str, str]
) -> None:
    found = penalised_logistic(np.column_stack([np.ones(len(told)), told]), outcomes, [0, 0], [0, 0])
    assert _printed(found.coefficients, coefficients) == coefficients
    assert _printed(np.sqrt(np.diag(found.covariance)), errors) == errors


def test_penalised_logistic__of_the_o_rings_has_the_printed_likelihood() -> None:
    found = penalised_logistic(np.column_stack([np.ones(24), DEGREES]), FAILED, [0, 0], [0, 0])
    assert round(found.log_posterior, 3) == -11.515


def _printed(numbers: NDArray[np.float64], like: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{number:.{len(text.split('.')[1])}f}" for number, text in zip(numbers, like, strict=True))


@pytest.mark.parametrize(("fulfilled", "number"), [(0, 0), (0, 30), (7, 30), (30, 30)])
def test_fit__of_like_cases_has_the_posterior_of_a_constant_alone(fulfilled: int, number: int) -> None:
    like = [Case(sire_age=5, dam_age=5, together_years=0)] * number
    model = fit_chance(History.of(like, [n < fulfilled for n in range(number)]), PRIME)
    # The summit by a fine grid, and its width by the curvature there.
    grid = np.arange(-8, 8, 1e-4)
    prior = -1.6 * (grid - logit_of(0.2)) ** 2 / 2
    at = grid[np.argmax(prior + fulfilled * grid - number * np.logaddexp(0, grid))]
    chance = float(chance_of_logit(at))
    assert model.average.chance == pytest.approx(chance, abs=2e-5)
    precision = 1.6 + number * chance * (1 - chance)
    assert model.covariance[0, 0] == pytest.approx(1 / precision, rel=1e-3)
    assert model.average.from_cases == pytest.approx(1 - 1.6 / precision, abs=1e-3)


def test_fit__without_cases_gives_every_pair_the_base_rate_and_says_it_is_the_priors() -> None:
    model = fit_chance(History.of([], []), PRIME)
    for case in (Case(), Case(sire_age=16, dam_age=1, insemination=True), Case(sire_proven=True)):
        found = model.estimate(case)
        assert found.chance == pytest.approx(0.2)
        assert found.low < 0.2 < found.high
        assert found.from_cases == pytest.approx(0, abs=1e-12)
        assert found.mostly_prior
    assert model.calibration.bins == ()
    assert math.isnan(model.calibration.brier)


years = st.one_of(st.none(), st.floats(0, 25))
known = st.one_of(st.none(), st.booleans())
cases = st.builds(
    Case, years, years, known, known, st.one_of(st.none(), st.floats(0, 9)), known, st.booleans()
)
told = st.lists(st.tuples(cases, st.booleans()), max_size=40)


def _fitted(rows: list[tuple[Case, bool]]) -> ChanceModel:
    return fit_chance(History.of([case for case, _ in rows], [came for _, came in rows]), PRIME)


def _surface(rows: list[tuple[Case, bool]], model: ChanceModel, at: NDArray[np.float64]) -> float:
    """The negative log posterior, case by case from its definition."""
    prior = Prior()
    total = (at[0] - math.log(0.2 / 0.8)) ** 2 / 2 * prior.weight * 0.2 * 0.8
    total += sum(value**2 / (2 * scale**2) for value, scale in zip(at[1:], prior.scales, strict=True))
    for case, came in rows:
        logit = at[0]
        for term, value in enumerate(_terms(case)):
            if value is not None:
                logit += at[term + 1] * (value - model.centre[term])
        total += math.log1p(math.exp(-logit if came else logit))
    return float(total)


def _terms(case: Case) -> list[float | None]:
    def outside(age: float | None, first: float, last: float) -> float | None:
        return None if age is None else min(5.0, max(first - age, age - last, 0.0))

    def number(word: bool | None) -> float | None:
        return None if word is None else float(word)

    return [
        outside(case.sire_age, 4, 9),
        outside(case.dam_age, 3, 8),
        number(case.sire_proven),
        number(case.dam_proven),
        None if case.together_years is None else min(case.together_years, 3.0),
        number(case.moves),
        float(case.insemination),
    ]


@settings(max_examples=25, deadline=None)
@given(told)
def test_fit__is_where_a_general_optimiser_finds_the_summit(rows: list[tuple[Case, bool]]) -> None:
    model = _fitted(rows)
    start = np.array([logit_of(0.2), *np.zeros(len(TERMS))])
    found = minimize(lambda at: _surface(rows, model, at), start, method="BFGS", options={"gtol": 1e-7})
    assert model.coefficients == pytest.approx(found.x, abs=2e-4)
    assert _surface(rows, model, model.coefficients) <= found.fun + 1e-9


@settings(max_examples=10, deadline=None)
@given(told)
def test_fit__has_the_inverse_of_the_numerical_curvature_as_covariance(rows: list[tuple[Case, bool]]) -> None:
    model, step, size = _fitted(rows), 1e-3, len(TERMS) + 1
    curvature = np.empty((size, size))
    for i in range(size):
        for j in range(size):
            corners = 0.0
            for one in (1, -1):
                for other in (1, -1):
                    at = model.coefficients.copy()
                    at[i] += one * step
                    at[j] += other * step
                    corners += one * other * _surface(rows, model, at)
            curvature[i, j] = corners / (4 * step**2)
    assert np.linalg.inv(curvature) == pytest.approx(model.covariance, rel=1e-2, abs=1e-4)


@settings(max_examples=50, deadline=None)
@given(told, cases)
def test_fit__always_ends_and_tells_chances_within_their_intervals(
    rows: list[tuple[Case, bool]], case: Case
) -> None:
    model = _fitted(rows)
    found = model.estimate(case)
    assert 0 <= found.low <= found.chance <= found.high <= 1
    assert -1e-9 <= found.from_cases < 1
    assert model.chances(Cases.of([case])) == pytest.approx([found.chance])
    assert sum(each.cases for each in model.calibration.bins) == model.cases == len(rows)
    assert sum(each.fulfilled for each in model.calibration.bins) == model.fulfilled
    assert [each.term for each in model.effects] == list(TERMS)


def test_fit__follows_many_cases_away_from_the_prior() -> None:
    rng = np.random.default_rng(3)
    proven = rng.random(4000) < 0.5
    came = rng.random(4000) < np.where(proven, 0.6, 0.3)
    rows = [(Case(5, 5, bool(each), together_years=0), bool(y)) for each, y in zip(proven, came, strict=True)]
    model = _fitted(rows)
    with_young, without = model.estimates([Case(5, 5, True), Case(5, 5, False)])
    assert with_young.chance == pytest.approx(0.6, abs=0.03)
    assert without.chance == pytest.approx(0.3, abs=0.03)
    assert not with_young.mostly_prior
    proven_sire = model.effects[TERMS.index("sire_proven")]
    assert proven_sire.low < (0.6 / 0.4) / (0.3 / 0.7) < proven_sire.high
    assert model.calibration.brier < model.calibration.brier_of_share < model.calibration.brier_of_base_rate
    assert all(abs(each.told - each.share) < 0.05 for each in model.calibration.bins)


def test_fit__takes_what_is_not_known_as_the_average_case() -> None:
    rows = [(Case(5, 12), True), (Case(5, 20), False), (Case(5, None), False)]
    model = _fitted(rows)
    at_centre = Case(5, 8 + float(model.centre[1]), 0.5, 0.5, 0.0, 0.5)  # type: ignore[arg-type]
    assert model.estimate(Case(5, None)).chance == pytest.approx(model.estimate(at_centre).chance)


def test_calibration__is_told_by_models_that_had_not_seen_the_case() -> None:
    # With each case its own part, the case that differs cannot be told from itself.
    rows = [(Case(5, 5, insemination=n == 0), n == 0) for n in range(20)]
    found = _fitted(rows).calibration
    assert found.bins[-1].told < 0.2


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=80))
def test_calibration__bins_hold_every_case_in_order(rows: list[tuple[float, bool]]) -> None:
    chances, came = [chance for chance, _ in rows], [each for _, each in rows]
    found = calibration(chances, came, base_rate=0.2)
    assert sum(each.cases for each in found.bins) == len(rows)
    assert [each.told for each in found.bins] == pytest.approx(sorted(each.told for each in found.bins))
    assert all(each.low <= each.share <= each.high for each in found.bins)
    assert found.brier == pytest.approx(sum((c - y) ** 2 for c, y in rows) / len(rows))
    assert found.brier_of_share <= found.brier_of_base_rate + 1e-12


def test_expected_gain__puts_a_safe_pair_before_a_better_one_that_hardly_breeds() -> None:
    assert expected_gain(0.4, 0.0003) > expected_gain(0.1, 0.0009)
    assert expected_gain(0.4, 0.0003, litter=2) == pytest.approx(0.00024)


def test_logistic__refuses_what_has_no_single_answer() -> None:
    parted = np.column_stack([np.ones(4), [0, 0, 1, 1]])
    with pytest.raises(NumericalError, match="no single most probable"):
        penalised_logistic(parted, [0, 0, 1, 1], [0, 0], [0, 0])
    twice = np.ones((4, 2))
    with pytest.raises(NumericalError, match="no single most probable"):
        penalised_logistic(twice, [0, 0, 1, 1], [0, 0], [0, 0])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((np.ones((2, 1)), [1], [0], [1]), "Give a row of columns for each outcome"),
        ((np.full((1, 1), np.nan), [1], [0], [1]), "missing or infinite"),
        ((np.ones((1, 1)), [1], [0], [-1]), "precision is below 0"),
        ((np.ones((1, 1)), [2], [0], [1]), "neither true nor false"),
    ],
)
def test_logistic__refuses_what_are_no_cases(arguments: tuple[object, ...], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        penalised_logistic(*arguments)  # type: ignore[arg-type]


def test_priors_and_primes_and_levels__refuse_what_they_cannot_be() -> None:
    with pytest.raises(ValueError, match="base rate"):
        Prior(base_rate=1.0)
    with pytest.raises(ValueError, match="weight above 0"):
        Prior(weight=0)
    with pytest.raises(ValueError, match="two ages in order"):
        Prime(9, 4, 3, 8)
    with pytest.raises(ValueError, match="level"):
        fit_chance(History.of([], []), PRIME, level=1.0)
    with pytest.raises(ValueError, match="one for each case"):
        History.of([Case()], [])
    with pytest.raises(ValueError, match="one outcome for each"):
        calibration([0.5], [], base_rate=0.2)
    with pytest.raises(ValueError, match="outside 0 to 1"):
        calibration([1.5], [True], base_rate=0.2)
