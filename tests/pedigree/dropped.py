"""Every outcome of every meiosis, one after the other: what a gene drop must come to in the mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from pedigree import Record
from tests.pedigree.strategies import SharedBook
from tests.pedigree.worlds import Worlds

Gene = tuple[str, int]
Genes = dict[str, tuple[Gene, Gene]]
ROLES = ("sire", "dam")


class Dropped:
    """The exact fate of founders' genes, in fractions, for records with certain, drawn or shared parents."""

    def __init__(self, records: list[Record], living: list[str]) -> None:
        self.worlds = Worlds(SharedBook(records, {}))
        self.living = living
        self.founding = {record.id for record in records if not _above(record)}
        self.retention: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.uniqueness: Counter[str] = Counter()
        self.uniqueness_descendants: Counter[str] = Counter()
        self.ancestral: Counter[str] = Counter()
        for chance, twin in self.worlds.worlds:
            outcomes = list(_outcomes(twin))
            for genes, before in outcomes:
                self._see(chance / len(outcomes), genes, before)

    def _see(self, chance: Fraction, genes: Genes, before: dict[Gene, int]) -> None:
        heads = {animal: genes[self.worlds.genome(animal)] for animal in self.living}
        alive = {gene for pair in heads.values() for gene in pair}
        founders = {gene[0] for pair in genes.values() for gene in pair}
        for founder in founders:
            survive = sum(gene[0] == founder for gene in alive)
            self.retention[founder] += chance * survive / 2
            self.lost[founder] += chance * (survive == 0)
        for animal, pair in heads.items():
            others = [other for other in heads if other != animal]
            young = [other for other in others if other not in self.founding]
            for counted, among in ((self.uniqueness, others), (self.uniqueness_descendants, young)):
                held = {gene for other in among for gene in heads[other]}
                counted[animal] += chance * sum(gene not in held for gene in pair) / 2
        for animal in self.worlds.records:
            once = (before[self.worlds.genome(animal), side] for side in (0, 1))
            self.ancestral[animal] += chance * sum(once) / 2


def _above(record: Record) -> list[str]:
    options = (
        parent if isinstance(parent, tuple) else ((parent, 1),) for parent in (record.sire, record.dam)
    )
    return [who for each in options for who, _ in each if isinstance(who, str)]


def _outcomes(twin) -> Iterator[tuple[Genes, dict[Gene, int]]]:
    order = sorted(twin.records, key=lambda animal: (twin.depth(animal), animal))
    parents = {(a, role): getattr(twin.records[a], role) for a in order for role in ROLES}
    meioses = [place for place, parent in parents.items() if isinstance(parent, str)]
    for sides in product((0, 1), repeat=len(meioses)):
        side = dict(zip(meioses, sides, strict=True))
        genes: Genes = {}
        before: dict[Gene, int] = {}
        for animal in order:
            for copy, role in enumerate(ROLES):
                above = parents[animal, role]
                inherited = isinstance(above, str)
                before[animal, copy] = int(
                    inherited and (_autozygous(genes[above]) or before[above, side[animal, role]])
                )
            genes[animal] = tuple(_copy(parents, side, genes, animal, role) for role in ROLES)
        yield genes, before


def _autozygous(pair: tuple[Gene, Gene]) -> bool:
    return pair[0] == pair[1]


def _copy(parents, side, genes: Genes, animal: str, role: str) -> Gene:
    above = parents[animal, role]
    if isinstance(above, str):
        return genes[above][side[animal, role]]
    other = parents[animal, ROLES[role == "sire"]]
    return (f"{role} of {animal}", 0) if isinstance(other, str) else (animal, ROLES.index(role))
