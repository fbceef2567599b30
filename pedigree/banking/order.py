"""Whom to bank next: the living whose genes would be missed most, by how likely they are to die soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._masks import check_mask
from pedigree._tabular import Matrix
from pedigree.banking.counts import Counting, Floats, least_mean_kinship

TIE: Final = 1e-10
"""Differences of expected losses below this are rounding, and must not decide an order."""


@dataclass(frozen=True, slots=True)
class BankChoice:
    """A living animal in the order in which to bank; `animal` is its row.

    `lost` is the gene diversity that goes with it if it dies unbanked, `expected` that times its chance of dying, both at the
    moment of the choice. `gene_diversity` is what is expected to be kept once it and those before it are banked; those not
    `chosen` come behind, as they stand after the last choice.
    """

    animal: int
    chance: float
    lost: float
    expected: float
    gene_diversity: float
    chosen: bool


def bank_next(
    kinship: Matrix,
    living: NDArray[np.bool_],
    donors: NDArray[np.bool_],
    chance: Floats,
    *,
    candidates: NDArray[np.bool_] | None = None,
    wanted: int = 10,
    alone: Sequence[BankChoice] | None = None,
) -> tuple[BankChoice, ...]:
    """Return the living in the order in which to bank their genes, each choice counting those before it as banked.

    Everybody living counts with the chance to be alive at the end of the span; whose genes are banked may count up to one all the
    same. Chosen next is who has the highest expected loss: the chance of dying times the gene diversity kept with the animal's
    samples less that kept without, were it dead. Ties go to the lower mean kinship, then to the earlier row.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.
    donors : shape (n_animals,)                 True for animals with samples in the bank, dead or alive.
    chance : shape (n_animals,)                 Chance of each of the living to die within the span, in [0, 1]; others are not read.
    candidates : shape (n_animals,)             Who can be banked; all the living if not given. Those living count.
    wanted :                                    How many to choose one after the other, from 0.
    alone :                                     What none wanted gave of the same, where it is there: the first choice is of these.

    Returns
    -------
    Every candidate: those chosen, then the others by their expected loss.

    Raises
    ------
    MaskError
        `living`, `donors` or `candidates` is not True or False for each animal.
    ValueError
        A chance of the living is none, fewer than 0 are wanted, or `alone` is not of the candidates.

    Notes
    -----
    Twice `gene_diversity_with_bank` for each candidate and choice. Of a donor nothing is lost, so its number is 0.

    References
    ----------
    As for `gene_diversity_with_bank`; the order, greedy as in G. L. Nemhauser, L. A. Wolsey and M. L. Fisher (1978),
    Mathematical Programming 14, is ours.

    Examples
    --------
    1 and 2 are unrelated and 3 is a founder apart; only 3 may die, and of the four genes it alone has its own.

    >>> founders, everyone = np.eye(3) / 2, np.full(3, True)
    >>> first = bank_next(founders, everyone, np.full(3, False), np.array([0.0, 0.0, 0.5]), wanted=1)[0]
    >>> first.animal, round(first.lost, 6), round(first.expected, 6)
    (2, 0.083333, 0.041667)
    """
    size = len(kinship)
    for name, mask in (("living", living), ("donors", donors), ("candidates", candidates)):
        if mask is not None:
            check_mask(name, mask, size)
    if len(chance) != size or not ((chance[living] >= 0) & (chance[living] <= 1)).all():
        raise ValueError("A chance of dying is missing or outside [0, 1]. Give one for each of the living.")
    if wanted < 0:
        raise ValueError(f"{wanted} animals are wanted. Give a number from 0 up.")
    choosing = _Choosing(kinship, living, donors, chance)
    left = np.flatnonzero(living if candidates is None else living & candidates).tolist()
    if alone is not None and sorted(each.animal for each in alone) != left:
        raise ValueError(
            "What was ranked alone is of other animals than the candidates. Give none, or theirs."
        )
    ranked = choosing.ranked(left) if alone is None else alone
    found: list[BankChoice] = []
    while ranked and len(found) < wanted:
        best = ranked[0]
        left.remove(best.animal)
        choosing.bank(best.animal)
        found.append(replace(best, gene_diversity=choosing.kept, chosen=True))
        ranked = choosing.ranked(left)
    return (*found, *ranked)


class _Choosing:
    """What is expected to be kept, and what would be lost with each animal, as more are banked.

    `free` are the rows whose genes are banked, `counts` how much everybody else is expected to count.
    """

    def __init__(
        self, kinship: Matrix, living: NDArray[np.bool_], donors: NDArray[np.bool_], chance: Floats
    ) -> None:
        self.kinship, self.donors = kinship, donors.copy()
        self.chance = np.where(living, chance, 0.0)
        self.least = np.where(living, 1 - self.chance, 0.0)
        self.mean_kinships = kinship[:, living].mean(axis=1) if living.any() else np.zeros(len(kinship))
        self._look()

    def bank(self, row: int) -> None:
        """Count an animal as banked."""
        self.donors[row] = True
        self._look()

    def _look(self) -> None:
        most = np.where(self.donors, 1.0, self.least)
        # A donor that is sure to live is free between one and one.
        self.problem, self.free = Counting.of(self.kinship, self.least, most)
        fixed = np.where(self.donors & (most > self.least), 0.0, self.least)
        self.counts, self.sums = fixed, self.kinship @ fixed
        found = least_mean_kinship(self.problem)
        self.best, self.kept = found.counts, found.gene_diversity

    def ranked(self, rows: list[int]) -> list[BankChoice]:
        """Return the animals in their order, as things stand."""
        found = [self._choice(row) for row in rows]
        found.sort(key=lambda each: -each.expected)
        steps, step = {}, 0
        for before, each in pairwise(found):
            step += before.expected - each.expected > TIE
            steps[each.animal] = step
        return sorted(
            found,
            key=lambda each: (steps.get(each.animal, 0), self.mean_kinships[each.animal], each.animal),
        )

    def _choice(self, row: int) -> BankChoice:
        chance = float(self.chance[row])
        lost = 0.0 if self.donors[row] else self._lost(row)
        return BankChoice(row, chance, lost, chance * lost, self.kept, chosen=False)

    def _lost(self, row: int) -> float:
        """Return the gene diversity kept with an animal's samples, less that kept without, were it dead."""
        free, problem, count = self.free, self.problem, float(self.counts[row])
        own, itself = self.kinship[free, row], float(self.kinship[row, row])
        within = problem.within_fixed - 2 * count * float(self.sums[row]) + count**2 * itself
        others = max(0.0, problem.fixed - count) if self._others(row) else 0.0
        gone = replace(problem, to_fixed=problem.to_fixed - count * own, within_fixed=within, fixed=others)
        found = least_mean_kinship(gone, start=self.best)
        to = float(self.sums[row]) - count * itself
        size = others + float(found.counts.sum())
        if size and (to + float(own @ found.counts)) / size >= found.mean_kinship:
            return 0.0
        stored = Counting(
            among=np.block([[gone.among, own[:, None]], [own[None, :], np.array([[itself]])]]),
            low=np.append(gone.low, 0.0),
            high=np.append(gone.high, 1.0),
            to_fixed=np.append(gone.to_fixed, to),
            within_fixed=within,
            fixed=others,
        )
        kept = least_mean_kinship(stored, start=np.append(found.counts, 1.0))
        return max(0.0, kept.gene_diversity - found.gene_diversity)

    def _others(self, row: int) -> bool:
        return bool((np.delete(self.counts, row) > 0).any())
