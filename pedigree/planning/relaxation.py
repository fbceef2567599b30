"""The problem of a plan with its curved part replaced by straight ones that never lie above it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree.planning.diagonal import separable
from pedigree.planning.model import Answer, Model
from pedigree.planning.objective import Litters, Objective, Values
from pedigree.planning.room import Room

DIRECTIONS = 60
"""Squares that have tangents of their own: with them few plans must be looked at."""
UNIT = 1e4
"""Costs are handed to the solver in ten-thousandths of mean kinship, so that its tolerances mean nothing."""


class Relaxation:
    """Linear problems whose least cost is never above that of the best plan, for litters that are all as likely.

    The kinships among the animals that give genes are split into a diagonal and a convex rest, and the rest into its
    main directions, each a square, and what is left. The square of each animal's number of litters is met exactly at
    every whole number by straight lines between them; the others are replaced by tangents at plans looked at, `cuts`.
    """

    def __init__(self, objective: Objective, room: Room) -> None:
        self.objective, self.room = objective, room
        self.pairs = np.flatnonzero(room.cap > 0)
        self.diagonal = separable(objective.kinship)
        rest = objective.kinship - np.diag(self.diagonal)
        strength, direction = np.linalg.eigh(rest)
        self.strength, self.direction = strength[-DIRECTIONS:], direction[:, -DIRECTIONS:]
        self.rest = rest - (self.direction * self.strength) @ self.direction.T
        self.cuts: list[Values] = []
        chance = objective.chance[0] if len(objective.chance) else 1.0
        self.each = float(chance) * objective.problem.litter / 2
        litters = np.zeros(len(objective.chance))
        if len(litters):
            litters[0] = room.wanted
        self.pairs_of_animals = objective.size_squared(litters)
        self.scale = UNIT / self.pairs_of_animals
        self.fixed_cost = objective.start / self.pairs_of_animals

    def tangent_at(self, genes: Values) -> None:
        """Let the curved part be no less than its tangent at the genes given by each animal."""
        self.cuts.append(genes)

    def model(self, pairs: NDArray[np.intp], *, whole: bool = True) -> Model:
        """Return the linear problem over some of the pairs; its first columns are their litters."""
        objective, room, model = self.objective, self.room, Model()
        sire, dam = objective.sire[pairs], objective.dam[pairs]
        animals = np.unique(np.concatenate([sire, dam]))
        at = np.full(len(objective.animals), -1)
        at[animals] = np.arange(len(animals))
        travels = bool(len(room.way)) or bool(objective.km.any())
        once = travels and bool((room.cap[pairs] == 1).all())
        cost = self.scale * objective.linear[pairs] + (UNIT * objective.km[pairs] if once else 0.0)
        litters = model.columns(len(pairs), cost, room.least[pairs], room.cap[pairs], whole=whole)
        most = np.minimum(self._most(sire, dam, pairs), room.wanted)[animals]
        times = model.columns(len(animals), 0.0, 0.0, most, whole=True)
        curved = model.columns(1, self.scale, -np.inf, np.inf)
        # Each animal's litters are those of its pairs.
        model.rows(
            0.0,
            0.0,
            (at[sire], litters, 1.0),
            (at[dam], litters, 1.0),
            (np.arange(len(animals)), times, -1.0),
            count=len(animals),
        )
        self._squares(model, times, animals, most)
        self._tangents(model, times, animals, curved)
        model.rows(room.wanted, room.wanted, (0, litters, 1.0))
        self._limits(model, pairs, litters)
        if travels:
            self._travel(model, pairs, litters, once=once)
        return model

    def _most(self, sire: NDArray[np.intp], dam: NDArray[np.intp], pairs: NDArray[np.intp]) -> Values:
        size, cap = len(self.objective.animals), self.room.cap[pairs].astype(float)
        most = np.bincount(sire, cap, size) + np.bincount(dam, cap, size)
        problem = self.objective.problem
        for place, animal in enumerate(self.objective.animals):
            limits = [problem.most_of(side, animal) for side in ("sire", "dam")]
            # An animal that is both sire and dam has the room of both.
            if None not in limits:
                most[place] = min(most[place], sum(each for each in limits if each is not None))
        return most

    def _squares(
        self, model: Model, times: NDArray[np.intp], animals: NDArray[np.intp], most: Values
    ) -> None:
        steps = most.astype(int)
        which = np.repeat(np.arange(len(animals)), steps)
        number = np.arange(len(which)) - np.repeat(np.cumsum(steps) - steps, steps) + 1
        cost = self.scale * self.each**2 * self.diagonal[animals][which] * (2 * number - 1)
        parts = model.columns(len(which), cost, 0.0, 1.0)
        model.rows(0.0, 0.0, (which, parts, 1.0), (np.arange(len(animals)), times, -1.0), count=len(animals))

    def _tangents(
        self, model: Model, times: NDArray[np.intp], animals: NDArray[np.intp], curved: NDArray[np.intp]
    ) -> None:
        main = np.flatnonzero(self.strength > 0)
        along = model.columns(len(main), 0.0, -np.inf, np.inf)
        squares = model.columns(len(main), self.scale * self.strength[main], 0.0, np.inf)
        which, animal = (each.ravel() for each in np.indices((len(main), len(animals))))
        share = self.each * self.direction[animals[animal], main[which]]
        each = np.arange(len(main))
        model.rows(0.0, 0.0, (which, times[animal], share), (each, along, -1.0), count=len(main))
        for genes in self.cuts:
            at = genes @ self.direction[:, main]
            model.rows(-(at**2), np.inf, (each, squares, 1.0), (each, along, -2 * at), count=len(main))
            slope = self.rest @ genes
            model.rows(
                -float(genes @ slope),
                np.inf,
                (0, curved, 1.0),
                (0, times, -2 * self.each * slope[animals]),
            )

    def _limits(self, model: Model, pairs: NDArray[np.intp], litters: NDArray[np.intp]) -> None:
        room = self.room
        if not len(room.most):
            return
        at = np.full(len(room.cap), -1)
        at[pairs] = litters
        kept = at[room.pair] >= 0
        part = room.row[kept], at[room.pair[kept]], room.weight[kept]
        model.rows(-np.inf, room.most, part, count=len(room.most))

    def _travel(
        self, model: Model, pairs: NDArray[np.intp], litters: NDArray[np.intp], *, once: bool
    ) -> None:
        room, used = self.room, litters
        if not once:
            way = UNIT * self.objective.km[pairs]
            used = model.columns(len(pairs), way, 0.0, 1.0, whole=True)
            each = np.arange(len(pairs))
            cap = -room.cap[pairs].astype(float)
            model.rows(-np.inf, 0.0, (each, litters, 1.0), (each, used, cap), count=len(pairs))
        for way_row, most in zip(room.way, room.way_most, strict=True):
            model.rows(-np.inf, most, (0, used, way_row[pairs]))

    def cost_of(self, answer: float) -> float:
        """Return a cost of the linear problem in mean kinship."""
        return answer / UNIT + self.fixed_cost

    def litters_of(self, answer: Answer, pairs: NDArray[np.intp]) -> Litters:
        """Return the plan the solver found, over all pairs."""
        litters = np.zeros(len(self.room.cap), dtype=np.int64)
        if answer.columns is not None:
            litters[pairs] = np.rint(answer.columns[: len(pairs)]).astype(np.int64)
        return litters
