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

from pedigree._tabular import Matrix
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
    """Every way two lines upwards from weighted starting pairs can first meet.

    `pedigree` is the part of the book above the starting pairs; all rows are rows of it.
    """

    def __init__(
        self, pedigree: Pedigree, start: Mapping[State, float], inbreeding: NDArray[np.float64]
    ) -> None:
        involved = np.zeros(len(pedigree), dtype=np.bool_)
        involved[[row for state in start for row in state]] = True
        involved = pedigree.with_ancestors(involved)
        place = np.cumsum(involved) - 1
        self.pedigree = pedigree.subset(involved)
        self.inbreeding = inbreeding[involved]
        self._start = {(int(place[a]), int(place[b])): weight for (a, b), weight in start.items()}
        self._parents = [self.pedigree.parents(row) for row in range(len(self.pedigree))]
        self._end = (1 + self.inbreeding) / 2
        self.shares = self._met(self._parents, self._start) * self._end
        certain = [tuple((parent, 1.0) for parent, _ in above) for above in self._parents]
        self.counts = self._met(certain, dict.fromkeys(self._start, 1.0))

    def _met(self, parents: list[Candidates], start: Mapping[State, float]) -> NDArray[np.float64]:
        weight = np.zeros((len(parents), len(parents)))
        for state, value in start.items():
            weight[state] = value
        # Going down the rows, every state is complete before its younger animal moves.
        for row in range(len(parents) - 1, -1, -1):
            for parent, share in parents[row]:
                weight[parent, :row] += share * weight[row, :row]
                weight[:row, parent] += share * weight[:row, row]
        return weight.diagonal().copy()

    def _largest_ahead(self) -> Matrix:
        best = np.zeros((len(self._parents), len(self._parents)))
        for row, above in enumerate(self._parents):
            for parent, share in above:
                np.maximum(best[row, :row], share * best[parent, :row], out=best[row, :row])
            best[:row, row] = best[row, :row]
            best[row, row] = self._end[row]
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
            if walk.state[0] == walk.state[1]:
                most -= 1
                yield walk, -value
                continue
            for to, share in self._steps(walk.state):
                if best[to] > 0:
                    onward = weight * share
                    heapq.heappush(heap, (-onward * float(best[to]), next(serial), onward, Walk(to, walk)))

    def _steps(self, state: State) -> Iterator[tuple[State, float]]:
        sire, dam = state
        for parent, share in self._parents[max(state)]:
            yield ((parent, dam) if sire > dam else (sire, parent)), share
