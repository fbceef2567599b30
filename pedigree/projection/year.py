"""One run of a projection, year after year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree.projection.breeders import NO_LIMIT, Tables, candidates
from pedigree.projection.chance import Purpose, stream
from pedigree.projection.figures import Figures
from pedigree.projection.herd import Herd
from pedigree.projection.pairing import recommended
from pedigree.projection.population import LivingPopulation
from pedigree.projection.scenario import RANDOM, Arrivals, Departures, Scenario

Slots = NDArray[np.intp]


class Run:
    """One run: the herd, its chance, and the steps of a year in their order."""

    def __init__(self, population: LivingPopulation, tables: Tables, scenario: Scenario, number: int) -> None:
        self.tables, self.scenario = tables, scenario
        self.herd = Herd(population, scenario, number)
        self.catastrophes, self.survival, self.moves, self.pairs, self.litters = (
            stream(scenario.seed, number, purpose)
            for purpose in (
                Purpose.CATASTROPHES,
                Purpose.SURVIVAL,
                Purpose.MOVES,
                Purpose.PAIRS,
                Purpose.LITTERS,
            )
        )

    def write(self, figures: Figures, row: int) -> None:
        """Live through all years and write the figures into a row."""
        for year in range(self.scenario.years + 1):
            noted = self._year(year) if year else {}
            for name, value in {**noted, **self.herd.noted()}.items():
                figures[name][row, year] = value

    def _year(self, year: int) -> dict[str, float]:
        survival, litters = self._struck()
        deaths = self._deaths(survival)
        exports = sum(self._export(each) for each in self.scenario.exports if _is_due(each, year))
        imports = sum(self._import(each) for each in self.scenario.imports if _is_due(each, year))
        those = candidates(self.herd, self.tables, self.scenario)
        sires, dams = recommended(self.scenario.strategy, those, self.herd.kin, self.pairs)
        births = self._births(sires, dams, litters)
        exports += self._export_surplus()
        return {
            "births": births,
            "deaths": deaths,
            "imports": imports,
            "exports": exports,
            "pairs": len(dams),
        }

    def _struck(self) -> tuple[float, float]:
        survival = litters = 1.0
        for each in self.scenario.catastrophes:
            if self.catastrophes.random() < each.chance:
                survival, litters = survival * each.survival, litters * each.litters
        return survival, litters

    def _deaths(self, factor: float) -> int:
        herd, living = self.herd, self.herd.living
        age = herd.age[living]
        chance = self.tables.survival[herd.male[living].view(np.int8), self.tables.classes(age)] * factor
        if self.scenario.lethal_equivalents:
            young = np.flatnonzero(age == 0)
            inbred = herd.inbreeding[living[young]]
            excess = inbred - self.scenario.rates_inbreeding
            chance[young] *= np.exp(-self.scenario.lethal_equivalents / 2 * excess)
        dead = living[self.survival.random(len(living)) >= chance]
        herd.leave(dead)
        herd.age += 1
        return len(dead)

    def _export(self, departures: Departures) -> int:
        return sum(
            self._send_away(departures, male=male, number=number)
            for male, number in ((True, departures.males), (False, departures.females))
        )

    def _send_away(self, departures: Departures, *, male: bool, number: int) -> int:
        herd, living = self.herd, self.herd.living
        oldest = NO_LIMIT if departures.oldest is None else departures.oldest
        age = herd.age[living]
        fits = (herd.male[living] == male) & (age >= departures.youngest) & (age <= oldest)
        return self._leave(living[fits], number, most_related=departures.most_related)

    def _leave(self, those: Slots, number: int, *, most_related: bool) -> int:
        if not number or not len(those):
            return 0
        drawn = self.moves.random(len(those))
        key = -self.herd.kin.sums(those) if most_related else drawn
        gone = those[np.lexsort((drawn, key))[:number]]
        self.herd.leave(gone)
        return len(gone)

    def _export_surplus(self) -> int:
        scenario, living = self.scenario, self.herd.living
        if not scenario.exports_surplus or scenario.capacity is None:
            return 0
        surplus = max(len(living) - scenario.capacity, 0)
        return self._leave(living, surplus, most_related=scenario.strategy != RANDOM)

    def _import(self, arrivals: Arrivals) -> int:
        self.herd.arrive(arrivals.males, arrivals.females, arrivals.age)
        return arrivals.males + arrivals.females

    def _births(self, sires: Slots, dams: Slots, factor: float) -> int:
        herd, tables = self.herd, self.tables
        chance = tables.litters[tables.classes(herd.age[dams])]
        banked, bank = sires < herd.donors, self.scenario.bank
        if bank is not None and banked.any():
            np.subtract.at(herd.straws, sires[banked], 1)
            chance[banked] = np.minimum(chance[banked], 1) * bank.success
        chance *= factor
        whole = np.floor(chance)
        litters = (whole + (self.litters.random(len(dams)) < chance - whole)).astype(np.int64)
        pair = np.repeat(np.arange(len(dams)), litters)
        size = 1 + np.searchsorted(tables.litter_bounds, self.litters.random(len(pair)), side="right")
        pair = np.repeat(pair, size)
        herd.born(sires[pair], dams[pair], self.litters.random(len(pair)) < self.scenario.share_male)
        return len(pair)


def _is_due(each: Arrivals | Departures, year: int) -> bool:
    return (
        each.first <= year
        and (each.last is None or year <= each.last)
        and (year - each.first) % each.every == 0
    )
