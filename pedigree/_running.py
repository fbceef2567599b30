"""Sums over the living that are kept up while animals come and go."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree._descent import by_descent
from pedigree._origins import NOBODY, origins
from pedigree._presence import Bred, Change
from pedigree.kinship import kinship_matrix
from pedigree.known import known_kinship
from pedigree.lineage import certain_fraction, founding, known_fraction
from pedigree.structure import Pedigree

NAN = float("nan")


class Running:
    """The living of a moment, and the sums their figures are made of.

    Rows are those of the whole pedigree; the kinships are of those who are ever there and their ancestors.
    """

    def __init__(self, pedigree: Pedigree, ever: NDArray[np.bool_]) -> None:
        kept = pedigree.with_ancestors(ever)
        self.pedigree = pedigree.subset(kept)
        self.place = np.cumsum(kept) - 1
        self.kinship, self.known = kinship_matrix(self.pedigree), known_fraction(self.pedigree)
        self.certain = certain_fraction(self.pedigree)
        self.known_joint = np.nan_to_num(known_kinship(self.pedigree, self.known)) * np.outer(
            self.known, self.known
        )
        # Of the whole pedigree: whether litter-mates share an unknown parent must not depend on who was there.
        self.shares = founder_shares(pedigree)[kept]
        self.bred = ~founding(self.pedigree)
        self.living = np.zeros(len(self.pedigree), dtype=np.bool_)
        self.kinship_sums, self.known_sums = np.zeros((2, len(self.pedigree)))
        self.contribution = np.zeros(self.shares.shape[1])
        self.carriers = np.zeros(self.shares.shape[1], dtype=np.int64)
        self.not_bred = {role: np.ones(len(pedigree)) for role in ("sire", "dam")}
        self.kept = kept

    def take(self, event: Change | Bred) -> None:
        """Let an animal come, leave or become a parent."""
        if isinstance(event, Change):
            self._change(event)
        else:
            self._breed(event)

    def _change(self, change: Change) -> None:
        row, sign = self.place[change.row], 1 if change.arrival else -1
        self.living[row] = change.arrival
        self.kinship_sums += sign * self.kinship[row]
        self.known_sums += sign * self.known_joint[row]
        self.contribution += sign * self.shares[row]
        self.carriers += sign * (self.shares[row] > 0)

    def _breed(self, bred: Bred) -> None:
        for parent, chance in bred.parents:
            if parent >= 0:
                self.not_bred[bred.role][parent] *= 1 - chance

    @property
    def size(self) -> int:
        """How many are living."""
        return int(self.living.sum())

    @property
    def mean_kinship(self) -> float:
        """The mean kinship among the living."""
        return float(self.kinship_sums[self.living].sum()) / self.size**2 if self.size else NAN

    @property
    def known_gene_diversity(self) -> float:
        """The gene diversity among the known genes of the living."""
        weight = float(self.known[self.living].sum())
        return 1 - float(self.known_sums[self.living].sum()) / weight**2 if weight > 0 else NAN

    @property
    def founder_equivalents(self) -> float:
        """The founder equivalents of the living."""
        # A founder whose last descendant left may keep a rounding error of a contribution.
        shares = self.contribution[self.carriers > 0] / self.size if self.size else np.empty(0)
        return float(1 / (shares**2).sum()) if len(shares) else NAN

    @property
    def mean_inbreeding(self) -> float:
        """The mean inbreeding of the living that are not founders."""
        return mean(2 * self.kinship.diagonal()[self.living & self.bred] - 1)

    def breeders(self, role: str) -> float:
        """Return how many of the living have bred in a role."""
        return float((1 - self.not_bred[role][self.kept])[self.living].sum())


def mean(values: NDArray[np.float64]) -> float:
    """Return the mean of some values, NaN for none."""
    return float(values.mean()) if len(values) else NAN


def founder_shares(pedigree: Pedigree) -> NDArray[np.float64]:
    """Return which share of each animal's genome descends from each founder, in the order of `founder_table`."""
    sources = origins(pedigree, unknown_as_founders=True)
    start = np.zeros((len(pedigree), len(sources.rows)))
    row, copy = np.nonzero(sources.founder != NOBODY)
    np.add.at(start, (row, sources.founder[row, copy]), sources.chance[row, copy] / 2)
    return by_descent(pedigree, start)
