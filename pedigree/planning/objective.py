"""The gene diversity a plan keeps, as a function of its litters."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pedigree.planning.problem import PlanProblem

Values = NDArray[np.float64]
Litters = NDArray[np.int64]


class Objective:
    """Kinships and sums of the candidates, and what litters make of them.

    The expected number of all ordered pairs of the population after the litters, `size_squared`, and the expected
    sum of their kinships, `kinship_total`, are functions of the litters; their ratio is the mean kinship.
    """

    def __init__(self, problem: PlanProblem) -> None:
        population, litter = problem.population, problem.litter
        self.problem = problem
        self.animals = tuple(sorted({*problem.sires, *problem.dams}))
        place = {animal: at for at, animal in enumerate(self.animals)}
        self.sire = np.array([place[each] for each in problem.sires], dtype=np.intp)
        self.dam = np.array([place[each] for each in problem.dams], dtype=np.intp)
        rows = np.array([population.row(each) for each in self.animals], dtype=np.intp)
        self.kinship = population.kinship_among(rows)
        self.sums = population.kinship_sums[rows]
        self.size = int(population.living.sum())
        self.start = float(population.kinship_sums[population.living].sum())
        self.f_offspring = self.kinship[self.sire, self.dam]
        own = self.kinship.diagonal()
        both = own[self.sire] + own[self.dam]
        self.chance = (
            np.ones(len(problem)) if problem.chance is None else np.array(problem.chance, dtype=float)
        )
        self.young = self.chance * litter
        # Young of one litter come together or not at all.
        self.variance = self.chance * (1 - self.chance) * litter**2
        self.linear = (
            self.young * (self.sums[self.sire] + self.sums[self.dam] + 0.5 - both / 4)
            + self.variance * (both + 2 * self.f_offspring) / 4
        )

    @property
    def alike(self) -> bool:
        """Whether every litter is as likely as every other, so that the young expected are fixed by their number."""
        return len(self.chance) == 0 or bool((self.chance == self.chance[0]).all())

    @cached_property
    def km(self) -> Values:
        """What the way of each pair costs, in mean kinship."""
        problem = self.problem
        if problem.distance_km is None or not problem.cost_per_km:
            return np.zeros(len(problem))
        return problem.cost_per_km * np.array(problem.distance_km, dtype=float)

    def genes(self, litters: Litters | Values) -> Values:
        """Return the young each animal is expected to be the parent of, halved: the genomes it gives."""
        given = self.young * litters / 2
        size = len(self.animals)
        return np.asarray(
            np.bincount(self.sire, given, size) + np.bincount(self.dam, given, size), dtype=float
        )

    def kinship_total(self, litters: Litters | Values) -> float:
        """Return the expected sum of all kinships, each animal's with itself counted once."""
        genes = self.genes(litters)
        return float(self.start + self.linear @ litters + genes @ self.kinship @ genes)

    def size_squared(self, litters: Litters | Values) -> float:
        """Return the expected square of the number of animals."""
        return float((self.size + self.young @ litters) ** 2 + self.variance @ litters)

    def mean_kinship(self, litters: Litters | Values) -> float:
        """Return the mean kinship of the population with its young; NaN where nobody is there."""
        pairs = self.size_squared(litters)
        return self.kinship_total(litters) / pairs if pairs else float("nan")

    def way(self, litters: Litters | Values) -> float:
        """Return what the kilometres cost, in mean kinship."""
        return float(self.km @ (np.asarray(litters) > 0))

    def cost(self, litters: Litters | Values) -> float:
        """Return what a plan makes least: mean kinship and the cost of the kilometres."""
        return self.mean_kinship(litters) + self.way(litters)

    def costs_with_one_more(self, litters: Litters) -> Values:
        """Return the cost of the plan with one more litter, for each pair it could be of."""
        genes = self.genes(litters)
        shared = self.kinship @ genes
        both = self.kinship.diagonal()[self.sire] + self.kinship.diagonal()[self.dam]
        quadratic = self.young * (shared[self.sire] + shared[self.dam])
        quadratic += self.young**2 * (both + 2 * self.f_offspring) / 4
        total = self.kinship_total(litters) + self.linear + quadratic
        young = self.young @ litters + self.young
        pairs = (self.size + young) ** 2 + self.variance @ litters + self.variance
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.where(pairs > 0, total / pairs, np.inf)
        return np.asarray(mean + self.way(litters) + self.km * (litters == 0))
