"""The projection written a second time, slowly: dictionaries, whole pedigrees, the textbook recursion of kinship.

It draws from the same streams in the documented order, so every figure must come out the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from pedigree import MALE, UNKNOWN_SEX
from pedigree._dropping import chance_of
from pedigree.kernels.drop_numpy import segregated
from pedigree.projection import LivingPopulation, Rates, Scenario
from pedigree.projection.chance import Purpose, coins, seeds, stream


@dataclass
class Animal:
    number: int
    male: bool
    age: int
    sire: int | None = None
    dam: int | None = None
    founder: bool = False
    genes: tuple[list[Any], list[Any]] = ((), ())  # type: ignore[assignment]


class Naive:
    def __init__(self, population: LivingPopulation, rates: Rates, scenario: Scenario, run: int) -> None:
        self.population, self.rates, self.scenario = population, rates, scenario
        self.chance = {purpose: stream(scenario.seed, run, purpose) for purpose in Purpose}
        self.known = population.kinship
        self.everyone: list[Animal] = []
        self.places: dict[int, Animal] = {}
        genes = self._start(run)
        drawn = self.chance[Purpose.SEXES].random(len(population)) < scenario.share_male
        for i in range(len(population)):
            sex = population.sex[i]
            male = bool(drawn[i]) if sex == UNKNOWN_SEX else sex == MALE
            animal = Animal(i, male, int(population.age[i]), founder=bool(population.founder[i]))
            animal.genes = genes[i]
            self.everyone.append(animal)
            self.places[i] = animal
        self.bank = []
        for i in range(len(population.donors)):
            donor = Animal(len(population) + i, True, 0, genes=genes[len(population) + i])
            self.everyone.append(donor)
            self.bank.append(donor)
        self.straws = {donor.number: int(n) for donor, n in zip(self.bank, population.straws, strict=True)}
        self.kinship = cache(self._kinship)
        self.arrivals = 0

    def _start(self, run: int) -> list[Any]:
        population, loci = self.population, self.scenario.loci
        words, picks, _ = chance_of(
            population.plan, seeds(self.scenario.seed, run, Purpose.START), max(loci, 1)
        )
        plan = population.plan
        dropped = segregated(
            plan.source, plan.gene, plan.levels, words, picks, len(plan.founders), max(loci, 1)
        )
        return [
            ([("start", a) for a in dropped[0, head][:loci]], [("start", a) for a in dropped[1, head][:loci]])
            for head in population.heads
        ]

    # Relatedness, from the whole pedigree of the run.

    def _kinship(self, one: int, other: int) -> float:
        if one < other:
            return self.kinship(other, one)
        animal = self.everyone[one]
        if one < len(self.known):
            return float(self.known[one, other])
        if one == other:
            return 0.5 if animal.founder else 0.5 * (1 + self.kinship(animal.sire, animal.dam))
        if animal.founder:
            return 0.0
        return 0.5 * (self.kinship(animal.sire, other) + self.kinship(animal.dam, other))

    def sum_to_living(self, animal: Animal) -> float:
        return sum(self.kinship(animal.number, other.number) for other in self.living())

    def living(self) -> list[Animal]:
        return [self.places[place] for place in sorted(self.places)]

    # The rates.

    def survival(self, animal: Animal) -> float:
        q = (self.rates.male if animal.male else self.rates.female).q
        return 1 - float(q[animal.age]) if animal.age < len(q) else 0.0

    def births(self, animal: Animal) -> float:
        m = (self.rates.male if animal.male else self.rates.female).m
        return float(m[animal.age]) if animal.age < len(m) else 0.0

    def worth(self, male: bool, age: int) -> float:
        rates = self.rates.male if male else self.rates.female
        left, alive = 0.0, 1.0
        for later in range(age, len(rates) - 1):
            alive *= 1 - rates.q[later]
            left += alive * rates.m[later + 1]
        return left

    def litter_chance(self, dam: Animal) -> float:
        if self.scenario.fulfilment is not None:
            return self.scenario.fulfilment if self.births(dam) > 0 else 0.0
        return 2 * self.births(dam) / self.scenario.mean_litter

    # The year.

    def year(self, year: int) -> dict[str, float]:
        scenario = self.scenario
        survival = litters = 1.0
        for each in scenario.catastrophes:
            if self.chance[Purpose.CATASTROPHES].random() < each.chance:
                survival *= each.survival
                litters *= each.litters
        deaths = self.deaths(survival)
        exports = sum(self.export(each) for each in scenario.exports if due(each, year))
        imports = sum(self.arrive(each) for each in scenario.imports if due(each, year))
        pairs = self.recommend()
        births = self.breed(pairs, litters)
        if scenario.exports_surplus:
            surplus = max(len(self.places) - scenario.capacity, 0)
            exports += self.send(self.living(), surplus, scenario.strategy != "random")
        found = {"births": births, "deaths": deaths, "imports": imports, "exports": exports}
        return {**found, "pairs": len(pairs)}

    def deaths(self, factor: float) -> int:
        living = self.living()
        drawn = self.chance[Purpose.SURVIVAL].random(len(living))
        dead = []
        for animal, chance in zip(living, drawn, strict=True):
            survives = self.survival(animal) * factor
            if animal.age == 0 and self.scenario.lethal_equivalents:
                inbred = 2 * self.kinship(animal.number, animal.number) - 1
                excess = inbred - self.scenario.rates_inbreeding
                survives *= math.exp(-self.scenario.lethal_equivalents / 2 * excess)
            if chance >= survives:
                dead.append(animal)
            animal.age += 1
        self.remove(dead)
        return len(dead)

    def remove(self, gone: list[Animal]) -> None:
        numbers = {animal.number for animal in gone}
        self.places = {place: animal for place, animal in self.places.items() if animal.number not in numbers}

    def export(self, each: Any) -> int:
        oldest = each.oldest if each.oldest is not None else math.inf
        number = 0
        for male, wanted in ((True, each.males), (False, each.females)):
            fits = [a for a in self.living() if a.male == male and each.youngest <= a.age <= oldest]
            number += self.send(fits, wanted, each.most_related)
        return number

    def send(self, those: list[Animal], number: int, most_related: bool) -> int:
        if not number or not those:
            return 0
        drawn = self.chance[Purpose.MOVES].random(len(those))
        keys = {
            a.number: (-self.sum_to_living(a) if most_related else 0, chance)
            for a, chance in zip(those, drawn, strict=True)
        }
        gone = sorted(those, key=lambda a: keys[a.number])[:number]
        self.remove(gone)
        return len(gone)

    def seat(self, animal: Animal) -> None:
        place = next(place for place in range(len(self.places) + 1) if place not in self.places)
        self.places[place] = animal
        self.everyone.append(animal)

    def arrive(self, each: Any) -> int:
        for i in range(each.males + each.females):
            self.arrivals += 1
            genes = tuple([(f"import {self.arrivals}", copy)] * self.scenario.loci for copy in (0, 1))
            number = len(self.everyone)
            self.seat(Animal(number, i < each.males, each.age, founder=True, genes=genes))
        return each.males + each.females

    def recommend(self) -> list[tuple[Animal, Animal]]:
        """Sire and dam of every pair recommended."""
        from tests.pedigree.projection.naive_pairs import choose

        return choose(self)

    def breed(self, pairs: list[tuple[Animal, Animal]], factor: float) -> int:
        rng, scenario = self.chance[Purpose.LITTERS], self.scenario
        litters = []
        for (sire, dam), drawn in zip(pairs, rng.random(len(pairs)), strict=True):
            chance = self.litter_chance(dam)
            if sire in self.bank:
                self.straws[sire.number] -= 1
                chance = min(chance, 1) * scenario.bank.success
            chance *= factor
            litters += [(sire, dam)] * (math.floor(chance) + (drawn < chance - math.floor(chance)))
        young = []
        for pair, drawn in zip(litters, rng.random(len(litters)), strict=True):
            size = 1
            while drawn >= sum(scenario.litter_sizes[:size]) and size < len(scenario.litter_sizes):
                size += 1
            young += [pair] * size
        males = rng.random(len(young)) < scenario.share_male
        loci = scenario.loci
        bits = coins(self.chance[Purpose.MEIOSES], 2 * len(young) * loci).reshape(2, len(young), loci)
        for i, (sire, dam) in enumerate(young):
            genes = tuple(
                [parent.genes[int(bits[role, i, locus])][locus] for locus in range(loci)]
                for role, parent in enumerate((sire, dam))
            )
            number = len(self.everyone)
            self.seat(Animal(number, bool(males[i]), 0, sire.number, dam.number, genes=genes))
        return len(young)

    def figures(self) -> dict[str, float]:
        living, loci = self.living(), self.scenario.loci
        found: dict[str, float] = {
            "animals": len(living),
            "males": sum(a.male for a in living),
            "females": sum(not a.male for a in living),
            "straws": sum(self.straws.values()),
        }
        if not living:
            return found
        total = sum(self.sum_to_living(a) for a in living)
        found["gene_diversity"] = 1 - total / len(living) ** 2
        bred = [2 * self.kinship(a.number, a.number) - 1 for a in living if not a.founder]
        found["inbreeding"] = sum(bred) / len(bred) if bred else math.nan
        pools = [[side[locus] for a in living for side in a.genes] for locus in range(loci)]
        found["alleles"] = sum(len(set(pool)) for pool in pools) / loci
        same = [sum(pool.count(allele) ** 2 for allele in set(pool)) / len(pool) ** 2 for pool in pools]
        found["heterozygosity"] = 1 - sum(same) / loci
        return found


def due(each: Any, year: int) -> bool:
    last = math.inf if each.last is None else each.last
    return each.first <= year <= last and (year - each.first) % each.every == 0


def live(population: LivingPopulation, rates: Rates, scenario: Scenario, run: int) -> list[dict[str, float]]:
    """The figures of every year of one run."""
    twin = Naive(population, rates, scenario, run)
    found = [twin.figures()]
    for year in range(1, scenario.years + 1):
        noted = twin.year(year)
        found.append({**noted, **twin.figures()})
    return found
