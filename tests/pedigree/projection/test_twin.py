"""The projection and its slow twin, fed with the same draws, agree in every figure of every year."""

import math

import numpy as np
import pytest

from pedigree.projection import (
    STRATEGIES,
    Arrivals,
    Catastrophe,
    Departures,
    GenomeBank,
    Scenario,
    run_projection,
)
from tests.pedigree.projection.cases import LITTERS, RATES, population
from tests.pedigree.projection.naive import live

PLAIN = {"years": 5, "loci": 3, "litter_sizes": LITTERS}
CASES = {
    "free": {},
    "spaces": {"capacity": 30},
    "surplus": {"capacity": 26, "limits_litters": False, "exports_surplus": True},
    "moves": {
        "imports": (Arrivals(1, 2, age=2, first=2, every=2),),
        "exports": (Departures(1, 1, youngest=1, oldest=3), Departures(1, 0, most_related=True, first=3)),
        "capacity": 34,
    },
    "hardship": {
        "catastrophes": (Catastrophe(0.5, 0.8, 0.6), Catastrophe(0.3, 1, 0.5)),
        "lethal_equivalents": 12.0,
        "rates_inbreeding": 0.125,
        "share_male": 0.375,
    },
    "rules": {"capacity": 36, "fulfilment": 0.625, "litters_per_sire": 2, "kinship_limit": 0.15},
    "bank": {"capacity": 36, "bank": GenomeBank(success=0.75, per_year=3), "litters_per_sire": 1},
}


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("case", CASES)
def test_run_projection__is_what_its_slow_twin_does(case: str, strategy: str) -> None:
    straws = {"f01": 4, "f03": 0, "f07": 2} if case == "bank" else None
    start = population(straws=straws)
    scenario = Scenario(**{**PLAIN, **CASES[case]}, strategy=strategy, seed=7)
    found = run_projection(start, RATES, scenario, runs=2)
    for run in range(2):
        for year, figures in enumerate(live(start, RATES, scenario, run)):
            for name, value in figures.items():
                ours = float(getattr(found, name)[run, year])
                assert ours == pytest.approx(value, abs=1e-12, nan_ok=True), (run, year, name)


def test_run_projection__tries_every_rule_in_the_comparison_with_its_twin() -> None:
    moved = run_projection(population(), RATES, Scenario(**{**PLAIN, **CASES["moves"]}), runs=2)
    assert (moved.imports.sum(), moved.exports.sum() > 10) == (12, True)
    banked = Scenario(**{**PLAIN, **CASES["bank"]})
    spent = run_projection(population(straws={"f01": 4, "f07": 2}), RATES, banked, runs=2).straws
    assert spent[0, 0] == 6
    assert (spent[:, -1] < 3).all()
    struck = run_projection(population(), RATES, Scenario(**{**PLAIN, **CASES["hardship"]}), runs=2)
    assert not math.isnan(float(np.nanmean(struck.inbreeding)))
