"""How related the animals of a run are: exactly by its pedigree, or by the loci that it carries."""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from pedigree._tabular import Matrix
from pedigree.projection.alleles import Alleles

Values = NDArray[np.float64]
Slots = NDArray[np.intp]
ROWS: Final = 64


class Relatedness(Protocol):
    """What a run asks of the kinship of its animals; an animal is named by its slot."""

    def grow(self, slots: int) -> None:
        """Make room for so many animals."""

    def born(self, young: Slots, sires: Slots, dams: Slots) -> None:
        """Take in young."""

    def arrive(self, slots: Slots) -> None:
        """Take in founders."""

    def leave(self, slots: Slots) -> None:
        """Forget animals."""

    def sums(self, slots: Slots) -> Values:
        """Return the kinship of some animals to all living, summed."""

    def weighted_sums(self, slots: Slots, among: Slots, weights: Values) -> Values:
        """Return the kinship of some animals to weighted ones, summed."""

    def between(self, one: Slots, other: Slots) -> Values:
        """Return the kinship of each animal with its counterpart."""

    def inbreeding(self, slots: Slots) -> Values:
        """Return the F of some animals."""

    def gene_diversity(self, living: Slots) -> float:
        """Return 1 - the mean kinship of the living."""


class ByPedigree:
    """The kinship matrix of the living and of banked donors, who are the first rows.

    Rows and columns of empty slots are zero. `totals` holds each animal's kinship to all living, kept up as they come
    and go. Sums run over rows one after the other and never through a linear algebra library, whose order depends on
    the machine.
    """

    def __init__(self, kinship: Matrix, donors: int, slots: int) -> None:
        self.matrix = np.zeros((slots, slots))
        self.matrix[: len(kinship), : len(kinship)] = kinship
        self.totals = self.matrix[donors:].sum(axis=0)

    def grow(self, slots: int) -> None:
        """Make room for so many animals."""
        grown = np.zeros((slots, slots))
        size = len(self.matrix)
        grown[:size, :size] = self.matrix
        self.matrix = grown
        self.totals = np.append(self.totals, np.zeros(slots - size))

    def born(self, young: Slots, sires: Slots, dams: Slots) -> None:
        """Take in young, all of a year at once."""
        rows = self.matrix[sires]
        rows += self.matrix[dams]
        rows *= 0.5
        among = rows[:, sires]
        among += rows[:, dams]
        among *= 0.5
        among[np.diag_indices(len(young))] = 0.5 * (1 + self.matrix[sires, dams])
        rows[:, young] = among
        # The kinship to those who were there before is the mean of the parents'.
        self.totals[young] = 0.5 * (self.totals[sires] + self.totals[dams])
        self.totals += rows.sum(axis=0)
        self.matrix[young] = rows
        self.matrix[:, young] = rows.T

    def arrive(self, slots: Slots) -> None:
        """Take in founders."""
        self.matrix[slots, slots] = 0.5
        self.totals[slots] = 0.5

    def leave(self, slots: Slots) -> None:
        """Forget animals."""
        self.totals -= self.matrix[slots].sum(axis=0)
        self.totals[slots] = 0
        self.matrix[slots] = 0
        self.matrix[:, slots] = 0

    def sums(self, slots: Slots) -> Values:
        """Return the kinship of some animals to all living, summed."""
        return np.asarray(self.totals[slots])

    def weighted_sums(self, slots: Slots, among: Slots, weights: Values) -> Values:
        """Return the kinship of some animals to weighted ones, summed."""
        total = np.zeros(len(self.matrix))
        # A few rows at a time stay in the processor's cache.
        for start in range(0, len(among), ROWS):
            part = slice(start, start + ROWS)
            total += (self.matrix[among[part]] * weights[part, None]).sum(axis=0)
        return total[slots]

    def between(self, one: Slots, other: Slots) -> Values:
        """Return the kinship of each animal with its counterpart."""
        return np.asarray(self.matrix[one, other])

    def among(self, slots: Slots) -> Matrix:
        """Return the kinship of every pair of some animals."""
        return self.matrix[slots].take(slots, axis=1)

    def inbreeding(self, slots: Slots) -> Values:
        """Return the F of some animals."""
        return 2 * self.matrix[slots, slots] - 1

    def gene_diversity(self, living: Slots) -> float:
        """Return 1 - the mean kinship of the living."""
        return 1 - float(self.sums(living).sum()) / len(living) ** 2


class ByLoci:
    """Kinship as the share of loci with copies of one founder gene: time grows with the animals, not their square.

    Pairs are chosen by the loci `marks`. What is told of gene diversity and F comes from other loci, since the choice
    keeps more of those it looks at than of the genome that it stands for.
    """

    def __init__(self, marks: Alleles, told: Alleles, meioses: np.random.Generator) -> None:
        self.marks, self.told, self.meioses = marks, told, meioses

    def grow(self, slots: int) -> None:
        """Make room for so many animals."""
        self.marks.grow(slots)

    def born(self, young: Slots, sires: Slots, dams: Slots) -> None:
        """Take in young, all of a year at once."""
        self.marks.born(young, (sires, dams), self.meioses)

    def arrive(self, slots: Slots) -> None:
        """Take in founders."""
        self.marks.arrive(slots)

    def leave(self, slots: Slots) -> None:
        """Forget animals."""
        self.marks.leave(slots)

    def sums(self, slots: Slots) -> Values:
        """Return the kinship of some animals to all living, summed."""
        return self.marks.kinship_to(slots, self.marks.counts) / 2

    def weighted_sums(self, slots: Slots, among: Slots, weights: Values) -> Values:
        """Return the kinship of some animals to weighted ones, summed."""
        return self.marks.kinship_to(slots, self.marks.shares(among, weights))

    def between(self, one: Slots, other: Slots) -> Values:
        """Return the kinship of each animal with its counterpart."""
        return self.marks.between(one, other)

    def inbreeding(self, slots: Slots) -> Values:
        """Return the F of some animals."""
        return self.told.homozygosity(slots)

    def gene_diversity(self, living: Slots) -> float:
        """Return 1 - the mean kinship of the living."""
        return self.told.heterozygosity(len(living))
