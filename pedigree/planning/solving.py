"""The best plan: searched for from below by linear problems, from above by exchanges."""

from __future__ import annotations

from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.planning.exchange import exchanged
from pedigree.planning.lists import grow
from pedigree.planning.objective import Litters, Objective
from pedigree.planning.problem import PlanProblem
from pedigree.planning.refusing import possible_litters
from pedigree.planning.relaxation import Relaxation
from pedigree.planning.room import Room
from pedigree.planning.solution import Solution, Steps

TOLERANCE: Final = 1e-7
"""A gap, in mean kinship, that does not count."""
EXACT: Final = 1e-8
"""What the search aims at: it ends there, or when its work is done."""
ROUNDS: Final = 30
SEARCHES: Final = 25
NODES: Final = 4_000
"""The most nodes of all searches: work is counted, not timed, so that every machine finds the same plan."""


class Search:
    """The best plan so far, and the least cost there can be."""

    def __init__(self, problem: PlanProblem, *, nodes: int) -> None:
        self.problem, self.objective = problem, Objective(problem)
        self.room = Room(problem, self.objective.f_offspring)
        self.nodes = nodes
        self.rounds = self.searches = self.spent = self.exchanges = 0
        self.low = -np.inf
        self.litters: Litters | None = None
        self.cost = np.inf

    def begin(self, start: tuple[int, ...] | None) -> None:
        """Take the first plans: the one given, the dynamic list's, or any that keeps the limits."""
        grown = self.room.least.copy()
        if self.room.keeps(grown):
            grow(self.objective, self.room, grown)
        begun = [grown] if start is None else [grown, np.array(start, dtype=np.int64)]
        for litters in begun:
            if litters.sum() == self.room.wanted and self.room.keeps(litters):
                self.look_at(litters)
        if self.litters is None:
            possible = possible_litters(self.problem, self.objective, self.room)
            self.room.wanted = int(possible.sum())
            self.look_at(possible)

    def look_at(self, litters: Litters) -> Litters:
        """Better a plan by exchanges, and remember it when it is the best."""
        better, steps = exchanged(self.objective, self.room, litters)
        self.exchanges += steps
        cost = self.objective.cost(better)
        if cost < self.cost:
            self.litters, self.cost = better, cost
        return better

    def run(self) -> Relaxation:
        """Close the gap between the best plan and the least cost, as far as the work allowed does."""
        relaxation = Relaxation(self.objective, self.room)
        assert self.litters is not None  # noqa: S101
        relaxation.tangent_at(self.objective.genes(self.litters))
        pairs = self._root(relaxation, relaxation.pairs)
        while self.cost - self.low > 1.001 * EXACT and self.searches < SEARCHES and self.spent < self.nodes:
            self.searches += 1
            answer = relaxation.model(pairs).solved(nodes=self.nodes - self.spent)
            self.spent += answer.nodes
            before, best = self.low, self.cost
            self._raise_to(relaxation.cost_of(answer.bound))
            if answer.columns is None:
                break
            litters = relaxation.litters_of(answer, pairs)
            relaxation.tangent_at(self.objective.genes(litters))
            better = self.look_at(litters)
            relaxation.tangent_at(self.objective.genes(better))
            if not answer.ended and self.low == before and self.cost == best:
                break
        return relaxation

    def _root(self, relaxation: Relaxation, pairs: NDArray[np.intp]) -> NDArray[np.intp]:
        last = -np.inf
        while self.rounds < ROUNDS and len(pairs) and self.cost - self.low > 1.001 * EXACT:
            self.rounds += 1
            answer = relaxation.model(pairs).relaxed()
            if answer.columns is None or answer.prices is None:
                self._raise_to(relaxation.cost_of(answer.bound))
                break
            low = relaxation.cost_of(answer.bound)
            self._raise_to(low)
            worth = relaxation.cost_of(answer.bound + answer.prices[: len(pairs)]) < self.cost - EXACT
            # A pair that every plan must have keeps its place, whatever it costs.
            shares = np.zeros(len(self.problem))
            shares[pairs] = answer.columns[: len(pairs)]
            pairs = pairs[worth | (self.room.least[pairs] > 0)]
            relaxation.tangent_at(self.objective.genes(shares))
            if low - last < 0.02 * (self.cost - low):
                break
            last = low
        return pairs

    def _raise_to(self, low: float) -> None:
        # Pairs were left out because any plan with them costs nearly as much as the best one, or more.
        self.low = max(self.low, min(low, self.cost - EXACT))


def solve_plan(problem: PlanProblem, *, start: tuple[int, ...] | None = None, nodes: int = NODES) -> Solution:
    """Return the plan that keeps most gene diversity within the limits."""
    begun = perf_counter()
    search = Search(problem, nodes=nodes)
    search.begin(start)
    relaxation = search.run()
    litters = search.litters
    assert litters is not None  # noqa: S101
    objective = search.objective
    mean = objective.mean_kinship(litters)
    way = objective.way(litters)
    low = min(search.low, search.cost)
    young = objective.young @ litters
    used = litters > 0
    f = float(objective.f_offspring @ (objective.young * litters) / young) if young else float("nan")
    problem = search.problem
    return Solution(
        tuple(litters.tolist()),
        1 - mean,
        mean,
        f,
        1 - mean - way,
        1 - low,
        bool(search.cost - low <= TOLERANCE),
        float(young),
        float(np.array(problem.distance_km) @ used) if problem.distance_km else 0.0,
        int(np.array(problem.moves) @ used) if problem.moves else 0,
        Steps(search.rounds, search.searches, search.spent, len(relaxation.cuts), search.exchanges),
        perf_counter() - begun,
    )
