"""Neutral loci with an allele of its own for every founder gene, handed from parents to young by chance."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pedigree.projection.chance import coins

Values = NDArray[np.float64]
Slots = NDArray[np.intp]
TOGETHER: Final = 256
"""Animals looked at together; their copies stay in the processor's cache."""


class Alleles:
    """The alleles of every animal, and how many copies of each live.

    An allele is numbered with its locus, so that one count of numbers counts all loci. The first slots are
    those of banked donors, whose copies are not counted.
    """

    def __init__(self, start: NDArray[Any], donors: int, founders: int, arriving: int, slots: int) -> None:
        _, given, loci = start.shape
        self.loci: int = loci
        self.kinds: int = max(2 * (founders + arriving), 1)
        self._next = 2 * founders
        self._locus = np.arange(self.loci, dtype=np.int32) * self.kinds
        self.copies = np.zeros((2, slots, self.loci), dtype=np.int32)
        self.copies[:, :given] = start + self._locus
        self.counts = self._counted(np.arange(donors, given))

    def _counted(self, slots: Slots) -> NDArray[np.int64]:
        return np.bincount(self.copies[:, slots].ravel(), minlength=self.loci * self.kinds)

    def grow(self, slots: int) -> None:
        """Make room for so many animals."""
        grown = np.zeros((2, slots, self.loci), dtype=np.int32)
        grown[:, : self.copies.shape[1]] = self.copies
        self.copies = grown

    def born(self, young: Slots, parents: tuple[Slots, Slots], meioses: np.random.Generator) -> None:
        """Let young inherit at every locus one of the two copies of the sire, and one of the dam."""
        shape = 2, len(young), self.loci
        bits = coins(meioses, math.prod(shape)).reshape(shape)
        for role, parent in enumerate(parents):
            self.copies[role, young] = np.where(bits[role], self.copies[1, parent], self.copies[0, parent])
        self.counts += self._counted(young)

    def arrive(self, slots: Slots) -> None:
        """Let founders arrive, each with alleles of its own."""
        for slot in slots:
            self.copies[0, slot] = self._locus + self._next
            self.copies[1, slot] = self._locus + self._next + 1
            self._next += 2
        self.counts += self._counted(slots)

    def leave(self, slots: Slots) -> None:
        """Take the copies of animals that die or leave from the living."""
        self.counts -= self._counted(slots)

    def retained(self) -> float:
        """Return how many alleles live, in the mean of the loci."""
        return int(np.count_nonzero(self.counts)) / self.loci

    def heterozygosity(self, animals: int) -> float:
        """Return the chance that two genes drawn from all living, one put back, are different alleles."""
        same = int(np.dot(self.counts, self.counts))
        drawn = self.loci * (2 * animals) ** 2
        return 1 - same / drawn

    def homozygosity(self, slots: Slots) -> Values:
        """Return the share of loci at which each animal has two copies of one allele."""
        return np.asarray((self.copies[0, slots] == self.copies[1, slots]).mean(axis=1))

    def shares(self, slots: Slots, weights: Values) -> Values:
        """Return the weight that every allele has among some animals."""
        total = np.zeros(self.loci * self.kinds)
        for part in _parts(len(slots)):
            kinds = self.copies[:, slots[part]]
            each = np.broadcast_to((weights[part] / 2)[None, :, None], kinds.shape)
            total += np.bincount(kinds.ravel(), each.ravel(), len(total))
        return total

    def kinship_to(self, slots: Slots, shares: NDArray[Any]) -> Values:
        """Return each animal's kinship to the animals that `shares` are of, summed over their weights."""
        found = np.empty(len(slots))
        for part in _parts(len(slots)):
            found[part] = shares.take(self.copies[:, slots[part]]).sum(axis=(0, 2))
        return found / (2 * self.loci)

    def between(self, one: Slots, other: Slots) -> Values:
        """Return the kinship of each animal with its counterpart."""
        same = np.zeros(len(one))
        for first in self.copies[:, one]:
            for second in self.copies[:, other]:
                same += (first == second).sum(axis=1)
        return np.asarray(same / (4 * self.loci))


def _parts(animals: int) -> Iterator[slice]:
    return (slice(start, start + TOGETHER) for start in range(0, animals, TOGETHER))
