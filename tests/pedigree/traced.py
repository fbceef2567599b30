"""Ancestors walked line by line and genes followed one by one: the second opinion on what descends from whom."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product

from pedigree import UNKNOWN, WILD, Record
from tests.pedigree.twin import Half, Twin

Line = tuple[int, str | int, Fraction]


class Traced(Twin):
    """What follows from lines of ancestors, in exact fractions."""

    def __init__(self, records: list[Record]) -> None:
        super().__init__(records)
        self.ancestral = cache(self._ancestral)
        self.purged_kinship = cache(self._purged_kinship)
        self.kinship_through = cache(self._kinship_through)
        self.complete = cache(self._complete)

    def lines(self, animal: str, roles: tuple[str, ...] = ("sire", "dam")) -> Iterator[Line]:
        """Yield every line up from an animal: how many generations, who stands there, and how likely."""
        open_lines = [(1, who, p) for role in roles for who, p in self.possible(animal, role)]
        while open_lines:
            depth, who, chance = open_lines.pop()
            yield depth, who, chance
            if isinstance(who, str):
                above = (pair for role in ("sire", "dam") for pair in self.possible(who, role))
                open_lines += [(depth + 1, parent, chance * p) for parent, p in above]

    def equivalents(self, animal: str) -> Fraction:
        return sum((p / 2**n for n, who, p in self.lines(animal) if isinstance(who, str)), Fraction(0))

    def completeness(self, animal: str, generation: int, *roles: str) -> Fraction:
        found = self.lines(animal, roles or ("sire", "dam"))
        recorded = (p for n, who, p in found if n == generation and isinstance(who, str))
        return sum(recorded, Fraction(0)) / 2**generation

    def index(self, animal: str, generations: int) -> Fraction:
        """MacCluer's: four times the product of what the sides hold of the whole, by their sum."""
        sides = [
            sum(self.completeness(animal, n, role) for n in range(1, generations + 1)) / generations
            for role in ("sire", "dam")
        ]
        return 4 * sides[0] * sides[1] / sum(sides) if sum(sides) else Fraction(0)

    def _complete(self, animal: str) -> int:
        parents = [self.records[animal].sire, self.records[animal].dam]
        return 1 + min(map(self.complete, parents)) if all(isinstance(p, str) for p in parents) else 0

    def _ancestral(self, animal: str) -> Fraction:
        parents = [pair for role in ("sire", "dam") for pair in self.possible(animal, role)]
        before = (
            p * (1 - (1 - self.ancestral(who)) * (1 - self.inbreeding(who)))
            for who, p in parents
            if isinstance(who, str)
        )
        return sum(before, Fraction(0)) / 2

    def purged(self, animal: str, d: Fraction) -> Fraction:
        return self.between_parents(animal, lambda sire, dam: self.purged_kinship(sire, dam, d))

    def _purged_kinship(self, one: str, other: str, d: Fraction) -> Fraction:
        if one == other:
            return Half * (1 + self.purged(one, d)) * (1 - 2 * d * self.inbreeding(one))
        if (self.depth(one), one) < (self.depth(other), other):
            return self.purged_kinship(other, one, d)
        parents = [pair for role in ("sire", "dam") for pair in self.possible(one, role)]
        named = ((who, p) for who, p in parents if isinstance(who, str))
        above = sum((Half * p * self.purged_kinship(who, other, d) for who, p in named), Fraction(0))
        return above * (1 - d * self.inbreeding(one))

    def share(self, animal: str, founder: str) -> Fraction:
        return self.contributions([animal], (WILD, UNKNOWN)).get(founder, Fraction(0))

    def inbreeding_through(self, animal: str, founder: str) -> Fraction:
        return self.between_parents(animal, lambda s, d: self.kinship_through(s, d, founder))

    def _kinship_through(self, one: str, other: str, founder: str) -> Fraction:
        if one == other:
            return Half * (self.share(one, founder) + self.inbreeding_through(one, founder))
        if (self.depth(one), one) < (self.depth(other), other):
            return self.kinship_through(other, one, founder)
        parents = [pair for role in ("sire", "dam") for pair in self.possible(one, role)]
        named = ((who, p) for who, p in parents if isinstance(who, str))
        return sum((Half * p * self.kinship_through(who, other, founder) for who, p in named), Fraction(0))

    def segregations(self) -> Iterator[dict[str, tuple[str, str]]]:
        """Yield the founder gene on each side of every animal, for every way the genes can be handed down."""
        order = sorted(self.records, key=lambda animal: (self.depth(animal), animal))
        handed = [
            (animal, role)
            for animal in order
            for role in ("sire", "dam")
            if isinstance(getattr(self.records[animal], role), str)
        ]
        for coins in product((0, 1), repeat=len(handed)):
            chosen = dict(zip(handed, coins, strict=True))
            genes: dict[str, tuple[str, str]] = {}
            for animal in order:
                genes[animal] = tuple(self._gene(animal, role, chosen, genes) for role in ("sire", "dam"))
            yield genes

    def _gene(self, animal: str, role: str, chosen, genes) -> str:
        if (animal, role) in chosen:
            return genes[getattr(self.records[animal], role)][chosen[animal, role]]
        return f"{self.founder_label(animal, role, (WILD, UNKNOWN))}/{role}"

    def effective_ancestors(self, living: list[str]) -> list[tuple[str, Fraction]]:
        """Every ancestor taken, and its marginal contribution, of ties the latest generation, then the id."""
        found: list[tuple[str, Fraction]] = []
        while True:
            shares = self._marginal(living, {label for label, _ in found})
            if not shares or max(shares.values()) == 0:
                return found
            most = max(shares.values())
            tied = [label for label, share in shares.items() if share == most]
            recorded = [label for label in tied if label in self.records]
            youngest = min(recorded, key=lambda who: (-self.depth(who), who), default="")
            found.append((youngest or min(tied, key=self._unrecorded), most))

    def _unrecorded(self, label: str) -> tuple[int, str, bool]:
        role, _, child = label.partition(" of ")
        return self.depth(child), child, role == "dam"

    def _marginal(self, living: list[str], taken: set[str]) -> dict[str, Fraction]:
        reach: dict[str, Fraction] = {}
        above = {who for animal in living for _, who, _ in self.lines(animal)}
        for animal in living:
            for label, share in self._upward(animal, taken):
                reach[label] = reach.get(label, Fraction(0)) + share / len(living)
        return {
            label: share * (1 - sum(p for who, p in self._upward(label, taken) if who in taken))
            for label, share in reach.items()
            if label not in taken and (label not in self.records or label in above or self.depth(label) == 0)
        }

    def _upward(self, label: str, taken: set[str]) -> Iterator[tuple[str, Fraction]]:
        """Yield everyone on the way up from someone, past nobody taken, with the share of genes that comes by."""
        walks = [(label, Fraction(1))]
        while walks:
            who, share = walks.pop()
            yield who, share
            if who in taken or who not in self.records:
                continue
            for role in ("sire", "dam"):
                for parent, p in self.possible(who, role):
                    name = (
                        parent if isinstance(parent, str) else self.founder_label(who, role, (WILD, UNKNOWN))
                    )
                    if name != who:
                        walks.append((name, share * p / 2))
