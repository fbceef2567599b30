"""Where two lines of descent first meet, followed upwards from a pair.

The younger of the two always moves, to one of its parents; so two lines that share an animal stand on
it at the same time, and the first such animal ends the walk. That is Wright's rule that no path
repeats an animal, without listing the paths. A state (a, b) is where the sire's line and the dam's
line stand; the states of all lines at once are a matrix.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from pedigree._ground import Ground, State
from pedigree._tabular import Matrix
from pedigree.structure import Candidates


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
    """Every way two lines upwards from weighted starting pairs can first meet.

    `shares` and `counts` are what all ways to a meeting add to kinship, and how many there are; two lines
    meet on one genome, or on two founders that are related.
    """

    def __init__(self, ground: Ground, start: Mapping[State, float]) -> None:
        self.ground, self._start = ground, start
        self._ends = {(i, i): (1 + F) / 2 for i, F in enumerate(ground.inbreeding) if i not in ground.drawn}
        self._ends |= {pair: f for (i, j), f in ground.kin.items() for pair in ((i, j), (j, i))}
        met = self._met(ground.parents, start)
        self.shares = {state: float(met[state]) * end for state, end in self._ends.items() if met[state]}
        certain = tuple(tuple((parent, 1.0) for parent, _ in above) for above in ground.parents)
        counts = self._met(certain, dict.fromkeys(start, 1.0))
        self.counts = {state: int(counts[state]) for state in self.shares}

    def _met(self, parents: tuple[Candidates, ...], start: Mapping[State, float]) -> NDArray[np.float64]:
        weight = np.zeros((len(parents), len(parents)))
        for state, value in start.items():
            weight[state] = value
        # Going down the rows, every state is complete before its younger animal moves.
        for row in range(len(parents) - 1, -1, -1):
            for parent, share in parents[row]:
                weight[parent, :row] += share * weight[row, :row]
                weight[:row, parent] += share * weight[:row, row]
                if row in self.ground.drawn:
                    # One parent was drawn for both lines, so they move to one and the same candidate.
                    weight[parent, parent] += share * weight[row, row]
        return weight

    def _largest_ahead(self) -> Matrix:
        best = np.zeros((len(self.ground), len(self.ground)))
        for state, end in self._ends.items():
            best[state] = end
        for row, above in enumerate(self.ground.parents):
            for parent, share in above:
                np.maximum(best[row, :row], share * best[parent, :row], out=best[row, :row])
                if row in self.ground.drawn:
                    best[row, row] = max(best[row, row], share * best[parent, parent])
            best[:row, row] = best[row, :row]
        return best

    def walks(self, most: int) -> Iterator[tuple[Walk, float]]:
        """Yield the walks that meet, the largest contribution to F first, at most so many."""
        # The largest end ahead is known for every state, so the heap never follows a line in vain.
        best, serial = self._largest_ahead(), count()
        waiting = [
            (-weight * float(best[state]), next(serial), weight, Walk(state))
            for state, weight in sorted(self._start.items())
        ]
        heap = [entry for entry in waiting if entry[0] < 0]
        heapq.heapify(heap)
        while heap and most > 0:
            value, _, weight, walk = heapq.heappop(heap)
            if walk.state in self._ends:
                most -= 1
                yield walk, -value
                continue
            for to, share in self._steps(walk.state):
                if best[to] > 0:
                    onward = weight * share
                    heapq.heappush(heap, (-onward * float(best[to]), next(serial), onward, Walk(to, walk)))

    def _steps(self, state: State) -> Iterator[tuple[State, float]]:
        sire, dam = state
        for parent, share in self.ground.parents[max(state)]:
            if sire == dam:
                yield (parent, parent), share
            else:
                yield ((parent, dam) if sire > dam else (sire, parent)), share
