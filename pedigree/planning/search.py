"""The search for the best plan: from below by linear problems, from above by exchanges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pedigree.planning.exchange import exchanged
from pedigree.planning.lists import grow
from pedigree.planning.objective import Litters, Objective, Values
from pedigree.planning.problem import PlanProblem
from pedigree.planning.refusing import possible_litters
from pedigree.planning.relaxation import Pairs, Relaxation, Window
from pedigree.planning.room import Room

CLOSE: Final = 1e-8
"""The gap, in mean kinship, at which a search ends."""
ROUNDS: Final = 30
"""The most linear problems in a row before one in whole numbers."""
GAINED: Final = 0.02
"""The share of the gap that a linear problem must close for another to follow."""
CHORD: Final = 0.3
"""The share of the gap that a chord may be to blame for before its window is split."""
NARROW: Final = 1e-6
"""Young expected that make no difference."""
RELAXATIONS: Final = 400
SEARCHES: Final = 40
NODES: Final = 4_000
"""The work allowed. It is counted, not timed, so that every machine finds the same plan."""


@dataclass(slots=True, eq=False)
class _Part:
    """The plans of one window: the pairs they may be of, their least cost, and where to split the window, if at all."""

    window: Window
    pairs: Pairs
    low: float = -np.inf
    split: float | None = None


@dataclass(slots=True)
class Work:
    """What the search has done."""

    relaxations: int = 0
    searches: int = 0
    nodes: int = 0
    exchanges: int = 0


class Search:
    """The best plan so far, and the least cost there can be."""

    def __init__(self, problem: PlanProblem, *, nodes: int = NODES) -> None:
        self.problem, self.objective = problem, Objective(problem)
        self.room = Room(problem, self.objective)
        self.nodes, self.work = nodes, Work()
        self.low = np.inf
        self.litters: Litters = self.room.least
        self.cost = np.inf

    def begin(self, start: Litters | None) -> None:
        """Take the first plans: the one given, that of the dynamic list, or any that keeps the limits."""
        grown = self.room.least.copy()
        if self.room.keeps(grown):
            grow(self.objective, self.room, grown)
        for litters in (grown, start):
            if litters is not None and litters.sum() == self.room.wanted and self.room.keeps(litters):
                self.look_at(litters)
        if self.cost == np.inf:
            possible = possible_litters(self.problem, self.objective, self.room)
            self.room.wanted = int(possible.sum())
            self.look_at(possible)

    def look_at(self, litters: Litters) -> Litters:
        """Better a plan by exchanges, and remember it when it is the best."""
        better, steps = exchanged(self.objective, self.room, litters)
        self.work.exchanges += steps
        cost = self.objective.cost(better)
        if cost < self.cost:
            self.litters, self.cost = better, cost
        return better

    def close(self) -> Relaxation:
        """Close the gap between the best plan and the least cost, as far as the work allowed does."""
        self.relaxation = Relaxation(self.objective, self.room)
        self.relaxation.tangent_at(self.litters)
        waiting = [_Part(self.relaxation.window(), self.relaxation.pairs)]
        while waiting:
            part = waiting.pop()
            self._relax(part)
            if part.split is None and part.low < self.cost - CLOSE:
                self._search(part)
            if part.low >= self.cost - CLOSE:
                continue
            if part.split is not None and self._has_work_left():
                waiting += self._halves(part)
            else:
                self.low = min(self.low, part.low)
        return self.relaxation

    def _has_work_left(self) -> bool:
        work = self.work
        return work.relaxations < RELAXATIONS and work.searches < SEARCHES and work.nodes < self.nodes

    def _halves(self, part: _Part) -> list[_Part]:
        """Return two windows in one, split where the best plan is, or else where the last one looked at is."""
        window, best = part.window, float(self.objective.young @ self.litters)
        inside = [
            each
            for each in (best, part.split)
            if each is not None and window.first + NARROW < each < window.last - NARROW
        ]
        split = inside[0] if inside else (window.first + window.last) / 2
        halves = [(window.first, split), (split, window.last)]
        # That of the best plan last, since it is searched first.
        return [
            _Part(self.relaxation.between(*half), part.pairs, part.low)
            for half in (halves if best >= split else halves[::-1])
        ]

    def _relax(self, part: _Part) -> None:
        """Raise the least cost of a part by linear problems, and leave out pairs that no better plan has."""
        for _ in range(ROUNDS):
            if not len(part.pairs):
                part.low = np.inf if self.room.wanted else self.cost
                return
            level = self.cost
            answer = self.relaxation.model(part.pairs, part.window, level).relaxed()
            self.work.relaxations += 1
            if answer.columns is None or answer.prices is None:
                part.low = max(part.low, answer.bound)
                return
            last, low = part.low, float(self.relaxation.cost_of(answer.bound, part.window, level))
            part.low = max(low, last)
            prices = answer.bound + answer.prices[: len(part.pairs)]
            worth = self.relaxation.cost_of(prices, part.window, level)
            shares = self._over_all(part.pairs, answer.columns)
            part.pairs = part.pairs[(worth < self.cost - CLOSE) | (self.room.least[part.pairs] > 0)]
            gap = self.cost - part.low
            if gap <= CLOSE or self._is_split(part, shares):
                return
            self.relaxation.tangent_at(shares)
            if low - last < GAINED * gap:
                return

    def _is_split(self, part: _Part, litters: Values | Litters) -> bool:
        """Note where to split a part, when the chord's error is much of the gap."""
        objective, window = self.objective, part.window
        young = float(objective.young @ litters)
        error = self.relaxation.error_of(window, young, self.cost, objective.way(litters))
        part.split = young if error > CHORD * (self.cost - part.low) else None
        return part.split is not None

    def _search(self, part: _Part) -> None:
        """Raise the least cost of a part by problems in whole numbers."""
        while part.low < self.cost - CLOSE and self._has_work_left():
            level, best, last = self.cost, self.cost, part.low
            model = self.relaxation.model(part.pairs, part.window, level)
            answer = model.solved(nodes=self.nodes - self.work.nodes)
            self.work.searches += 1
            self.work.nodes += answer.nodes
            part.low = max(last, float(self.relaxation.cost_of(answer.bound, part.window, level)))
            if answer.columns is None:
                return
            litters = np.rint(self._over_all(part.pairs, answer.columns)).astype(np.int64)
            known = self.relaxation.knows(litters)
            self.relaxation.tangent_at(litters)
            if self.room.keeps(litters):
                self.relaxation.tangent_at(self.look_at(litters))
            if part.low < self.cost - CLOSE and self._is_split(part, litters):
                return
            if part.low == last and self.cost == best and (known or not answer.ended):
                return

    def _over_all(self, pairs: Pairs, columns: Values) -> Values:
        shares = np.zeros(len(self.problem))
        shares[pairs] = columns[: len(pairs)]
        return shares
