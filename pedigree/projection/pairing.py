"""Who is recommended to breed with whom in a year, by each strategy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.projection.relatedness import ByLoci, ByPedigree, Relatedness
from pedigree.projection.scenario import DYNAMIC, MEAN_KINSHIP, PLAN, RANDOM

Values = NDArray[np.float64]
Slots = NDArray[np.intp]
Pairs = tuple[Slots, Slots]
Place = tuple[int, int]
ROUNDS: Final = 8
"""In how many rounds of a year kinships by loci are taken anew, where those by pedigree are after every pair."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Who may breed this year.

    `young` are the young expected of each dam; `success` of a sire multiplies them; `limit` is how often he
    may be recommended, `weight` how likely he is at random. The young expected of all pairs stay within
    `room`. The first sires are `banked` ones, who share the `inseminations` of the year.
    `worth` is what each of the `living` counts in the plan's
    objective, `young_worth` what a young does.
    """

    dams: Slots
    sires: Slots
    young: Values
    success: Values
    limit: NDArray[np.int64]
    weight: Values
    room: float
    kinship_limit: float | None
    banked: int
    inseminations: float
    living: Slots
    worth: Values
    young_worth: float

    @property
    def both(self) -> Slots:
        """The dams, then the sires."""
        return np.concatenate([self.dams, self.sires])

    def are_too_related(self, kin: Relatedness, dam: int, sire: int) -> bool:
        """Return whether a pair, named by place, is above the kinship limit."""
        if self.kinship_limit is None:
            return False
        return bool(
            kin.between(self.dams[dam : dam + 1], self.sires[sire : sire + 1])[0] > self.kinship_limit
        )


class _Chosen:
    """The pairs recommended so far, by place, and the room that is left."""

    def __init__(self, those: Candidates) -> None:
        self.left = those.limit.tolist()
        self.banked, self.inseminations = those.banked, those.inseminations
        self.young, self.success = those.young.tolist(), those.success.tolist()
        self.room = those.room
        self.places: list[Place] = []
        self.full = False
        self.spent: list[int] = []

    def takes(self, dam: int, sire: int) -> float:
        """Take a pair and return the young expected of it; 0, and nothing further, when it finds no room."""
        young: float = self.young[dam] * self.success[sire]
        if young > self.room:
            self.full = True
            return 0.0
        self.room -= young
        self.places.append((dam, sire))
        self._use(sire)
        return young

    def _use(self, sire: int) -> None:
        self.left[sire] -= 1
        self.spent = [sire] if self.left[sire] == 0 else []
        if sire < self.banked:
            self.inseminations -= 1
            if self.inseminations <= 0:
                self.left[: self.banked] = [0] * self.banked
                self.spent = list(range(self.banked))


class _Queue:
    """Sires in the order of their mean kinship, those used least first."""

    def __init__(self, those: Candidates, kin: Relatedness, sums: Values, chosen: _Chosen) -> None:
        self.those, self.kin, self.chosen = those, kin, chosen
        order = np.argsort(sums, kind="stable").tolist()
        self.heap = [(0, rank, sire) for rank, sire in enumerate(order) if chosen.left[sire] > 0]
        heapify(self.heap)

    def pair(self, dam: int) -> float:
        """Take the first sire that is not too related to the dam, and return the young expected."""
        skipped = []
        young = 0.0
        while self.heap:
            used, rank, sire = heappop(self.heap)
            if self.chosen.left[sire] <= 0:
                continue
            if self.those.are_too_related(self.kin, dam, sire):
                skipped.append((used, rank, sire))
                continue
            young = self.chosen.takes(dam, sire)
            if young and self.chosen.left[sire] > 0:
                heappush(self.heap, (used + 1, rank, sire))
            break
        for entry in skipped:
            heappush(self.heap, entry)
        return young


def random_pairs(those: Candidates, kin: Relatedness, rng: np.random.Generator) -> list[Place]:
    """Return dams in random order, each with a male drawn by how often males of his age breed."""
    order, drawn = rng.permutation(len(those.dams)), rng.random(len(those.dams))
    chosen = _Chosen(those)
    weight = those.weight * (those.limit > 0)
    bounds = weight.cumsum()
    for dam, chance in zip(order.tolist(), drawn.tolist(), strict=True):
        sire = _drawn(bounds, chance)
        if sire is not None and those.are_too_related(kin, dam, sire):
            fits = [not those.are_too_related(kin, dam, each) for each in range(len(weight))]
            sire = _drawn((weight * fits).cumsum(), chance)
        if sire is None:
            continue
        chosen.takes(dam, sire)
        if chosen.full:
            break
        if chosen.spent:
            weight[chosen.spent] = 0
            bounds = weight.cumsum()
    return chosen.places


def _drawn(bounds: Values, chance: float) -> int | None:
    if not bounds[-1]:
        return None
    return int(np.searchsorted(bounds, chance * bounds[-1], side="right"))


def ranked_pairs(those: Candidates, kin: Relatedness, rng: np.random.Generator) -> list[Place]:
    """Return dams in the order of mean kinship, each with the sire of least mean kinship among those used least."""
    sums, chosen = kin.sums(those.both), _Chosen(those)
    dams, sires = np.split(sums, [len(those.dams)])
    queue = _Queue(those, kin, sires, chosen)
    for dam in np.argsort(dams, kind="stable").tolist():
        queue.pair(dam)
        if chosen.full:
            break
    return chosen.places


def dynamic_pairs(those: Candidates, kin: Relatedness, rng: np.random.Generator) -> list[Place]:
    """Return pairs of least mean kinship, taken anew after the young expected of every pair."""
    return _one_by_one(those, kin, None, 1.0)


def planned_pairs(those: Candidates, kin: Relatedness, rng: np.random.Generator) -> list[Place]:
    """Return pairs chosen as dynamic ones are, every animal counting by the young it has still before it."""
    return _one_by_one(those, kin, those.worth, those.young_worth)


def _one_by_one(those: Candidates, kin: Relatedness, worth: Values | None, young_worth: float) -> list[Place]:
    if isinstance(kin, ByLoci):
        return _in_rounds(those, kin, worth, young_worth)
    assert isinstance(kin, ByPedigree)  # noqa: S101
    return _pair_by_pair(those, kin, worth, young_worth)


def _pair_by_pair(
    those: Candidates, kin: ByPedigree, worth: Values | None, young_worth: float
) -> list[Place]:
    """Take again and again the dam of least kinship, and the sire whose young with her adds least kinship."""
    both, dams, chosen = those.both, len(those.dams), _Chosen(those)
    block = kin.among(both)
    sums = kin.sums(both) if worth is None else kin.weighted_sums(both, those.living, worth)
    of_dams, of_sires = sums[:dams], sums[dams:]
    of_sires[those.limit <= 0] = np.inf
    within = block[:dams, dams:]
    own = within * (young_worth / 2)
    if those.kinship_limit is not None:
        own[within > those.kinship_limit] = np.inf
    for _ in range(dams):
        dam = int(of_dams.argmin())
        added = of_sires + own[dam]
        sire = int(added.argmin())
        of_dams[dam] = np.inf
        if added[sire] == np.inf:
            continue
        young = chosen.takes(dam, sire)
        if chosen.full:
            break
        if chosen.spent:
            of_sires[chosen.spent] = np.inf
        sums += (young * young_worth / 2) * (block[dam] + block[dams + sire])
    return chosen.places


def _in_rounds(those: Candidates, kin: ByLoci, worth: Values | None, young_worth: float) -> list[Place]:
    chosen, dams = _Chosen(those), len(those.dams)
    counted = np.ones(len(those.living)) if worth is None else worth
    shares = kin.marks.shares(those.living, counted)
    waiting = np.ones(dams, dtype=np.bool_)
    for size in _sizes(those):
        sums = kin.marks.kinship_to(those.both, shares)
        of_dams = np.where(waiting, sums[:dams], np.inf)
        before, queue = len(chosen.places), _Queue(those, kin, sums[dams:], chosen)
        next_ones = np.argsort(of_dams, kind="stable")[:size]
        waiting[next_ones] = False
        young = [queue.pair(dam) for dam in next_ones.tolist() if not chosen.full]
        pairs = np.array(chosen.places[before:], dtype=np.intp).reshape(-1, 2)
        parents = np.concatenate([those.dams[pairs[:, 0]], those.sires[pairs[:, 1]]])
        given = np.tile(np.array([each for each in young if each]) * (young_worth / 2), 2)
        if chosen.full:
            break
        shares += kin.marks.shares(parents, given)
    return chosen.places


def _sizes(those: Candidates) -> Iterator[int]:
    # The dams that fill the room, in rounds of nearly the same size, then whoever is left.
    expected = min(those.room / max(those.young.mean(), 1e-9), len(those.dams))
    size = max(int(np.ceil(expected / ROUNDS)), 1)
    return (min(size, len(those.dams) - start) for start in range(0, len(those.dams), size))


Strategy = Callable[[Candidates, Relatedness, np.random.Generator], list[Place]]
PAIRING: Final = MappingProxyType[str, Strategy](
    {RANDOM: random_pairs, MEAN_KINSHIP: ranked_pairs, DYNAMIC: dynamic_pairs, PLAN: planned_pairs}
)


def recommended(
    strategy: str, those: Candidates, kin: Relatedness, rng: np.random.Generator
) -> tuple[Slots, Slots]:
    """Return the sires and the dams recommended, by slot."""
    if not len(those.dams) or not len(those.sires) or those.room <= 0:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    places = np.array(PAIRING[strategy](those, kin, rng), dtype=np.intp).reshape(-1, 2)
    return those.sires[places[:, 1]], those.dams[places[:, 0]]
