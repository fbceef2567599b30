"""The search for the cheapest group of so many males and females: from above by exchanges, from below by parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._tabular import Matrix

CLOSE: Final = 1e-12
"""Costs nearer to each other than this are alike."""
ITSELF: Final = 5_000
"""What taking a part apart costs besides, in pairs of candidates looked at."""
Values = NDArray[np.float64]
Group = tuple[int, ...]
"""Places of candidates."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupCosts:
    """What a group costs: `each` of its members, and `both` of every two; infinite where two may not go together.

    Of the candidates the first `first_female` are males; `males` and `females` of them are wanted.
    """

    each: Values
    both: Matrix
    first_female: int
    males: int
    females: int

    def of(self, group: Group) -> float:
        """Return what a group costs."""
        rows = np.array(group, dtype=np.intp)
        return float(self.each[rows].sum() + np.triu(self.both[np.ix_(rows, rows)], 1).sum())

    def missing(self, group: Group) -> tuple[int, int]:
        """Return how many males and females a group lacks."""
        males = sum(each < self.first_female for each in group)
        return self.males - males, self.females - (len(group) - males)

    def added(self, group: Group) -> Values:
        """Return what each candidate adds to a group; infinite for its members."""
        found = self.each + self.both[list(group)].sum(axis=0)
        found[list(group)] = np.inf
        return np.asarray(found)

    def side(self, place: int) -> slice:
        """Return the places of the candidates of one candidate's sex."""
        first = self.first_female
        return slice(0, first) if place < first else slice(first, len(self.each))


class Search:
    """The cheapest group so far, and the least that any can cost."""

    def __init__(self, costs: GroupCosts) -> None:
        self.costs = costs
        self.group: Group | None = None
        self.cost = np.inf
        self.work = 0
        self.ended = False
        self.before = _alike_before(costs)

    def begin(self) -> None:
        """Look at a group grown from each candidate, and bettered by exchanges."""
        for first in range(len(self.costs.each)):
            if (group := self._grown(first)) is not None:
                self._look_at(self._exchanged(group))

    def close(self, effort: int) -> float:
        """Return the least that a group can cost, and find the cheapest one, as far as the effort allows.

        A part is all groups that begin with the same members, in the order of places; the one that can be
        cheapest is taken apart first. The effort is counted in pairs of candidates looked at.
        """
        waiting = sorted(self._parts(()))
        while waiting and waiting[0][0] < self.cost - CLOSE:
            if self.work >= effort:
                return waiting[0][0]
            for part in self._parts(heappop(waiting)[1]):
                heappush(waiting, part)
        self.ended = True
        return self.cost

    def _look_at(self, group: Group) -> None:
        cost = self.costs.of(group)
        if cost < self.cost - CLOSE:
            self.group, self.cost = group, cost

    def _grown(self, first: int) -> Group | None:
        costs = self.costs
        group: Group = (first,)
        while any(missing := costs.missing(group)):
            added = costs.added(group)
            if missing[0] <= 0:
                added[: costs.first_female] = np.inf
            if missing[1] <= 0:
                added[costs.first_female :] = np.inf
            best = int(added.argmin())
            if min(missing) < 0 or added[best] == np.inf:
                return None
            group = (*group, best)
        return group

    def _exchanged(self, group: Group) -> Group:
        costs = self.costs
        while True:
            best, found = -CLOSE, group
            for at, member in enumerate(group):
                rest, side = group[:at] + group[at + 1 :], costs.side(member)
                added = costs.added(rest)
                other = side.start + int(added[side].argmin())
                if added[other] - added[member] < best:
                    best, found = float(added[other] - added[member]), (*rest, other)
            if found == group:
                return group
            group = found

    def _parts(self, group: Group) -> Iterator[tuple[float, Group]]:
        """Yield the parts with one more member that can hold a cheaper group; look at groups that lack one only."""
        costs, (males, females) = self.costs, self.costs.missing(group)
        start = group[-1] + 1 if group else 0
        start = start if males else max(start, costs.first_female)
        first = max(costs.first_female - start, 0)
        size = first if males else len(costs.each) - start
        needs = (males - 1, females) if males else (0, females - 1)
        if size <= 0:
            return
        both = costs.both[start:, start:]
        alone = costs.each[start:] + costs.both[list(group), start:].sum(axis=0)
        # A member costs with the others at least what the cheapest others do; half of it, each two counting twice.
        lone = alone + _with_others(both, first, needs) / 2
        cheapest = float(_least(lone[None, :first], needs[0])[0] + _least(lone[None, first:], needs[1])[0])
        known = costs.of(group) + alone[:size]
        cheap = np.flatnonzero(known + cheapest < self.cost - CLOSE).tolist()
        tried = [at for at in cheap if self._is_first(start + at, group)]
        self.work += ITSELF + (len(tried) + len(lone)) * len(lone)
        rest = both[tried] + lone
        rest[np.arange(len(lone)) <= np.array(tried, dtype=np.intp)[:, None]] = np.inf
        bound = known[tried] + _least(rest[:, :first], needs[0]) + _least(rest[:, first:], needs[1])
        # Where one more is missing: the places it can have, of its sex only.
        last = slice(0, first) if needs[0] else slice(first, None)
        for row in np.flatnonzero(bound < self.cost - CLOSE).tolist():
            part = (*group, start + tried[row])
            if sum(needs) > 1:
                yield float(bound[row]), part
            else:
                other = start + last.start + int(rest[row, last].argmin()) if sum(needs) else None
                self._look_at(part if other is None else (*part, other))

    def _is_first(self, place: int, group: Group) -> bool:
        """Return whether no other could stand for a candidate who is not in the group already."""
        before = self.before[place]
        return before < 0 or before in group


def _with_others(both: Matrix, first: int, needs: tuple[int, int]) -> Values:
    """Return the least that each candidate can cost with the others still to come, of whom there are `needs`."""
    among = both.copy()
    np.fill_diagonal(among, np.inf)
    males, females = among[:first], among[first:]
    return np.concatenate(
        [
            _least(males[:, :first], needs[0] - 1) + _least(males[:, first:], needs[1]),
            _least(females[:, :first], needs[0]) + _least(females[:, first:], needs[1] - 1),
        ]
    )


def _least(values: Matrix, count: int) -> Values:
    """Return the sum of the `count` least values of each row, infinite where there are not so many."""
    if count <= 0:
        return np.zeros(len(values))
    if values.shape[1] < count:
        return np.full(len(values), np.inf)
    return np.asarray(np.partition(values, count - 1, axis=1)[:, :count].sum(axis=1))


def _alike_before(costs: GroupCosts) -> NDArray[np.intp]:
    """Return for each candidate the nearest before it that can stand for it in any group; -1 where none can.

    Full sibs without young are alike so. Of those alike only the first ones are ever chosen.
    """
    before = np.full(len(costs.each), -1, dtype=np.intp)
    for place in range(len(before)):
        others = np.arange(costs.side(place).start, place)
        near = others[np.abs(costs.each[others] - costs.each[place]) <= CLOSE]
        for other in near[::-1].tolist():
            differs = costs.both[other] != costs.both[place]
            differs[[other, place]] = False
            if not differs.any():
                before[place] = other
                break
    return before
