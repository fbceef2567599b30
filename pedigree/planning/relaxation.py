"""The problem of a plan with its curved part replaced by straight ones that never lie above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.planning.diagonal import separable
from pedigree.planning.model import Columns, Model
from pedigree.planning.objective import Litters, Objective, Values
from pedigree.planning.room import Room

DIRECTIONS: Final = 60
"""Squares that have tangents of their own: with them few plans must be looked at."""
UNIT: Final = 1e4
"""Costs are handed to the solver in ten-thousandths of mean kinship, so that its tolerances mean nothing."""
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
    def travels(self) -> bool:
        """Whether it matters that a pair has any litter."""
        return bool(len(self.room.way)) or bool(self.objective.km.any())

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
        return np.bincount(sire, litters, size) + np.bincount(dam, litters, size)

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


class Linear:
    """The linear problem of a part; its first columns are the litters of its pairs."""

    def __init__(self, relaxation: Relaxation, part: Part, level: float) -> None:
        self.relaxation, self.part, self.pairs, self.model = relaxation, part, part.pairs, Model()
        self.objective, self.room = relaxation.objective, relaxation.room
        self.window, self.level, self.scale = part.window, level, UNIT / part.window.fewest
        self.sire, self.dam = self.objective.sire[part.pairs], self.objective.dam[part.pairs]
        self.animals = np.unique(np.concatenate([self.sire, self.dam]))
        self.at = np.full(len(self.objective.animals), -1)
        self.at[self.animals] = np.arange(len(self.animals))
        self.young = self.objective.young[part.pairs]
        self.once = bool((part.most[part.pairs] <= 1).all())
        self._animals()
        self._squares()
        self._directions()
        self._limits()

    def missing(self, litters: Values, columns: Values) -> float:
        """Return by how much the tangents fall short of the curved parts at its answer, in mean kinship."""
        relaxation, genes = self.relaxation, self.objective.genes(litters)
        along = relaxation.strength @ ((genes @ relaxation.direction) ** 2 - columns[self.along])
        left = genes @ relaxation.rest @ genes - columns[self.left[0]]
        mixed = self.animals[self.mixed]
        short = np.maximum(genes[mixed] ** 2 - columns[self.squares[self.mixed]], 0.0)
        return float(along + left + relaxation.diagonal[mixed] @ short) / self.window.fewest

    def _animals(self) -> None:
        """Add the litters, how many each animal has, and what it gives."""
        part, pairs, count = self.part, self.pairs, len(self.animals)
        bounds = part.least[pairs], part.most[pairs]
        self.litters = self.model.columns(len(pairs), self._costs(), *bounds)
        self.most = part.most_of[self.animals]
        self.times = self.model.columns(count, 0.0, part.fewest_of[self.animals], self.most)
        self._sums(self.times, 1.0)
        self.genes, self.each = self.times, float(self.young[0]) / 2
        if not self.objective.alike:
            self.genes, self.each = self.model.columns(count, 0.0, 0.0, np.inf), 1.0
            self._sums(self.genes, self.young / 2)

    def _sums(self, columns: Columns, value: float | Values) -> None:
        count = len(self.animals)
        parts = [(self.at[side], self.litters, value) for side in (self.sire, self.dam)]
        self.model.rows(0.0, 0.0, *parts, (np.arange(count), columns, -1.0), count=count)

    def _costs(self) -> Values:
        objective, window, pairs = self.objective, self.window, self.pairs
        chord = 2 * objective.size + window.first + window.last
        cost = objective.linear[pairs] - self.level * (chord * self.young + objective.variance[pairs])
        if self.once:
            cost = cost + window.fewest * objective.km[pairs]
        return np.asarray(self.scale * cost)

    def _squares(self) -> None:
        """Add the square of what each animal gives, weighed by the diagonal."""
        count, model = len(self.animals), self.model
        least, greatest = np.full(count, np.inf), np.zeros(count)
        for side in (self.sire, self.dam):
            np.minimum.at(least, self.at[side], self.young)
            np.maximum.at(greatest, self.at[side], self.young)
        # A single litter is its own square; any two add at least twice the least likely squared.
        weight = self.scale * self.relaxation.diagonal[self.animals]
        squares = self.squares = model.columns(count, weight, 0.0, np.inf)
        steps = self.most.astype(int)
        which = np.repeat(np.arange(count), steps)
        number = np.arange(len(which)) - np.repeat(np.cumsum(steps) - steps, steps)
        parts = model.columns(len(which), 0.0, 0.0, 1.0)
        model.rows(0.0, 0.0, (which, parts, 1.0), (np.arange(count), self.times, -1.0), count=count)
        model.rows(
            0.0,
            np.inf,
            (np.arange(count), squares, 1.0),
            *((self.at[side], self.litters, -(self.young**2) / 4) for side in (self.sire, self.dam)),
            (which, parts, -(least[which] ** 2) * number / 2),
            count=count,
        )
        mixed = self.mixed = np.flatnonzero((self.most > 1) & (greatest > least))
        for genes in self.relaxation.cuts if len(mixed) else ():
            given = genes[self.animals[mixed]]
            each = np.arange(len(mixed))
            tangents = (each, squares[mixed], 1.0), (each, self.genes[mixed], -2 * given)
            model.rows(-(given**2), np.inf, *tangents, count=len(mixed))

    def _directions(self) -> None:
        """Add the squares along the main directions, and what is left, all by tangents."""
        relaxation, model = self.relaxation, self.model
        count, each = len(relaxation.strength), np.arange(len(relaxation.strength))
        along = model.columns(count, 0.0, -np.inf, np.inf)
        squares = self.along = model.columns(count, self.scale * relaxation.strength, 0.0, np.inf)
        left = self.left = model.columns(1, self.scale, -np.inf, np.inf)
        which, animal = (places.ravel() for places in np.indices((count, len(self.animals))))
        share = self.each * relaxation.direction[self.animals[animal], which]
        model.rows(0.0, 0.0, (which, self.genes[animal], share), (each, along, -1.0), count=count)
        for genes in relaxation.cuts:
            at = genes @ relaxation.direction
            tangents = (each, squares, 1.0), (each, along, -2 * at)
            model.rows(-(at**2), np.inf, *tangents, count=count)
            slope = relaxation.rest @ genes
            rest = (0, self.genes, -2 * self.each * slope[self.animals])
            model.rows(-float(genes @ slope), np.inf, (0, left, 1.0), rest)

    def _limits(self) -> None:
        room, model, pairs = self.room, self.model, self.pairs
        model.rows(room.wanted, room.wanted, (0, self.litters, 1.0))
        if not self.objective.alike:
            model.rows(self.window.first, self.window.last, (0, self.litters, self.young))
        if len(room.most):
            place = np.full(len(room.cap), -1)
            place[pairs] = self.litters
            kept = place[room.pair] >= 0
            taken = room.row[kept], place[room.pair[kept]], room.weight[kept]
            model.rows(-np.inf, room.most, taken, count=len(room.most))
        if self.relaxation.travels:
            used = self.litters if self.once else self._used()
            for way, most in zip(room.way, room.way_most, strict=True):
                model.rows(-np.inf, most, (0, used, way[pairs]))

    def _used(self) -> Columns:
        """Add whether each pair has any litter."""
        count, each = len(self.pairs), np.arange(len(self.pairs))
        cost = UNIT * self.objective.km[self.pairs]
        least, most = (bound[self.pairs].astype(float) for bound in (self.part.least, self.part.most))
        used = self.model.columns(count, cost, np.minimum(least, 1.0), 1.0)
        self.model.rows(-np.inf, 0.0, (each, self.litters, 1.0), (each, used, -most), count=count)
        return used
