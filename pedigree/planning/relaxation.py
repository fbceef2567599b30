"""The problem of a plan with its curved part replaced by straight ones that never lie above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.planning.diagonal import separable
from pedigree.planning.model import UNIT
from pedigree.planning.objective import Litters, Objective, Values
from pedigree.planning.room import Room

DIRECTIONS: Final = 60
"""Squares that have tangents of their own: with them few plans must be looked at."""
Pairs = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Window:
    """Plans of which between so many young are expected; `fewest` and `most` bound the square of the animals then."""

    first: float
    last: float
    fewest: float
    most: float


@dataclass(slots=True, eq=False)
class Part:
    """Some of the plans: of one window, of some pairs, and with bounds of the litters of each pair and each animal."""

    window: Window
    pairs: Pairs
    least: Litters
    most: Litters
    fewest_of: Values
    most_of: Values
    low: float = -np.inf


class Relaxation:
    """Linear problems whose least cost is never above that of the best plan.

    A plan costs less than `level` when its kinships are less than `level` times its pairs of animals: their
    difference is the least. The number of animals squared lies, within a window, below its chord. The kinships
    among the animals that give genes are split into a diagonal and a convex rest, and the rest into its main
    directions, each a square, and what is left. The square of what an animal gives is met exactly where all its
    litters are as likely, by straight lines between whole numbers; the others are replaced by tangents at the
    plans looked at.
    """

    def __init__(self, objective: Objective, room: Room) -> None:
        self.objective, self.room = objective, room
        self.pairs = np.flatnonzero(room.cap > 0)
        self.diagonal = separable(objective.kinship)
        rest = objective.kinship - np.diag(self.diagonal)
        strength, direction = np.linalg.eigh(rest)
        main = np.flatnonzero(strength[-DIRECTIONS:] > 0) + max(len(strength) - DIRECTIONS, 0)
        self.strength, self.direction = strength[main], direction[:, main]
        self.rest = rest - (self.direction * self.strength) @ self.direction.T
        self.cuts: list[Values] = []

    @property
    def counts_pairs(self) -> bool:
        """Whether it matters that a pair has any litter."""
        return self.room.counts_pairs or bool(self.objective.km.any())

    def whole(self) -> Part:
        """Return the part that is every plan."""
        room = self.room
        most_of = np.minimum(room.most_of_animals(self.pairs), room.wanted)
        return Part(self._window(), self.pairs, room.least, room.cap, np.zeros_like(most_of), most_of)

    def is_possible(self, part: Part) -> bool:
        """Return whether every animal that must have litters has pairs left, and there are any."""
        left = self.times(part.most[part.pairs].astype(float), part.pairs)
        return bool(len(part.pairs) and (left >= part.fewest_of).all())

    def times(self, litters: Values, pairs: Pairs | slice = slice(None)) -> Values:
        """Return how many litters each animal has, those of some pairs being given."""
        objective, size = self.objective, len(self.objective.animals)
        sire, dam = objective.sire[pairs], objective.dam[pairs]
        return np.asarray(np.bincount(sire, litters, size) + np.bincount(dam, litters, size), dtype=float)

    def _window(self) -> Window:
        cap, young = self.room.cap, self.objective.young
        if self.objective.alike:
            each = float(young[0]) if len(young) else 0.0
            return self.between(each * self.room.wanted, each * self.room.wanted)
        order = np.argsort(young, kind="stable")
        return self.between(*sorted(self._young(each, cap) for each in (order, order[::-1])))

    def _young(self, order: Pairs, cap: Litters) -> float:
        before = np.cumsum(cap[order]) - cap[order]
        return float(self.objective.young[order] @ np.clip(self.room.wanted - before, 0, cap[order]))

    def between(self, first: float, last: float) -> Window:
        """Return the window between two numbers of young expected."""
        objective, wanted = self.objective, self.room.wanted
        variance = objective.variance[self.pairs] if len(self.pairs) else np.zeros(1)
        fewest, most = (objective.size + first) ** 2, (objective.size + last) ** 2
        return Window(first, last, fewest + wanted * variance.min(), most + wanted * variance.max())

    def error_of(self, window: Window, young: float, level: float, way: float) -> float:
        """Return how far below the truth the width of a window brings a plan, in mean kinship."""
        if window.last <= window.first or not window.fewest:
            return 0.0
        size, first = self.objective.size + young, self.objective.size + window.first
        chord = level * (young - window.first) * (window.last - young)
        return max(chord + way * (size**2 - first**2), 0.0) / window.fewest

    def knows(self, litters: Values) -> bool:
        """Return whether there is a tangent at a plan already."""
        genes = self.objective.genes(litters)
        return any(np.array_equal(genes, each) for each in self.cuts)

    def tangent_at(self, litters: Litters | Values) -> None:
        """Let the curved parts be no less than their tangents at a plan."""
        self.cuts.append(self.objective.genes(litters))

    def costs_of(self, answers: Values, part: Part, level: float) -> Values:
        """Return what costs of the linear problem say of mean kinship: no plan of the part costs less."""
        window = part.window
        total = answers * window.fewest / UNIT + self._constant(window, level)
        return np.asarray(level + np.minimum(total / window.fewest, total / window.most))

    def cost_of(self, answer: float, part: Part, level: float) -> float:
        """Return the same of one cost."""
        return float(self.costs_of(np.array([answer]), part, level)[0])

    def _constant(self, window: Window, level: float) -> float:
        size = self.objective.size
        first, last = size + window.first, size + window.last
        return self.objective.start - level * ((first + last) * size - first * last)
