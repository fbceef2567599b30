"""The textbook recursions, written naively on records: the second opinion the engine is compared to."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from pedigree import SEVERAL, UNKNOWN, WILD, Record

Half = Fraction(1, 2)


class Twin:
    """Kinship, known fractions and founder shares by recursion on records, in exact fractions."""

    def __init__(self, records: list[Record], related: dict[frozenset[str], Fraction] | None = None) -> None:
        self.records = {record.id: record for record in records}
        self.related = related or {}
        assert SEVERAL not in (WILD, UNKNOWN)
        self.kinship = cache(self._kinship)
        self.depth = cache(self._depth)
        self.known = cache(self._known)
        self.known_kinship = cache(self._known_kinship)

    def possible(self, animal: str, role: str) -> list[tuple[str | int, Fraction]]:
        parent = getattr(self.records[animal], role)
        options = parent if isinstance(parent, tuple) else ((parent, 1.0),)
        return [(who, Fraction(chance)) for who, chance in options]

    def _depth(self, animal: str) -> int:
        above = [
            who for role in ("sire", "dam") for who, _ in self.possible(animal, role) if isinstance(who, str)
        ]
        return max((1 + self.depth(who) for who in above), default=0)

    def inbreeding(self, animal: str) -> Fraction:
        return self.between_parents(animal, self.kinship)

    def between_parents(self, animal: str, kinship) -> Fraction:
        return sum(
            (
                p * q * kinship(sire, dam)
                for sire, p in self.possible(animal, "sire")
                for dam, q in self.possible(animal, "dam")
                if isinstance(sire, str) and isinstance(dam, str)
            ),
            Fraction(0),
        )

    def _kinship(self, one: str, other: str) -> Fraction:
        if frozenset({one, other}) in self.related:
            return self.related[frozenset({one, other})]
        if one == other:
            return Half * (1 + self.inbreeding(one))
        if (self.depth(one), one) < (self.depth(other), other):
            return self.kinship(other, one)
        parents = [pair for role in ("sire", "dam") for pair in self.possible(one, role)]
        return sum(
            (Half * p * self.kinship(who, other) for who, p in parents if isinstance(who, str)), Fraction(0)
        )

    def parent_known(self, parent: str | int) -> Fraction:
        return self.known(parent) if isinstance(parent, str) else Fraction(int(parent == WILD))

    def role_known(self, animal: str, role: str) -> Fraction:
        return sum((p * self.parent_known(who) for who, p in self.possible(animal, role)), Fraction(0))

    def _known(self, animal: str) -> Fraction:
        return Half * (self.role_known(animal, "sire") + self.role_known(animal, "dam"))

    def certain(self, animal: str) -> Fraction:
        total = Fraction(0)
        for parent in (self.records[animal].sire, self.records[animal].dam):
            if not isinstance(parent, tuple):
                total += self.certain(parent) if isinstance(parent, str) else int(parent == WILD)
        return Half * total

    def _known_kinship(self, one: str, other: str) -> Fraction:
        """f_KN where both have known genes; 0, to be weighed by 0, where one has none."""
        if self.known(one) == 0 or self.known(other) == 0:
            return Fraction(0)
        if one == other:
            return self._known_self(one)
        if (self.depth(one), one) < (self.depth(other), other):
            return self.known_kinship(other, one)
        parents = [pair for role in ("sire", "dam") for pair in self.possible(one, role)]
        weight = sum(p * self.parent_known(who) for who, p in parents)
        shared = (
            p * self.known(who) * self.known_kinship(who, other) for who, p in parents if isinstance(who, str)
        )
        return sum(shared, Fraction(0)) / weight

    def _known_self(self, animal: str) -> Fraction:
        both = self.role_known(animal, "sire") * self.role_known(animal, "dam")
        alike = self.between_parents(
            animal, lambda s, d: self.known(s) * self.known(d) * self.known_kinship(s, d)
        )
        return (self.known(animal) + alike) / (self.known(animal) + both)

    def contributions(self, living: list[str], codes: tuple[int, ...]) -> dict[str, Fraction]:
        """Each founder's share, by walking every line of descent up from every living animal."""
        found: dict[str, Fraction] = {}
        walks = [(animal, Fraction(1, len(living))) for animal in living]
        while walks:
            animal, share = walks.pop()
            for role in ("sire", "dam"):
                for who, p in self.possible(animal, role):
                    if isinstance(who, str):
                        walks.append((who, share * p / 2))
                    elif who in codes:
                        label = self.founder_label(animal, role, codes)
                        found[label] = found.get(label, Fraction(0)) + share * p / 2
        return found

    def founder_label(self, animal: str, role: str, codes: tuple[int, ...]) -> str:
        parents = [who for each in ("sire", "dam") for who, _ in self.possible(animal, each)]
        return animal if all(who in codes for who in parents) else f"{role} of {animal}"
