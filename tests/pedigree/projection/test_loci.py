"""Kinship by loci is the share of genes that are copies of one, and follows the exact one."""

import itertools

import numpy as np
import pytest

from pedigree.projection import STRATEGIES, GenomeBank, LivingPopulation, Scenario, run_projection
from pedigree.projection.herd import Herd
from pedigree.projection.relatedness import ByLoci, ByPedigree
from tests.pedigree.projection.cases import LITTERS, RATES, population

LOCI = 1024
SCENARIO = Scenario(kinship="loci", loci=LOCI)


@pytest.fixture(scope="module")
def herd() -> Herd:
    return Herd(population(straws={"f01": 2}), SCENARIO, 0)


def by_hand(herd: Herd, one: int, other: int) -> float:
    copies = herd.kin.marks.copies
    pairs = itertools.product(copies[:, one], copies[:, other])
    return float(np.mean([first == second for first, second in pairs]))


def test_by_loci__sums_the_genes_that_are_alike(herd: Herd) -> None:
    slots = np.array([0, 3, 9])
    expected = [sum(by_hand(herd, slot, other) for other in herd.living) for slot in slots]
    assert herd.kin.sums(slots).tolist() == pytest.approx(expected)
    weights = np.arange(len(herd.living)) / 7
    weighted = [
        sum(w * by_hand(herd, slot, other) for w, other in zip(weights, herd.living, strict=True))
        for slot in slots
    ]
    assert herd.kin.weighted_sums(slots, herd.living, weights).tolist() == pytest.approx(weighted)


def test_by_loci__knows_pairs(herd: Herd) -> None:
    one, other = np.array([1, 4]), np.array([2, 9])
    expected = [by_hand(herd, *pair) for pair in zip(one, other, strict=True)]
    assert herd.kin.between(one, other).tolist() == pytest.approx(expected)


def test_by_loci__tells_inbreeding_and_gene_diversity_of_other_loci(herd: Herd) -> None:
    told = herd.alleles.copies
    alike = [float((told[0, slot] == told[1, slot]).mean()) for slot in (1, 4)]
    assert herd.kin.inbreeding(np.array([1, 4])).tolist() == pytest.approx(alike)
    mean = np.mean([by_hand(herd, *pair) for pair in itertools.product(herd.living, repeat=2)])
    assert herd.kin.gene_diversity(herd.living) != 1 - mean
    assert herd.kin.gene_diversity(herd.living) == pytest.approx(1 - mean, abs=0.01)


def test_by_loci__ranks_animals_as_the_pedigree_does(herd: Herd) -> None:
    start = population(straws={"f01": 2})
    exact = ByPedigree(np.roll(start.kinship, (1, 1), (0, 1)), 1, len(herd.alive))
    living = herd.living
    means, found = exact.sums(living), herd.kin.sums(living)
    assert np.corrcoef(means, found)[0, 1] > 0.98
    assert np.abs(means - found).max() / len(living) < 0.02


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_run_projection__by_loci_keeps_the_rules_of_every_strategy(strategy: str) -> None:
    scenario = Scenario(
        years=8,
        strategy=strategy,
        capacity=30,
        litter_sizes=LITTERS,
        kinship="loci",
        loci=100,
        litters_per_sire=1,
        kinship_limit=0.2,
        bank=GenomeBank(per_year=1),
    )
    found = run_projection(population(straws={"f01": 5}), RATES, scenario, runs=4)
    assert (np.diff(found.straws, axis=1) >= -1).all()
    assert found.straws[:, -1].max() < 5
    males_of_last_year = found.males[:, :-1] + found.births[:, 1:]
    assert (found.pairs[:, 1:] <= males_of_last_year + 1).all()
    assert found.animals[:, 1:].mean() > 15
    assert np.array_equal(found.gene_diversity, found.heterozygosity)


def test_run_projection__by_loci_keeps_as_much_as_by_the_pedigree() -> None:
    kept = {}
    for kinship in ("exact", "loci"):
        scenario = Scenario(
            years=15, strategy="plan", capacity=30, litter_sizes=LITTERS, kinship=kinship, loci=128
        )
        kept[kinship] = run_projection(population(), RATES, scenario, runs=60).heterozygosity[:, -1]
        kept[kinship] = kept[kinship][~np.isnan(kept[kinship])]
    error = np.sqrt(sum(each.var(ddof=1) / len(each) for each in kept.values()))
    assert abs(kept["exact"].mean() - kept["loci"].mean()) < 4 * error


def test_by_loci__is_what_a_scenario_asks_for() -> None:
    assert isinstance(Herd(population(), SCENARIO, 0).kin, ByLoci)
    assert isinstance(Herd(population(), Scenario(), 0).kin, ByPedigree)
    assert isinstance(population(), LivingPopulation)
