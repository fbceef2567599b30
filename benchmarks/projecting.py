"""Runs of a projection: by the animals it starts from, and by its years."""

from __future__ import annotations

from typing import Final

import numpy as np

from benchmarks.timing import Task
from pedigree import (
    FEMALE,
    MALE,
    LivingPopulation,
    Pedigree,
    Projection,
    Rates,
    Record,
    Scenario,
    SexRates,
    run_projection,
)

FOUNDERS: Final = 40
YEARS: Final = 20
LIVING: Final = 250
OLDEST: Final = 12
LOCI: Final = 100
DEATHS: Final = (0.25, 0.05, 0.03, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 1)
BIRTHS: Final = (0, 0, 0.1, 0.35, 0.4, 0.4, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0, 0, 0)
LITTERS: Final = (0.3, 0.4, 0.3)


def herd(size: int) -> LivingPopulation:
    """Return so many living animals of all ages, young of random pairs of founders."""
    rng = np.random.default_rng(1)
    founders = [Record(f"f{row:03d}", sex=MALE if row % 2 else FEMALE) for row in range(FOUNDERS)]
    pairs = rng.integers(FOUNDERS // 2, size=(size, 2)) * 2
    young = [
        Record(f"y{row:06d}", f"f{sire + 1:03d}", f"f{dam:03d}", MALE if row % 2 else FEMALE)
        for row, (sire, dam) in enumerate(pairs.tolist())
    ]
    pedigree = Pedigree.from_records([*founders, *young])
    living = pedigree.generation > 0
    return LivingPopulation.of(pedigree, living, rng.integers(OLDEST, size=len(pedigree)))


def _run(size: int, years: int, strategy: str, kinship: str) -> Task:
    population, sex = herd(size), SexRates.of(DEATHS, BIRTHS)
    loci = LOCI if kinship == "loci" else Scenario().loci
    scenario = Scenario(
        years=years, strategy=strategy, capacity=size, litter_sizes=LITTERS, kinship=kinship, loci=loci
    )

    def work() -> Projection:
        return run_projection(population, Rates(sex, sex), scenario, runs=1)

    return Task(work, lambda found: float(found.gene_diversity[0, -1]))


def by_pedigree(size: int) -> Task:
    """Prepare a run of so many animals and 20 years, by mean kinship from the pedigree."""
    return _run(size, YEARS, "mean-kinship", "exact")


def planned_by_pedigree(size: int) -> Task:
    """Prepare the same by the plan."""
    return _run(size, YEARS, "plan", "exact")


def by_loci(size: int) -> Task:
    """Prepare the same by mean kinship from loci."""
    return _run(size, YEARS, "mean-kinship", "loci")


def planned_by_loci(size: int) -> Task:
    """Prepare the same by the plan from loci."""
    return _run(size, YEARS, "plan", "loci")


def of_years(years: int) -> Task:
    """Prepare a run of 250 animals and so many years, by the plan from the pedigree."""
    return _run(LIVING, years, "plan", "exact")
