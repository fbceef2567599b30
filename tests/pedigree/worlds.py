"""Every way to draw the uncertain parents, each an ordinary pedigree: kinship is the mean over them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from pedigree import Record
from tests.pedigree.strategies import SharedBook
from tests.pedigree.twin import Twin

Draw = tuple[str, str, tuple[tuple[str | int, float], ...]]


class Worlds:
    """The exact expected kinship and inbreeding of a book with litters, twins and related founders."""

    def __init__(self, book: SharedBook) -> None:
        self.records = {record.id: record for record in book.records}
        self.related = {
            frozenset({self.genome(one), self.genome(other)}): Fraction(value)
            for (one, other), value in book.founder_kinship.items()
        }
        self.worlds = [(chance, Twin(records, self.related)) for chance, records in self._worlds()]

    def genome(self, animal: str) -> str:
        twin = self.records[animal].twin_of
        return animal if twin is None else self.genome(twin)

    def kinship(self, one: str, other: str) -> Fraction:
        pair = self.genome(one), self.genome(other)
        return sum((chance * twin.kinship(*pair) for chance, twin in self.worlds), Fraction(0))

    def inbreeding(self, animal: str) -> Fraction:
        return 2 * self.kinship(animal, animal) - 1

    def _worlds(self) -> Iterator[tuple[Fraction, list[Record]]]:
        drawn = sorted(
            {self._draw(animal, role) for animal in self.records for role in ("sire", "dam")} - {None},
            key=repr,
        )
        for chosen in product(*(options for _, _, options in drawn)):
            chance = Fraction(1)
            for _, share in chosen:
                chance *= Fraction(share)
            yield (
                chance,
                list(self._resolved({draw: who for draw, (who, _) in zip(drawn, chosen, strict=True)})),
            )

    def _draw(self, animal: str, role: str) -> Draw | None:
        """What is drawn once: a litter's sire or dam, from the same candidates."""
        record = self.records[animal]
        parent = getattr(record, role)
        if not isinstance(parent, tuple):
            return None
        return role, record.litter or self.genome(animal), tuple(sorted(parent, key=repr))

    def _resolved(self, chosen: dict[Draw, str | int]) -> Iterator[Record]:
        strangers: dict[Draw, str] = {}
        for animal, record in self.records.items():
            if record.twin_of is None:
                parents = [self._parent(animal, role, chosen, strangers) for role in ("sire", "dam")]
                yield Record(animal, *parents)
        yield from (Record(stranger) for stranger in strangers.values())

    def _parent(
        self, animal: str, role: str, chosen: dict[Draw, str | int], strangers: dict[Draw, str]
    ) -> str | int:
        draw = self._draw(animal, role)
        parent = getattr(self.records[animal], role) if draw is None else chosen[draw]
        if isinstance(parent, str):
            return self.genome(parent)
        # A litter's one parent without a row is one animal, a founder to all of the litter.
        return parent if draw is None else strangers.setdefault(draw, f"stranger {len(strangers)}")
