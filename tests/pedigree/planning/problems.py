"""Random small problems, and every plan that keeps their limits: the naive second opinion."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

from pedigree import FEMALE, GroupLimit, Pedigree, PlanProblem, Population, Record, kinship_matrix

CHANCES = (0.1, 0.25, 0.5, 0.9, 1.0)
MOST_PAIRS = 5


def population(records: list[Record], living: list[str]) -> Population:
    pedigree = Pedigree.from_records(records)
    return Population.of(pedigree, kinship_matrix(pedigree), pedigree.mask(living))


def problem_of(records: list[Record], living: list[str], code: int, *, chances: bool) -> PlanProblem | None:
    """Return a problem drawn by a number; None where the records hold no pair."""
    draw = Random(code)
    sexes = {record.id: record.sex for record in records}
    sires, dams = (
        sorted(each for each in sexes if (sexes[each] == FEMALE) is female) for female in (False, True)
    )
    every = [(sire, dam) for sire in sires for dam in dams]
    if not every:
        return None
    pairs = draw.sample(every, min(len(every), MOST_PAIRS))
    places = range(len(pairs))
    given: dict[str, object] = {"litter": draw.randint(1, 2), "per_pair": draw.randint(1, 2)}
    for name in ("per_sire", "per_dam"):
        given[name] = draw.choice((None, 1, 2))
    given["per_animal"] = {each: draw.randint(0, 3) for each in pairs[0] if draw.random() < 0.3}
    given["inbreeding_limit"] = draw.choice((None, None, 0.25))
    if draw.random() < 0.5:
        group = tuple(draw.sample(places, min(3, len(pairs))))
        weights = draw.choice((None, tuple(draw.choice((0.0, 0.5, 1.0, 2.0)) for _ in group)))
        once = draw.choice((None, tuple(draw.choice((0.0, 1.0, 2.0)) for _ in group)))
        given["groups"] = (GroupLimit("zoo", group, draw.choice((None, 1, 2, 3)), weights, once),)
    if draw.random() < 0.4:
        given["distance_km"] = tuple(float(draw.randint(0, 100)) for _ in places)
        given["km_most"] = draw.choice((None, 150.0))
        given["cost_per_km"] = 0.0 if chances else draw.choice((0.0, 1e-4))
    if draw.random() < 0.3:
        given |= {"moves": tuple(draw.random() < 0.5 for _ in places), "moves_most": draw.randint(0, 2)}
    if draw.random() < 0.2:
        given["required"] = (draw.choice(places),)
    elif draw.random() < 0.3:
        given["forbidden"] = (draw.choice(places),)
    if chances:
        given["chance"] = tuple(draw.choice(CHANCES) for _ in places)
    sires, dams = zip(*pairs, strict=True)
    return PlanProblem(population(records, living), sires, dams, draw.randint(1, 3), **given)


def plans(problem: PlanProblem) -> Iterator[tuple[int, ...]]:
    """Yield every plan that keeps the limits, each limit looked at in turn."""
    for litters in product(range(problem.per_pair + 1), repeat=len(problem)):
        if sum(litters) == problem.wanted and keeps(problem, litters):
            yield litters


def inbreeding(problem: PlanProblem, place: int) -> float:
    base = problem.population
    return float(base.kinship[base.row(problem.sires[place]), base.row(problem.dams[place])])


def keeps(problem: PlanProblem, litters: tuple[int, ...]) -> bool:
    """Return whether litters keep every limit, but for their number in all."""
    if max(litters) > problem.per_pair:
        return False
    used = [place for place, number in enumerate(litters) if number]
    for side, animals in (("sire", problem.sires), ("dam", problem.dams)):
        for animal in set(animals):
            most = getattr(problem, f"per_{side}")
            number = sum(n for n, each in zip(litters, animals, strict=True) if each == animal)
            if most is not None and animal not in problem.per_animal and number > most:
                return False
    for animal, most in problem.per_animal.items():
        pairs = zip(litters, problem.sires, problem.dams, strict=True)
        if sum(n for n, *parents in pairs if animal in parents) > most:
            return False
    limit = problem.inbreeding_limit
    if limit is not None and any(inbreeding(problem, place) >= limit for place in used):
        return False
    for group in problem.groups:
        taken = 0.0
        for at, place in enumerate(group.pairs):
            taken += litters[place] * (group.weights[at] if group.weights else 1)
            if litters[place] and group.once:
                taken += group.once[at]
        if group.most is not None and taken > group.most:
            return False
    if problem.km_most is not None and sum(problem.distance_km[place] for place in used) > problem.km_most:
        return False
    if problem.moves_most is not None and sum(problem.moves[place] for place in used) > problem.moves_most:
        return False
    return set(problem.required) <= set(used) and set(problem.forbidden).isdisjoint(used)


def mean_kinship(problem: PlanProblem, litters: tuple[int, ...]) -> float:
    """Return the mean kinship with the young written into the pedigree, over every way the litters can come out."""
    born = [place for place, number in enumerate(litters) for _ in range(number)]
    chance = problem.chance or (1.0,) * len(problem)
    total = pairs = 0.0
    for outcome in product((True, False), repeat=len(born)):
        weight, after = 1.0, problem.population
        for place, comes in zip(born, outcome, strict=True):
            weight *= chance[place] if comes else 1 - chance[place]
        if not weight:
            continue
        for place, comes in zip(born, outcome, strict=True):
            if comes:
                after = after.with_offspring(problem.sires[place], problem.dams[place], problem.litter)
        size = int(after.living.sum())
        total += weight * float(after.kinship_sums[after.living].sum())
        pairs += weight * size**2
    return total / pairs


def cost(problem: PlanProblem, litters: tuple[int, ...]) -> float:
    km = problem.distance_km or (0.0,) * len(problem)
    way = sum(far for far, number in zip(km, litters, strict=True) if number)
    return mean_kinship(problem, litters) + problem.cost_per_km * way
