"""Small populations and rates that projections are tried on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pedigree import FEMALE, MALE, UNKNOWN_SEX, Pedigree, Record
from pedigree.projection import (
    Arrivals,
    Catastrophe,
    GenomeBank,
    LivingPopulation,
    Projection,
    Rates,
    Scenario,
    SexRates,
)
from pedigree.projection.figures import FIGURES

# Whole numbers of eighths and sixteenths: sums of them are exact in any order, so that a tie is one for everybody.
RATES = Rates(
    male=SexRates.of([0.25, 0.125, 0.0625, 0.125, 0.25, 1], [0, 0, 0.5, 0.625, 0.5, 0]),
    female=SexRates.of([0.25, 0.0625, 0.125, 0.1875, 0.25, 0.5, 1], [0, 0, 0.5, 0.75, 0.625, 0.25, 0]),
)
LITTERS = (0.25, 0.5, 0.25)


def book(size: int = 24, *, founders: int = 8, seed: int = 1) -> Pedigree:
    """A pedigree of founders and young of random pairs, one of unknown sex."""
    rng = np.random.default_rng(seed)
    records = [Record(f"f{i:02d}", sex=MALE if i % 2 else FEMALE) for i in range(founders)]
    for i in range(size):
        males = [record.id for record in records if record.sex == MALE]
        females = [record.id for record in records if record.sex == FEMALE]
        sex = UNKNOWN_SEX if i == 5 else (MALE, FEMALE)[i % 2]
        records.append(Record(f"y{i:02d}", str(rng.choice(males)), str(rng.choice(females)), sex))
    return Pedigree.from_records([records[row] for row in rng.permutation(len(records))])


def population(
    size: int = 24, *, founders: int = 8, seed: int = 1, straws: Mapping[str, int] | None = None
) -> LivingPopulation:
    """The young of `book` and its last two founders live."""
    pedigree = book(size, founders=founders, seed=seed)
    old = {f"f{founders - 1:02d}", f"f{founders - 2:02d}"}
    living = np.array([animal[0] == "y" or animal in old for animal in pedigree.ids])
    ages = np.array([3 if animal in old else int(animal[1:]) % 5 for animal in pedigree.ids])
    return LivingPopulation.of(pedigree, living, ages, straws=straws or {})


def unlike(one: Projection, other: Projection) -> list[str]:
    """The figures of two projections that differ in any bit."""
    return [
        name
        for name in FIGURES
        if not np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
    ]


START = population(straws={"f01": 5})
SCENARIO = Scenario(
    years=6,
    seed=11,
    strategy="plan",
    capacity=30,
    litter_sizes=LITTERS,
    lethal_equivalents=6,
    imports=(Arrivals(1, 1, every=3),),
    catastrophes=(Catastrophe(0.1, 0.7, 0.7),),
    bank=GenomeBank(per_year=2),
    loci=5,
)
"""A population and a scenario in which everything happens."""
