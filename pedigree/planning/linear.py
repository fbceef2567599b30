"""The linear problem of a part of the plans."""

from __future__ import annotations

import numpy as np

from pedigree.planning.keeping import keep_limits
from pedigree.planning.model import UNIT, Columns, Model
from pedigree.planning.objective import Values
from pedigree.planning.relaxation import Part, Relaxation


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
        part, objective, pairs = self.part, self.objective, self.pairs
        self.model.rows(self.room.wanted, self.room.wanted, (0, self.litters, 1.0))
        if not objective.alike:
            self.model.rows(self.window.first, self.window.last, (0, self.litters, self.young))
        km = UNIT * objective.km[pairs] if objective.km.any() else None
        least, most = part.least[pairs], part.most[pairs]
        keep_limits(self.model, self.room, self.litters, pairs, least=least, most=most, km=km)
