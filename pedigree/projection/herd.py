"""The animals of one run, their genes and who is related to whom."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree._dropping import chance_of
from pedigree._tabular import Matrix
from pedigree.errors import ScenarioError
from pedigree.kernels.drop_numpy import segregated
from pedigree.projection.alleles import Alleles
from pedigree.projection.chance import Purpose, seeds, stream
from pedigree.projection.population import LivingPopulation
from pedigree.projection.relatedness import ByLoci, ByPedigree, Relatedness
from pedigree.projection.scenario import BY_LOCI, Scenario
from pedigree.structure import MALE, UNKNOWN_SEX

Slots = NDArray[np.intp]
NAN = float("nan")
SPARE = 16


class Herd:
    """Animals in slots: the banked donors first, who never live, then the living and empty ones."""

    def __init__(self, population: LivingPopulation, scenario: Scenario, run: int) -> None:
        self.donors = len(population.donors)
        given = self.donors + len(population)
        expected = max(len(population), scenario.capacity or 0)
        slots = self.donors + expected + expected // 8 + SPARE
        self.alive = np.zeros(slots, dtype=np.bool_)
        self.male, self.founder = np.zeros((2, slots), dtype=np.bool_)
        self.age = np.zeros(slots, dtype=np.int64)
        here = np.arange(self.donors, given)
        self.alive[here], self.age[here] = True, population.age
        self.male[here] = _sexes(population, scenario, run)
        self.founder[here] = population.founder
        self.straws = population.straws.copy()
        self.meioses = stream(scenario.seed, run, Purpose.MEIOSES)
        self.alleles = _alleles(population, scenario, run, slots, Purpose.START) if scenario.loci else None
        self.kin: Relatedness = _relatedness(population, scenario, self.alleles, run, slots)
        self.inbreeding = np.zeros(slots)
        self.inbreeding[here] = self.kin.inbreeding(here)

    @property
    def living(self) -> Slots:
        """The slots of the living."""
        return np.flatnonzero(self.alive)

    def leave(self, slots: Slots) -> None:
        """Let animals die or go."""
        if len(slots):
            self.alive[slots] = False
            self.kin.leave(slots)
            if self.alleles:
                self.alleles.leave(slots)

    def arrive(self, males: int, females: int, age: int) -> None:
        """Let unrelated founders come."""
        slots = self._seated(np.arange(males + females) < males, age, founder=True)
        self.kin.arrive(slots)
        self.inbreeding[slots] = 0
        if self.alleles:
            self.alleles.arrive(slots)

    def born(self, sires: Slots, dams: Slots, male: NDArray[np.bool_]) -> None:
        """Let young be born, each of its sire and dam."""
        if not len(sires):
            return
        slots = self._seated(male, 0, founder=False)
        self.kin.born(slots, sires, dams)
        if self.alleles:
            self.alleles.born(slots, (sires, dams), self.meioses)
        self.inbreeding[slots] = self.kin.inbreeding(slots)

    def _seated(self, male: NDArray[np.bool_], age: int, *, founder: bool) -> Slots:
        free = np.flatnonzero(~self.alive[self.donors :])[: len(male)] + self.donors
        if len(free) < len(male):
            self._grow(len(self.alive) + len(male))
            return self._seated(male, age, founder=founder)
        self.alive[free], self.male[free], self.age[free], self.founder[free] = True, male, age, founder
        return free

    def _grow(self, least: int) -> None:
        slots = least + least // 2
        for name in ("alive", "male", "founder", "age", "inbreeding"):
            old = getattr(self, name)
            new = np.zeros(slots, dtype=old.dtype)
            new[: len(old)] = old
            setattr(self, name, new)
        self.kin.grow(slots)
        if self.alleles:
            self.alleles.grow(slots)

    def noted(self) -> dict[str, float]:
        """Return the figures of the moment that are not events."""
        living = self.living
        males = int(self.male[living].sum())
        counts = {"animals": len(living), "males": males, "females": len(living) - males}
        if not len(living):
            return {**counts, "straws": int(self.straws.sum())}
        bred = living[~self.founder[living]]
        found: dict[str, float] = {
            **counts,
            "straws": int(self.straws.sum()),
            "gene_diversity": self.kin.gene_diversity(living),
            "inbreeding": float(self.inbreeding[bred].mean()) if len(bred) else NAN,
        }
        if self.alleles:
            found["alleles"] = self.alleles.retained()
            found["heterozygosity"] = self.alleles.heterozygosity(len(living))
        return found


def _sexes(population: LivingPopulation, scenario: Scenario, run: int) -> NDArray[np.bool_]:
    drawn = stream(scenario.seed, run, Purpose.SEXES).random(len(population)) < scenario.share_male
    return np.where(population.sex == UNKNOWN_SEX, drawn, population.sex == MALE)


def _alleles(
    population: LivingPopulation, scenario: Scenario, run: int, slots: int, purpose: Purpose
) -> Alleles:
    plan = population.plan
    if plan is None:
        raise ScenarioError(
            "Founders of this population are related, and kinships do not tell which of their genes are copies of "
            "one. Carry no loci (loci=0, kinship by the pedigree), or leave the founders' kinships out."
        )
    words, picks, loci = chance_of(plan, seeds(scenario.seed, run, purpose), scenario.loci)
    founders = len(plan.founders)
    dropped = segregated(plan.source, plan.gene, plan.levels, words, picks, founders, loci)
    start = np.concatenate(
        [dropped[:, population.heads[len(population) :]], dropped[:, population.heads[: len(population)]]],
        axis=1,
    )
    return Alleles(start, len(population.donors), founders, arriving(scenario), slots)


def arriving(scenario: Scenario) -> int:
    """Return how many founders will have come by the end."""
    return sum(
        (each.males + each.females)
        * len(range(each.first, min(each.last or scenario.years, scenario.years) + 1, each.every))
        for each in scenario.imports
    )


def _relatedness(
    population: LivingPopulation, scenario: Scenario, told: Alleles | None, run: int, slots: int
) -> Relatedness:
    if scenario.kinship == BY_LOCI and told:
        marks = _alleles(population, scenario, run, slots, Purpose.START_OF_MARKS)
        return ByLoci(marks, told, stream(scenario.seed, run, Purpose.MEIOSES_OF_MARKS))
    return ByPedigree(_donors_first(population), len(population.donors), slots)


def _donors_first(population: LivingPopulation) -> Matrix:
    order = np.roll(np.arange(len(population.kinship)), len(population.donors))
    return population.kinship[np.ix_(order, order)]
