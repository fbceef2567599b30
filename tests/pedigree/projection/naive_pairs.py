"""The strategies of the slow twin: every kinship asked for one by one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pedigree.projection.chance import Purpose

if TYPE_CHECKING:
    from tests.pedigree.projection.naive import Animal, Naive


class Choice:
    """Who may still be recommended, and the pairs so far."""

    def __init__(self, run: Naive) -> None:
        self.run, scenario = run, run.scenario
        living = run.living()
        self.dams = [a for a in living if not a.male and run.litter_chance(a) > 0]
        males = [a for a in living if a.male and run.births(a) > 0]
        bank = scenario.bank
        donors = [a for a in run.bank if bank is not None and run.straws[a.number] > 0 and bank.per_year != 0]
        self.sires = donors + males
        most = scenario.litters_per_sire or math.inf
        self.left = {a.number: run.straws[a.number] if a in donors else most for a in self.sires}
        self.inseminations = math.inf if bank is None or bank.per_year is None else bank.per_year
        self.room = math.inf
        if scenario.capacity is not None and scenario.limits_litters:
            self.room = scenario.capacity - len(living)
        self.full = self.room <= 0
        self.pairs: list[tuple[Animal, Animal]] = []
        mean = sum(run.births(a) for a in males) / len(males) if males else 1.0
        self.weight = {a.number: mean if a in donors else run.births(a) for a in self.sires}
        self.used = dict.fromkeys(self.left, 0)

    def young(self, sire: Animal, dam: Animal) -> float:
        success = self.run.scenario.bank.success if sire in self.run.bank else 1.0
        return self.run.litter_chance(dam) * self.run.scenario.mean_litter * success

    def suits(self, sire: Animal, dam: Animal) -> bool:
        limit = self.run.scenario.kinship_limit
        free = self.left[sire.number] > 0 and (sire not in self.run.bank or self.inseminations > 0)
        return free and (limit is None or self.run.kinship(sire.number, dam.number) <= limit)

    def take(self, sire: Animal, dam: Animal) -> None:
        young = self.young(sire, dam)
        if young > self.room:
            self.full = True
            return
        self.room -= young
        self.left[sire.number] -= 1
        self.used[sire.number] += 1
        if sire in self.run.bank:
            self.inseminations -= 1
        self.pairs.append((sire, dam))


def choose(run: Naive) -> list[tuple[Animal, Animal]]:
    choice = Choice(run)
    if choice.dams and choice.sires and not choice.full:
        {"random": at_random, "mean-kinship": by_rank}.get(run.scenario.strategy, one_by_one)(run, choice)
    return choice.pairs


def at_random(run: Naive, choice: Choice) -> None:
    rng = run.chance[Purpose.PAIRS]
    order, drawn = rng.permutation(len(choice.dams)), rng.random(len(choice.dams))
    for place, chance in zip(order, drawn, strict=True):
        dam = choice.dams[place]
        free = [a for a in choice.sires if choice.left[a.number] > 0]
        free = [a for a in free if a not in run.bank or choice.inseminations > 0]
        sire = draw(choice, free, chance)
        if sire is not None and not choice.suits(sire, dam):
            sire = draw(choice, [a for a in free if choice.suits(a, dam)], chance)
        if sire is not None:
            choice.take(sire, dam)
        if choice.full:
            return


def draw(choice: Choice, those: list[Animal], chance: float) -> Animal | None:
    total = sum(choice.weight[a.number] for a in those)
    reached = 0.0
    for animal in those:
        reached += choice.weight[animal.number]
        if reached > chance * total:
            return animal
    return None


def by_rank(run: Naive, choice: Choice) -> None:
    sums = {a.number: run.sum_to_living(a) for a in choice.dams + choice.sires}
    for dam in sorted(choice.dams, key=lambda a: sums[a.number]):
        fits = [a for a in choice.sires if choice.suits(a, dam)]
        if fits:
            choice.take(min(fits, key=lambda a: (choice.used[a.number], sums[a.number])), dam)
        if choice.full:
            return


def one_by_one(run: Naive, choice: Choice) -> None:
    """The greedy choice of the dynamic list; with reproductive values as weights that of the plan."""
    planned, share = run.scenario.strategy == "plan", run.scenario.share_male
    worth = {a.number: run.worth(a.male, a.age) if planned else 1.0 for a in run.living()}
    young_worth = share * run.worth(True, 0) + (1 - share) * run.worth(False, 0) if planned else 1.0
    weights = dict(worth)
    waiting = list(choice.dams)

    def reach(animal: Animal) -> float:
        return sum(w * run.kinship(animal.number, other) for other, w in weights.items())

    while waiting:
        dam = min(waiting, key=reach)
        waiting.remove(dam)
        fits = [a for a in choice.sires if choice.suits(a, dam)]
        if not fits:
            continue
        own = {a.number: young_worth / 2 * run.kinship(a.number, dam.number) for a in fits}
        sire = min(fits, key=lambda a: reach(a) + own[a.number])
        choice.take(sire, dam)
        if choice.full:
            return
        half = choice.young(sire, dam) * young_worth / 2
        for parent in (sire, dam):
            weights[parent.number] = weights.get(parent.number, 0.0) + half
