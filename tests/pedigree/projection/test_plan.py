"""How near the greedy plan comes to the least of its objective that exchanging animals finds."""

from dataclasses import replace

import numpy as np
import pytest

from pedigree.projection import Scenario
from pedigree.projection.chance import Purpose, stream
from pedigree.projection.herd import Herd
from pedigree.projection.pairing import Candidates, Place, planned_pairs, random_pairs
from tests.pedigree.projection.cases import population

PAIRS = 6


def situation(seed: int) -> tuple[Candidates, Herd]:
    """Ten dams and ten sires of a small population, of whom six pairs find room."""
    herd = Herd(population(32, founders=10, seed=seed), Scenario(loci=0), 0)
    living, rng = herd.living, np.random.default_rng(seed)
    dams, sires = living[~herd.male[living]][:10], living[herd.male[living]][:10]
    return Candidates(
        dams=dams,
        sires=sires,
        young=np.ones(len(dams)),
        success=np.ones(len(sires)),
        limit=np.full(len(sires), 2),
        weight=np.ones(len(sires)),
        room=PAIRS,
        kinship_limit=None,
        banked=0,
        inseminations=100,
        living=living,
        worth=rng.choice([0.0, 0.5, 1.0, 2.0], len(living)),
        young_worth=1.5,
    ), herd


def objective(those: Candidates, herd: Herd, pairs: list[Place]) -> float:
    """The mean kinship of the genes to come, written as sums over pairs of animals."""
    worth = dict(zip(those.living.tolist(), those.worth.tolist(), strict=True))
    for dam, sire in pairs:
        for parent in (int(those.dams[dam]), int(those.sires[sire])):
            worth[parent] += those.young_worth / 2
    total = sum(a * b * herd.kin.matrix[i, j] for i, a in worth.items() for j, b in worth.items())
    return float(total) / sum(worth.values()) ** 2


def exchanged(those: Candidates, herd: Herd, pairs: list[Place]) -> float:
    """The objective once no exchange of one dam or one sire lowers it."""
    best, found = list(pairs), objective(those, herd, pairs)
    improved = True
    while improved:
        improved = False
        for place in range(len(best)):
            dam, sire = best[place]
            for other in [*((dam, s) for s in range(10)), *((d, sire) for d in range(10))]:
                tried = [*best[:place], other, *best[place + 1 :]]
                if not is_allowed(tried):
                    continue
                if (value := objective(those, herd, tried)) < found - 1e-12:
                    best, found, improved = tried, value, True
                    break
    return found


def is_allowed(pairs: list[Place]) -> bool:
    sires = [sire for _, sire in pairs]
    return len({dam for dam, _ in pairs}) == len(pairs) and all(sires.count(sire) <= 2 for sire in sires)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planned_pairs__come_near_the_least_that_exchanges_find(seed: int) -> None:
    those, herd = situation(seed)
    planned = planned_pairs(those, herd.kin, stream(0, 0, Purpose.PAIRS))
    assert is_allowed(planned)
    assert len(planned) == PAIRS
    ours, least = objective(those, herd, planned), exchanged(those, herd, planned)
    at_random = [
        objective(those, herd, random_pairs(those, herd.kin, np.random.default_rng(i))) for i in range(20)
    ]
    assert least <= ours <= min(at_random)
    assert np.mean(at_random) - ours >= 0.9 * (np.mean(at_random) - least)


def test_planned_pairs__leave_out_a_pair_above_the_kinship_limit() -> None:
    those, herd = situation(1)
    limited = replace(those, kinship_limit=0.05)
    pairs = planned_pairs(limited, herd.kin, stream(0, 0, Purpose.PAIRS))
    kinships = [herd.kin.matrix[those.dams[dam], those.sires[sire]] for dam, sire in pairs]
    assert kinships
    assert max(kinships) <= 0.05
