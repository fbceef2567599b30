"""Survival curves: against lifelines, and by hand."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import MALE, LifeRecord, Lives, MaskError, kaplan_meier, median_life, survival_curve
from tests.pedigree.demography.books import day, lightly, records

SAMPLES = 200


def sample(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ages at entry and exit in whole numbers, so that they tie, and who died."""
    rng = np.random.default_rng(seed)
    number = int(rng.integers(3, 60))
    late = rng.random() < 0.7
    entry = rng.integers(0, 8, number) * (rng.random(number) < 0.5) * late
    exit_ = entry + rng.integers(1, 12, number)
    died = rng.random(number) < rng.random()
    return entry.astype(float), exit_.astype(float), died


@pytest.mark.slow
def test_kaplan_meier__equals_lifelines_on_many_samples() -> None:
    with warnings.catch_warnings():
        # What lifelines imports, and its advice on small samples, are none of ours.
        warnings.simplefilter("ignore")
        from lifelines import KaplanMeierFitter

        fitted = []
        for seed in range(SAMPLES):
            entry, exit_, died = sample(seed)
            fitter = KaplanMeierFitter().fit(exit_, died, entry=entry)
            bounds = fitter.confidence_interval_survival_function_.to_numpy()
            fitted.append((fitter.survival_function_.iloc[:, 0], bounds))
    compared = 0
    for seed, (survival, bounds) in enumerate(fitted):
        curve = kaplan_meier(*sample(seed))
        places = [survival.index.get_loc(age) for age in curve.age]
        assert curve.survival == pytest.approx(survival.to_numpy()[places], abs=1e-12)
        inner = curve.survival > 0
        low_high = np.column_stack([curve.lower, curve.upper])[inner]
        assert low_high == pytest.approx(bounds[places][inner], abs=1e-9)
        compared += len(places)
    assert compared > SAMPLES


@given(st.integers(1000, 1400))
def test_kaplan_meier__is_the_product_taken_by_hand(seed: int) -> None:
    entry, exit_, died = sample(seed)
    left, expected = 1.0, []
    for age in sorted(set(exit_[died].tolist())):
        at_risk = sum(one < age <= other for one, other in zip(entry, exit_, strict=True))
        left *= 1 - sum(1 for other, dead in zip(exit_, died, strict=True) if dead and other == age) / at_risk
        expected.append(left)
    assert kaplan_meier(entry, exit_, died).survival == pytest.approx(expected, abs=1e-12)


@given(st.integers(2000, 2200), st.sampled_from((0.5, 2.5, 5.5)))
def test_kaplan_meier__from_an_age_on_is_the_curve_of_those_who_reached_it(seed: int, start: float) -> None:
    entry, exit_, died = sample(seed)
    whole, rest = kaplan_meier(entry, exit_, died), kaplan_meier(entry, exit_, died, start=start)
    before = whole.survival[whole.age < start]
    at_start = before[-1] if len(before) else 1.0
    if at_start > 0:
        assert rest.survival * at_start == pytest.approx(whole.survival[whole.age >= start], abs=1e-12)


def test_kaplan_meier__of_deaths_at_birth_counts_all_born() -> None:
    curve = kaplan_meier(np.zeros(4), np.array([0.0, 0, 3, 5]), np.array([True, True, False, False]))
    assert (curve.age.tolist(), curve.survival.tolist()) == ([0], [0.5])


def test_kaplan_meier__of_a_death_on_the_day_of_entry_counts_it() -> None:
    entry, exit_ = np.array([0.0, 0, 4, 4]), np.array([9.0, 9, 4, 9])
    curve = kaplan_meier(entry, exit_, np.array([False, False, True, False]))
    assert (curve.at_risk.tolist(), curve.survival.tolist()) == ([3], [pytest.approx(2 / 3)])


def test_kaplan_meier__of_nobody_dead_is_level() -> None:
    curve = kaplan_meier(np.zeros(2), np.array([3.0, 5.0]), np.zeros(2, dtype=bool))
    assert (len(curve.age), curve.survival_at(4), math.isnan(curve.survival_at(6))) == (0, 1.0, True)
    assert math.isnan(median_life(curve).age)


def test_kaplan_meier__has_no_interval_where_nobody_is_left() -> None:
    curve = kaplan_meier(np.zeros(2), np.array([3.0, 5.0]), np.ones(2, dtype=bool))
    assert (curve.survival[-1], curve.survival_at(99)) == (0, 0)
    assert np.isnan([curve.lower[-1], curve.upper[-1]]).all()
    assert 0 < curve.lower[0] < 0.5 < curve.upper[0] < 1


def test_kaplan_meier__refuses_what_cannot_be() -> None:
    one, dead = np.ones(1), np.ones(1, dtype=bool)
    with pytest.raises(ValueError, match="leaves before it comes into view"):
        kaplan_meier(one, 0 * one, dead)
    with pytest.raises(ValueError, match="2 is no level"):
        kaplan_meier(one, one, dead, level=2)
    with pytest.raises(MaskError, match="for each of the 1 animals"):
        kaplan_meier(one, one, one)  # type: ignore[arg-type]


@lightly
@given(records(), st.sampled_from((None, MALE)), day)
def test_survival_curve__falls_from_1_within_its_interval(lives, sex, last) -> None:
    curve = survival_curve(Lives.from_records(lives), sex, last=last)
    assert (np.diff(curve.survival, prepend=1.0) <= 0).all()
    inner = ~np.isnan(curve.lower)
    assert (curve.lower[inner] <= curve.survival[inner]).all()
    assert (curve.upper[inner] >= curve.survival[inner]).all()


def test_survival_curve__counts_an_unsexed_animal_by_half() -> None:
    stay = ((1, None),)
    lives = [LifeRecord("1", birth=1, death=11, stays=stay), LifeRecord("2", MALE, birth=1, stays=stay)]
    curve = survival_curve(Lives.from_records(lives), MALE, last=100)
    assert curve.survival.tolist() == [pytest.approx(2 / 3)]


def test_median_life__without_first_year_deaths_is_later() -> None:
    stay = ((1, None),)
    ages = [10, 20, 30, 800, 900, 1000]
    lives = Lives.from_records([LifeRecord(str(age), birth=1, death=1 + age, stays=stay) for age in ages])
    assert median_life(survival_curve(lives, last=5000)).age == 30
    assert median_life(survival_curve(lives, last=5000, start=365.25)).age == 900


def test_median_life__has_the_interval_of_the_curve() -> None:
    curve = kaplan_meier(np.zeros(20), np.arange(1.0, 21.0), np.ones(20, dtype=bool))
    found = median_life(curve)
    assert found.lower < found.age == 10 < found.upper
    assert curve.lower[curve.age == found.lower][0] <= 0.5 < curve.lower[curve.age == found.lower - 1][0]
