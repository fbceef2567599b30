import math
from itertools import combinations
from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import (
    NumericalError,
    Pedigree,
    Record,
    effective_size_by_breeders,
    effective_size_by_coancestry,
    effective_size_by_inbreeding,
    effective_size_by_rate,
    equivalent_generations,
    inbreeding,
    kinship_matrix,
    realised_effective_size,
)
from tests.pedigree.strategies import chosen, pedigrees
from tests.pedigree.traced import Traced


def test_effective_size_by_breeders__is_the_printed_one_of_the_loris() -> None:
    assert f"{effective_size_by_breeders(9, 8) / 39:.4f}" == "0.4344"


@given(st.integers(0, 99), st.integers(0, 99))
def test_effective_size_by_breeders__never_exceeds_the_breeders(males: int, females: int) -> None:
    found = effective_size_by_breeders(males, females)
    if males + females == 0:
        assert math.isnan(found)
    else:
        assert 0 <= found <= males + females
        assert found == pytest.approx(0 if not males * females else 1 / (1 / (4 * males) + 1 / (4 * females)))


def _by_hand(rates: list[float]) -> float:
    mean = fmean(rates) if rates else math.nan
    return 1 / (2 * mean) if mean > 0 else math.nan


@given(pedigrees(most=12), st.data())
def test_effective_size_by_inbreeding__equals_the_formula(records: list[Record], data: st.DataObject) -> None:
    pedigree, twin = Pedigree.from_records(records), Traced(records)
    living = data.draw(chosen(records))
    found = effective_size_by_inbreeding(
        inbreeding(pedigree), equivalent_generations(pedigree), pedigree.mask(living)
    )
    depths = {animal: float(twin.equivalents(animal)) for animal in living}
    counted = [animal for animal in living if depths[animal] > 1 + 1e-12]
    rates = [1 - (1 - float(twin.inbreeding(a))) ** (1 / (depths[a] - 1)) for a in counted]
    assert (found.counted, found.left_out) == (len(counted), len(living) - len(counted))
    assert found.number == pytest.approx(_by_hand(rates), rel=1e-9, nan_ok=True)
    if len(rates) > 1 and sum(rates) > 0:
        error = 2 * found.number**2 * stdev(rates) / math.sqrt(len(rates))
        assert found.error == pytest.approx(error, rel=1e-7)


@given(pedigrees(most=12), st.data())
def test_effective_size_by_coancestry__equals_the_formula(records: list[Record], data: st.DataObject) -> None:
    pedigree, twin = Pedigree.from_records(records), Traced(records)
    living = data.draw(chosen(records))
    found = effective_size_by_coancestry(
        kinship_matrix(pedigree), equivalent_generations(pedigree), pedigree.mask(living)
    )
    rates = {}
    for one, other in combinations(living, 2):
        depth = float(twin.equivalents(one) + twin.equivalents(other)) / 2
        if depth > 0:
            rates[one, other] = 1 - (1 - float(twin.kinship(one, other))) ** (1 / depth)
    assert found.counted == len(rates)
    assert found.counted + found.left_out == math.comb(len(living), 2)
    assert found.number == pytest.approx(_by_hand(list(rates.values())), rel=1e-9, nan_ok=True)
    without = [[rate for pair, rate in rates.items() if animal not in pair] for animal in living]
    if len(living) > 2 and all(without) and found.rate > 0:
        means = [fmean(each) for each in without]
        spread = sum((mean - fmean(means)) ** 2 for mean in means)
        error = 2 * found.number**2 * math.sqrt((len(living) - 1) / len(living) * spread)
        assert found.error == pytest.approx(error, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("size", [2, 5, 50])
def test_effective_size_by_rate__finds_an_ideal_population(size: int) -> None:
    years = np.arange(10.0)
    found = effective_size_by_rate(1 - (1 - 1 / (2 * size)) ** (years / 4), years, interval=4)
    assert found.number == pytest.approx(size, rel=1e-10)
    assert found.error == pytest.approx(0, abs=1e-6)
    assert found.counted == 10


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 15)), min_size=3, max_size=12))
def test_effective_size_by_rate__equals_least_squares(drawn: list[tuple[int, int]]) -> None:
    time = np.array([float(when) for when, _ in drawn])
    values = np.array([sixteenths / 16 for _, sixteenths in drawn])
    found = effective_size_by_rate(values, time)
    if time.min() == time.max():
        assert math.isnan(found.number)
        return
    design = np.column_stack([np.ones(len(time)), time])
    logs = np.log(1 - values)
    slope = np.linalg.lstsq(design, logs)[0][1]
    assert found.rate == pytest.approx(1 - math.exp(slope), abs=1e-9)
    scatter = ((logs - design @ np.linalg.lstsq(design, logs)[0]) ** 2).sum() / (len(time) - 2)
    if found.rate > 1e-6:
        error = math.sqrt(scatter * np.linalg.inv(design.T @ design)[1, 1]) * math.exp(slope)
        assert found.error == pytest.approx(2 * found.number**2 * error, rel=1e-5, abs=1e-9)


def test_effective_size_by_rate__leaves_unknown_births_out() -> None:
    found = effective_size_by_rate(np.array([0.0, 0.5, 0.9]), np.array([0.0, 1.0, np.nan]))
    assert (found.number, found.counted, found.left_out) == (pytest.approx(1), 2, 1)
    assert math.isnan(found.error)


@pytest.mark.parametrize(
    "found",
    [
        effective_size_by_rate(np.array([0.5, 0.0]), np.array([0.0, 1.0])),
        effective_size_by_rate(np.array([]), np.array([])),
        effective_size_by_inbreeding(np.zeros(2), np.array([0.0, 3.0]), np.array([True, True])),
        effective_size_by_inbreeding(np.zeros(1), np.zeros(1), np.array([True])),
        effective_size_by_coancestry(np.eye(2) / 2, np.array([1.0, 1.0]), np.array([True, True])),
        effective_size_by_coancestry(np.eye(2) / 2, np.zeros(2), np.array([True, True])),
        effective_size_by_coancestry(np.eye(1) / 2, np.zeros(1), np.array([True])),
    ],
)
def test_effective_size__that_cannot_be_estimated_is_nan(found) -> None:
    assert math.isnan(found.number)
    assert math.isnan(found.error)


def test_realised_effective_size__undoes_the_loss_of_an_ideal_population() -> None:
    assert realised_effective_size(1 - (1 - 1 / 40) ** 7, 7) == pytest.approx(20, rel=1e-12)
    assert math.isnan(realised_effective_size(0, 3))
    assert math.isnan(realised_effective_size(0.2, 0))
    assert math.isnan(realised_effective_size(math.nan, 3))


def test_effective_size_by_breeders__refuses_negative_numbers() -> None:
    with pytest.raises(NumericalError, match="effective population size"):
        effective_size_by_breeders(-1, 5)


def test_effective_size_by_coancestry__leaves_one_animal_out_where_founders_have_no_pair() -> None:
    kinship = np.array(
        [[0.5, 0, 0.25, 0.25], [0, 0.5, 0.125, 0.25], [0.25, 0.125, 0.5, 0], [0.25, 0.25, 0, 0.5]]
    )
    found = effective_size_by_coancestry(kinship, np.array([0.0, 0.0, 2.0, 2.0]), np.full(4, True))
    # Every pair but the two founders has t = 1 or more; of t = 2 only the last, whose kinship is 0.
    rates = {(0, 2): 0.25, (0, 3): 0.25, (1, 2): 0.125, (1, 3): 0.25, (2, 3): 0.0}
    means = [fmean(rate for pair, rate in rates.items() if animal not in pair) for animal in range(4)]
    spread = sum((mean - fmean(means)) ** 2 for mean in means)
    assert (found.counted, found.left_out, found.rate) == (5, 1, 0.175)
    assert found.error == pytest.approx(2 * found.number**2 * math.sqrt(3 / 4 * spread), rel=1e-12)


@pytest.mark.parametrize("equivalents", [0.5, 1, 3])
def test_realised_effective_size__answers_from_the_first_generation_on(equivalents: float) -> None:
    lost = 1 - (1 - 0.25) ** (1 / equivalents)
    assert realised_effective_size(0.25, equivalents) == pytest.approx(1 / (2 * lost), rel=1e-12)


def test_effective_size_by_rate__leaves_the_wholly_inbred_out() -> None:
    inbred, time = np.array([0.0, 0.5, 0.75, 1.0]), np.array([0.0, 1.0, 2.0, 3.0])
    found = effective_size_by_rate(inbred, time)
    assert (found.counted, found.left_out) == (3, 1)
    assert found.number == pytest.approx(1.0)
