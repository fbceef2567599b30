"""What many runs must come to in the mean, within their standard error; every seed is fixed."""

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from pedigree import FEMALE, MALE, LifeTable, Pedigree, Record, project_two_sexes
from pedigree.projection import (
    Catastrophe,
    GenomeBank,
    LivingPopulation,
    Projection,
    Rates,
    Scenario,
    SexRates,
    run_projection,
)
from tests.pedigree.projection.cases import LITTERS, RATES, population

ERRORS = 4
"""Standard errors that a mean of this fixed seed may be away: one in 16,000 is further."""
GROWING = Rates(
    male=SexRates.of([0.3, 0.1, 0.05, 0.1, 0.2, 1], [0, 0.2, 0.5, 0.5, 0.4, 0]),
    female=SexRates.of([0.25, 0.1, 0.05, 0.15, 0.2, 0.4, 1], [0, 0, 0.45, 0.6, 0.55, 0.3, 0]),
)


def within_error(values: NDArray[np.float64], expected: float) -> bool:
    """Whether the mean of some runs is the expected number but for chance."""
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return abs(float(np.mean(values)) - expected) <= ERRORS * error + 1e-9


def deterministic(start: LivingPopulation, rates: Rates, scenario: Scenario) -> list[tuple[float, float]]:
    """Males and females expected at the end of each year: survive, grow a year older, breed."""
    now = {(sex, age): 0.0 for sex in (MALE, FEMALE) for age in range(20)}
    for sex, age in zip(start.sex.tolist(), start.age.tolist(), strict=True):
        now[sex, age] += 1
    found = []
    for _ in range(scenario.years + 1):
        found.append(tuple(sum(n for (sex, _), n in now.items() if sex == each) for each in (MALE, FEMALE)))
        later = dict.fromkeys(now, 0.0)
        for (sex, age), number in now.items():
            q = (rates.male if sex == MALE else rates.female).q
            if age < len(q) - 1:
                later[sex, age + 1] = number * (1 - q[age])
        m = rates.female.m
        young = sum(2 * m[age] * later[FEMALE, age] for age in range(1, len(m)))
        later[MALE, 0], later[FEMALE, 0] = (
            young * scenario.share_male,
            young * (1 - scenario.share_male),
        )
        now = later
    return found


def herd(size: int = 60) -> LivingPopulation:
    pedigree = Pedigree.from_records([Record(f"{i:03d}", sex=MALE if i % 2 else FEMALE) for i in range(size)])
    return LivingPopulation.of(pedigree, np.ones(size, dtype=np.bool_), np.arange(size) // 2 % 5)


@pytest.mark.parametrize(("strategy", "share"), [("random", 0.5), ("mean-kinship", 0.4)])
def test_run_projection__has_the_deterministic_mean_without_limits(strategy: str, share: float) -> None:
    scenario = Scenario(years=12, strategy=strategy, litter_sizes=LITTERS, share_male=share, loci=0, seed=3)
    found = run_projection(herd(), GROWING, scenario, runs=250)
    assert found.animals[:, -1].mean() > 90
    for year, (males, females) in enumerate(deterministic(herd(), GROWING, scenario)):
        assert within_error(found.males[:, year], males), year
        assert within_error(found.females[:, year], females), year


def test_run_projection__is_expected_to_follow_the_matrix_of_two_sexes() -> None:
    sexes = {MALE: GROWING.male, FEMALE: GROWING.female}
    males, females = (
        LifeTable.from_rates(rates.q, rates.m, convention="textbook") for rates in sexes.values()
    )
    start = herd()
    now = [np.bincount(start.age[start.sex == sex], minlength=len(sexes[sex])) for sex in (MALE, FEMALE)]
    found = project_two_sexes(males, females, *(each.astype(np.float64) for each in now), 12)
    expected = deterministic(start, GROWING, Scenario(years=12))
    assert found.males.sum(axis=1).tolist() == pytest.approx([males for males, _ in expected])
    assert found.females.sum(axis=1).tolist() == pytest.approx([females for _, females in expected])


def test_run_projection__has_the_deterministic_mean_for_several_litters_a_year() -> None:
    often = replace(GROWING, female=SexRates.of([0.5, 0.4, 1], [0, 1.9, 0.8]))
    scenario = Scenario(years=5, strategy="random", loci=0, seed=4)
    found = run_projection(herd(), often, scenario, runs=250)
    expected = deterministic(herd(), often, scenario)
    assert all(within_error(found.females[:, year], expected[year][1]) for year in range(6))


def test_run_projection__strikes_in_the_share_of_years_that_was_given() -> None:
    plague = Catastrophe(0.25, survival=0.5, litters=0.0)
    scenario = Scenario(years=1, strategy="random", catastrophes=(plague,), loci=0)
    calm = deterministic(herd(), GROWING, scenario)[1]
    found = run_projection(herd(), GROWING, scenario, runs=600)
    survivors = 60 - found.deaths[:, 1]
    whole = 60 - run_projection(herd(), GROWING, replace(scenario, catastrophes=()), runs=600).deaths[:, 1]
    assert within_error(survivors, whole.mean() * (0.75 + 0.25 * 0.5))
    newborn = sum(calm) - whole.mean()
    assert within_error(found.births[:, 1], 0.75 * newborn + 0.25 * 0)


def test_run_projection__loses_inbred_young_by_half_the_diploid_lethal_equivalents() -> None:
    parents = [Record("s", sex=MALE), Record("d", sex=FEMALE)]
    sibs = [Record("a", "s", "d", MALE), Record("b", "s", "d", FEMALE)]
    cubs = [Record(f"c{i}", "a", "b", FEMALE) for i in range(40)]
    pedigree = Pedigree.from_records([*parents, *sibs, *cubs])
    living = np.array([animal[0] == "c" for animal in pedigree.ids])
    start = LivingPopulation.of(pedigree, living, np.zeros(44, dtype=np.int64))
    rates = replace(RATES, female=SexRates.of([0.2, 0, 1], [0, 0, 0]))
    scenario = Scenario(years=1, lethal_equivalents=6.0, loci=0)
    found = run_projection(start, rates, scenario, runs=300)
    assert within_error(found.females[:, 1], 40 * 0.8 * math.exp(-6 / 2 * 0.25))
    # Rates that were counted on young as inbred as these have it in them already.
    counted = run_projection(start, rates, replace(scenario, rates_inbreeding=0.25), runs=300)
    assert within_error(counted.females[:, 1], 40 * 0.8)


def test_run_projection__spends_a_straw_a_try_and_has_litters_by_its_success() -> None:
    dams = [Record(f"d{i}", sex=FEMALE) for i in range(20)]
    pedigree = Pedigree.from_records([*dams, Record("dead", sex=MALE)])
    living = np.array([animal != "dead" for animal in pedigree.ids])
    start = LivingPopulation.of(pedigree, living, np.full(21, 2), straws={"dead": 15})
    rates = replace(RATES, female=SexRates.of([0, 0, 0, 0, 1], [0, 0, 0, 0.5, 0]))
    scenario = Scenario(years=1, bank=GenomeBank(success=0.3), loci=0)
    found = run_projection(start, rates, scenario, runs=300)
    assert (found.straws[:, 1] == 0).all()
    assert within_error(found.births[:, 1], 15 * 1 * 0.3)


@cache
def both(strategy: str, **more: object) -> Projection:
    told = {"years": 15, "strategy": strategy, "capacity": 30, "loci": 8, **more}
    return run_projection(population(), RATES, Scenario(**told), runs=150)  # type: ignore[arg-type]


@pytest.mark.parametrize("strategy", ["random", "plan"])
def test_gene_diversity__is_that_of_the_loci_in_the_mean(strategy: str) -> None:
    found = both(strategy)
    for year in (0, 1, 7, 15):
        there = found.animals[:, year] > 0
        assert within_error((found.gene_diversity - found.heterozygosity)[there, year], 0), year


def test_inbreeding__is_that_of_the_loci_in_the_mean() -> None:
    exact, loci = both("random"), both("random", kinship="loci", loci=100)
    assert np.array_equal(exact.animals, loci.animals)
    for year in (0, 5, 15):
        difference = (exact.inbreeding - loci.inbreeding)[:, year]
        assert within_error(difference[~np.isnan(difference)], 0), year


def test_alleles__are_fewer_in_later_years_of_a_closed_population() -> None:
    found = both("random")
    assert (np.diff(found.alleles, axis=1)[~np.isnan(found.alleles[:, 1:])] <= 0).all()


def test_strategies__keep_more_gene_diversity_the_more_they_look_at() -> None:
    kept = {
        strategy: float(np.nanmean(both(strategy).gene_diversity[:, -1]))
        for strategy in ("random", "dynamic-mean-kinship", "plan")
    }
    assert kept["random"] + 0.02 < kept["dynamic-mean-kinship"]
    assert kept["random"] + 0.02 < kept["plan"]
