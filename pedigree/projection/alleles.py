"""Neutral loci with an allele of its own for every founder gene, handed from parents to young by chance."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pedigree.projection.chance import coins

Values = NDArray[np.float64]
Slots = NDArray[np.intp]


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
        each = np.broadcast_to((weights / 2)[None, :, None], (2, len(slots), self.loci))
        kinds = self.copies[:, slots].ravel()
        return np.asarray(np.bincount(kinds, each.ravel(), self.loci * self.kinds), dtype=np.float64)

    def kinship_to(self, slots: Slots, shares: NDArray[Any]) -> Values:
        """Return each animal's kinship to the animals that `shares` are of, summed over their weights."""
        return np.asarray(shares.take(self.copies[:, slots]).sum(axis=(0, 2)) / (2 * self.loci), np.float64)

    def between(self, one: Slots, other: Slots) -> Values:
        """Return the kinship of each animal with its counterpart."""
        same = np.zeros(len(one))
        for first in self.copies[:, one]:
            for second in self.copies[:, other]:
                same += (first == second).sum(axis=1)
        return np.asarray(same / (4 * self.loci))
