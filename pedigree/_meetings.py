"""Where two lines of descent first meet, followed upwards from a pair.

The younger of the two always moves, to one of its parents; so two lines that share an animal stand on
it at the same time, and the first such animal ends the walk. That is Wright's rule that no path
repeats an animal, without listing the paths.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from pedigree.structure import Candidates, Pedigree

State = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Walk:
    """A pair of lines under way: where they stand, and where they stood before."""

    state: State
    before: Walk | None = None

    def states(self) -> list[State]:
        """Return every state from the first to this one."""
        states, walk = [self.state], self.before
        while walk is not None:
            states.append(walk.state)
            walk = walk.before
        return states[::-1]


class Meetings:
    """Every way two lines upwards from weighted starting pairs can first meet."""

    def __init__(
        self, pedigree: Pedigree, start: Mapping[State, float], inbreeding: NDArray[np.float64]
    ) -> None:
        self._pedigree = pedigree
        self._start = start
        self.inbreeding = inbreeding
        self._parents: dict[int, Candidates] = {}
        self._order = self._states_from_below()
        self.counts: dict[int, int] = {}
        self.shares: dict[int, float] = {}
        self._sum_up()
        self._best = self._largest_ahead()

    def _steps(self, state: State) -> list[tuple[State, float]]:
        sire, dam = state
        if sire == dam:
            return []
        mover = max(state)
        if mover not in self._parents:
            self._parents[mover] = self._pedigree.parents(mover)
        if sire > dam:
            return [((parent, dam), share) for parent, share in self._parents[mover]]
        return [((sire, parent), share) for parent, share in self._parents[mover]]

    def _states_from_below(self) -> list[State]:
        # Each step lowers the larger row, so going down by it meets every state after all its origins.
        waiting: dict[int, dict[State, None]] = {}
        for state in sorted(self._start):
            waiting.setdefault(max(state), {})[state] = None
        order: list[State] = []
        for row in range(max(waiting, default=-1), -1, -1):
            for state in waiting.pop(row, {}):
                order.append(state)
                for following, _ in self._steps(state):
                    waiting.setdefault(max(following), {})[following] = None
        return order

    def _sum_up(self) -> None:
        weight = dict.fromkeys(self._order, 0.0) | dict(self._start)
        ways = dict.fromkeys(self._order, 0) | dict.fromkeys(self._start, 1)
        for state in self._order:
            if state[0] == state[1]:
                self.shares[state[0]] = weight[state] * self._end(state)
                self.counts[state[0]] = ways[state]
            for following, share in self._steps(state):
                weight[following] += weight[state] * share
                ways[following] += ways[state]

    def _end(self, state: State) -> float:
        return (1 + float(self.inbreeding[state[0]])) / 2

    def _largest_ahead(self) -> dict[State, float]:
        best: dict[State, float] = {}
        for state in reversed(self._order):
            if state[0] == state[1]:
                best[state] = self._end(state)
            else:
                best[state] = max((share * best[to] for to, share in self._steps(state)), default=0.0)
        return best

    def walks(self, most: int) -> Iterator[tuple[Walk, float]]:
        """Yield the walks that meet, the largest contribution to F first, at most so many."""
        # The largest end ahead is known for every state, so the heap never follows a line in vain.
        serial = count()
        heap = [
            (-weight * self._best[state], next(serial), weight, Walk(state))
            for state, weight in sorted(self._start.items())
            if self._best[state] > 0
        ]
        heapq.heapify(heap)
        while heap and most > 0:
            value, _, weight, walk = heapq.heappop(heap)
            if walk.state[0] == walk.state[1]:
                most -= 1
                yield walk, -value
            for to, share in self._steps(walk.state):
                if self._best[to] > 0:
                    onward = weight * share
                    heapq.heappush(heap, (-onward * self._best[to], next(serial), onward, Walk(to, walk)))
