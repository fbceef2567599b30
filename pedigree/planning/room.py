"""The limits of a plan as numbers: what each litter and each pair take, and how much there is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pedigree.planning.objective import Litters, Objective, Values
from pedigree.planning.problem import PlanProblem

SLACK = 1e-9
Row = tuple[list[int], list[float], list[float], float]


class Room:
    """Rows `weight @ litters + once @ (litters > 0) <= most` and `way @ (litters > 0) <= way_most`; no entry is below 0."""

    def __init__(self, problem: PlanProblem, objective: Objective) -> None:
        self.problem, self.wanted = problem, problem.wanted
        self.animals, self.sire, self.dam = objective.animals, objective.sire, objective.dam
        f_offspring = objective.f_offspring
        self.cap = np.full(len(problem), problem.per_pair, dtype=np.int64)
        self.cap[list(problem.forbidden)] = 0
        if problem.inbreeding_limit is not None:
            self.cap[f_offspring >= problem.inbreeding_limit] = 0
        self.f_offspring = f_offspring
        self.least = np.zeros(len(problem), dtype=np.int64)
        self.least[list(problem.required)] = 1
        rows = list(_rows(problem))
        self.most = np.array([most for *_, most in rows], dtype=float)
        sizes = [len(pairs) for pairs, *_ in rows]
        self.row = np.repeat(np.arange(len(rows)), sizes)
        self.pair = np.array([pair for pairs, *_ in rows for pair in pairs], dtype=np.intp)
        self.weight = np.array([value for _, weights, *_ in rows for value in weights], dtype=float)
        self.once = np.array([value for *_, once, _ in rows for value in once], dtype=float)
        ways = list(_ways(problem))
        self.way = np.array([each for each, _ in ways], dtype=float).reshape(len(ways), len(problem))
        self.way_most = np.array([most for _, most in ways], dtype=float)

    @property
    def counts_pairs(self) -> bool:
        """Whether a limit counts pairs that have any litter, however many."""
        return bool(len(self.way)) or bool(self.once.any())

    def most_of_animals(self, pairs: NDArray[np.intp]) -> Values:
        """Return how many litters each animal may have of some pairs, as its own limits and theirs say."""
        most = np.zeros(len(self.animals))
        for side, rows in (("sire", self.sire), ("dam", self.dam)):
            of_side = np.bincount(rows[pairs], self.cap[pairs].astype(float), len(self.animals))
            limits = [self.problem.most_of(side, animal) for animal in self.animals]
            most += np.minimum(of_side, [np.inf if each is None else each for each in limits])
        return np.minimum(most, [self.problem.per_animal.get(each, np.inf) for each in self.animals])

    def used(self, litters: Litters) -> Values:
        """Return what the litters and their pairs take of each row."""
        of_pair = litters[self.pair]
        taken = self.weight * of_pair + self.once * (of_pair > 0)
        return np.asarray(np.bincount(self.row, taken, len(self.most)), dtype=float)

    def keeps(self, litters: Litters) -> bool:
        """Return whether the litters keep every limit, but for their number in all."""
        fits = (litters >= self.least).all() and (litters <= self.cap).all()
        within = (self.used(litters) <= self.most + SLACK).all()
        return bool(fits and within and (self.way @ (litters > 0) <= self.way_most + SLACK).all())

    def required_in_vain(self) -> list[str]:
        """Return which required pairs may have no litter, and why."""
        limit = self.problem.inbreeding_limit
        return [
            f"{self.problem.pair_name(place)}: F of the young {self.f_offspring[place]:.4g}, not below {limit:g}"
            for place in np.flatnonzero(self.least > self.cap).tolist()
        ]

    def open(self, litters: Litters) -> NDArray[np.bool_]:
        """Return which pairs may have one litter more."""
        free = litters < self.cap
        left = self.most - self.used(litters) + SLACK
        new = litters == 0
        more = self.weight + self.once * new[self.pair]
        free[self.pair[more > left[self.row]]] = False
        way_left = self.way_most - self.way @ (litters > 0) + SLACK
        free &= ~(new & (self.way > way_left[:, None]).any(axis=0))
        return free


def _rows(problem: PlanProblem) -> Iterator[Row]:
    own: dict[str, list[int]] = {}
    for side, animals in (("sire", problem.sires), ("dam", problem.dams)):
        usual: dict[str, list[int]] = {}
        for place, animal in enumerate(animals):
            (own if animal in problem.per_animal else usual).setdefault(animal, []).append(place)
        most = getattr(problem, f"per_{side}")
        for animal in sorted(usual) if most is not None else ():
            yield _each_litter(usual[animal], most)
    for animal in sorted(own):
        yield _each_litter(own[animal], problem.per_animal[animal])
    for group in problem.groups:
        if group.most is not None:
            yield list(group.pairs), list(group.weighed), list(group.weighed_once), group.most


def _each_litter(pairs: list[int], most: float) -> Row:
    return pairs, [1.0] * len(pairs), [0.0] * len(pairs), most


def _ways(problem: PlanProblem) -> Iterator[tuple[tuple[float, ...], float]]:
    if problem.km_most is not None and problem.distance_km is not None:
        yield problem.distance_km, problem.km_most
    if problem.moves_most is not None and problem.moves is not None:
        yield tuple(map(float, problem.moves)), problem.moves_most
