"""The search for the best plan: from below by linear problems, from above by exchanges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Final

import numpy as np

from pedigree.errors import PlanError
from pedigree.planning.exchange import exchanged
from pedigree.planning.linear import Linear
from pedigree.planning.lists import grow
from pedigree.planning.matching import least_inbred
from pedigree.planning.objective import Litters, Objective, Values
from pedigree.planning.problem import PlanProblem
from pedigree.planning.refusing import possible_litters
from pedigree.planning.relaxation import Part, Relaxation
from pedigree.planning.room import Room

CLOSE: Final = 5e-8
"""The gap, in mean kinship, at which a search ends."""
EFFORT: Final = 400_000
"""The work allowed: pairs in linear problems, each of which counts `ITSELF` more.

It is counted, not timed, so that every machine finds the same plan.
"""
ITSELF: Final = 1_000
ROUNDS: Final = 20
"""The most linear problems for one part."""
GAINED: Final = 0.05
"""The share of the gap that a tangent must promise to close to be tried."""
CHORD: Final = 0.3
"""The share of the gap that the width of a window may be to blame for before it is split."""
WHOLE: Final = 1e-6
"""How far from a whole number, or from a window's end, is no distance."""

NOBODY: Final = (
    "Nobody is living, and within the limits a plan may bring no young, so that there would be no population to have a gene "
    "diversity. Name living animals, or ask for litters that have a chance."
)


@dataclass(slots=True)
class Work:
    """What the search has done."""

    relaxations: int = 0
    effort: int = 0
    parts: int = 0
    exchanges: int = 0


class Search:
    """The best plan so far, and the least cost there can be."""

    def __init__(self, problem: PlanProblem, *, effort: int = EFFORT) -> None:
        self.problem, self.objective = problem, Objective(problem)
        self.room = Room(problem, self.objective)
        self.effort, self.work = effort, Work()
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

    def look_at(self, litters: Litters) -> None:
        """Better a plan by exchanges, and remember it when it is the best."""
        better, steps = exchanged(self.objective, self.room, litters)
        self.work.exchanges += steps
        cost = self.objective.cost(better)
        if cost < self.cost:
            self.litters, self.cost = better, cost

    def close(self) -> Relaxation:
        """Close the gap between the best plan and the least cost, as far as the work allowed does.

        The plans are split into parts, the one of the least cost first, until no part can hold a better plan.
        """
        self.relaxation = Relaxation(self.objective, self.room)
        whole = self.relaxation.whole()
        if whole.window.fewest <= 0:
            raise PlanError(NOBODY)
        self.relaxation.tangent_at(self.litters)
        waiting = [(-np.inf, 0, whole)]
        while waiting and self.work.effort < self.effort:
            low, _, part = heappop(waiting)
            if low >= self.cost - CLOSE:
                break
            self.work.parts += 1
            found = self._relax(part)
            if part.low >= self.cost - CLOSE:
                continue
            # A part that the solver could not answer is not split, and its least cost stays what it was.
            if found is not None:
                self._round(found)
            halves = [] if found is None else self._halves(part, found)
            if not halves:
                self.low = min(self.low, part.low)
            for number, half in enumerate(halves):
                heappush(waiting, (part.low, -2 * self.work.parts - number, half))
        self.litters = least_inbred(self.objective, self.room, self.litters)
        self.cost = self.objective.cost(self.litters)
        self.low = min([self.low, self.cost - CLOSE, *(low for low, _, _ in waiting)])
        return self.relaxation

    def _round(self, shares: Values) -> None:
        """Look at the plan that takes pairs in the order of their shares, as far as the limits allow."""
        litters = self.room.least.copy()
        for place in np.argsort(-shares, kind="stable")[: np.count_nonzero(shares > WHOLE)].tolist():
            while litters[place] < np.ceil(shares[place]) and litters.sum() < self.room.wanted:
                if not self.room.open(litters)[place]:
                    break
                litters[place] += 1
        grow(self.objective, self.room, litters)
        if litters.sum() == self.room.wanted and self.room.keeps(litters):
            self.look_at(litters)

    def _relax(self, part: Part) -> Values | None:
        """Raise the least cost of a part by linear problems, and leave out pairs that no better plan has.

        Returns the litters, not whole ones, of the least cost; None when the part holds no plan.
        """
        found = None
        for _ in range(ROUNDS):
            level = self.cost
            if not self.relaxation.is_possible(part):
                part.low = np.inf
                return None
            linear = Linear(self.relaxation, part, level)
            answer = linear.model.relaxed()
            self.work.relaxations += 1
            self.work.effort += ITSELF + len(part.pairs)
            if answer.columns is None or answer.prices is None:
                part.low = max(part.low, answer.bound)
                return None
            part.low = max(part.low, self.relaxation.cost_of(answer.bound, part, level))
            if part.low >= self.cost - CLOSE:
                return None
            found = np.zeros(len(self.problem))
            found[part.pairs] = answer.columns[: len(part.pairs)]
            worth = self.relaxation.costs_of(answer.bound + answer.prices[: len(part.pairs)], part, level)
            part.pairs = part.pairs[
                (worth < self.cost - CLOSE) | (found[part.pairs] > 0) | (part.least[part.pairs] > 0)
            ]
            whole = np.rint(found).astype(np.int64)
            if np.abs(found - whole).max() < WHOLE:
                found = whole.astype(float)
                if self.room.keeps(whole):
                    self.look_at(whole)
            missing = linear.missing(found, answer.columns)
            if missing < max(GAINED * (self.cost - part.low), CLOSE / 4) or self.relaxation.knows(found):
                return found
            if self.work.effort >= self.effort:
                return found
            self.relaxation.tangent_at(found)
        return found

    def _halves(self, part: Part, found: Values) -> list[Part]:
        """Return two parts in one that leave the plan found out, or meet it better; none where it is met."""
        young = float(self.objective.young @ found)
        error = self.relaxation.error_of(part.window, young, self.cost, self.objective.way(found))
        if error > CHORD * (self.cost - part.low):
            return self._windows(part, young)
        times = self.relaxation.times(found)
        apart = np.abs(times - np.rint(times))
        if apart.max() > WHOLE:
            animal = int(apart.argmax())
            fewer, more = part.fewest_of.copy(), part.most_of.copy()
            more[animal], fewer[animal] = np.floor(times[animal]), np.ceil(times[animal])
            return [replace(part, most_of=more), replace(part, fewest_of=fewer)]
        apart = np.abs(found - np.rint(found))
        if apart.max() > WHOLE:
            return self._by_pair(part, int(apart.argmax()), float(found[apart.argmax()]))
        # Whether a pair has a litter is known where it has none or as many as it may.
        between = np.flatnonzero((found > 0) & (found < part.most) & (part.least == 0))
        if len(between) and self.relaxation.counts_pairs:
            return self._by_pair(part, int(between[0]), float(found[between[0]]) + 0.5)
        return self._windows(part, young) if error > CLOSE / 4 else []

    def _by_pair(self, part: Part, pair: int, litters: float) -> list[Part]:
        fewer, more = part.least.copy(), part.most.copy()
        more[pair], fewer[pair] = np.floor(litters), np.ceil(litters)
        return [replace(part, most=more), replace(part, least=fewer)]

    def _windows(self, part: Part, young: float) -> list[Part]:
        """Return the part in two windows, split where the best plan is, or the one found, or in the middle."""
        window = part.window
        inside = [
            each
            for each in (float(self.objective.young @ self.litters), young)
            if window.first + WHOLE < each < window.last - WHOLE
        ]
        split = inside[0] if inside else (window.first + window.last) / 2
        between = self.relaxation.between
        return [
            replace(part, window=between(window.first, split)),
            replace(part, window=between(split, window.last)),
        ]
