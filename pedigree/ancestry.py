"""Which ancestors, founders or not, explain the genes of the living (effective ancestors)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_contributions, within
from pedigree._masks import check_mask
from pedigree._origins import SELF, origins
from pedigree._passes import Links, added, by_generation, links
from pedigree.structure import Pedigree

Floats = NDArray[np.float64]

TIE: Final = 1e-12
"""Contributions closer than this are equal."""


@dataclass(frozen=True, slots=True, eq=False)
class EffectiveAncestors:
    """The effective number of ancestors (fa), and the ancestors in the order of their marginal contributions.

    An ancestor is an animal (`role` "self"), or the missing parent (`role` "sire" or "dam") of an animal.
    """

    number: float
    rows: NDArray[np.int32]
    role: tuple[str, ...]
    contribution: NDArray[np.float64]

    def labels(self, pedigree: Pedigree) -> tuple[str, ...]:
        """Return each ancestor's id, or "sire of ..." for an ancestor without a row."""
        ids = (pedigree.ids[row] for row in self.rows)
        return tuple(
            animal if role == SELF else f"{role} of {animal}"
            for animal, role in zip(ids, self.role, strict=True)
        )


def effective_ancestors(pedigree: Pedigree, living: NDArray[np.bool_]) -> EffectiveAncestors:
    """Return how many equally contributing ancestors would explain the genes of the living (fa).

    Ancestors are taken one by one, each time the one that explains most of what the others do not; of ancestors within
    1e-12 the one of the latest generation, then of the lowest id. Who has no descendant among the living and is no
    founder is nobody's ancestor.

    Parameters
    ----------
    pedigree :                          The pedigree.
    living : shape (n_animals,)         True for members of the population measured.

    Returns
    -------
    fa and the marginal contributions, which add up to 1; NaN and none when nobody is living.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    Two passes over the living and their ancestors for each ancestor taken. Identical twins are one ancestor.

    References
    ----------
    D. Boichard, L. Maignel and E. Verrier (1997). The value of using probabilities of gene origin to
    measure genetic variability in a population. Genetics Selection Evolution 29, 5-23.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4"), Record("5", "3", "4")]
    >>> pedigree = Pedigree.from_records(records)
    >>> found = effective_ancestors(pedigree, pedigree.mask(["5"]))
    >>> found.number, found.labels(pedigree), found.contribution.tolist()
    (2.0, ('3', '4'), [0.5, 0.5])
    """
    check_mask("living", living, len(pedigree))
    kept = np.flatnonzero(pedigree.with_ancestors(living))
    pruned = pedigree.pruned_to_ancestors(living)
    search = _Search(pruned, living[kept])
    found = list(iter(search.take, None))
    contribution = np.array([share for _, _, share in found])
    number = float("nan")
    if found:
        check_contributions(contribution)
        number = float(1 / (contribution**2).sum())
        within("number of effective ancestors", number, 1, len(found))
    rows = kept[[row for row, _, _ in found]].astype(np.int32)
    return EffectiveAncestors(number, rows, tuple(role for _, role, _ in found), contribution)


class _Search:
    """What each ancestor explains beyond those taken already; identical twins are their first row."""

    def __init__(self, pedigree: Pedigree, living: NDArray[np.bool_]) -> None:
        self.pedigree, self.size, heads = pedigree, len(pedigree), pedigree.genome.astype(np.intp)
        every = links(pedigree)
        own = every.among(heads[every.offspring] == every.offspring)
        steps = Links(own.offspring, heads[own.parent], own.chance)
        self.generations = list(by_generation(pedigree, steps))
        self.start = np.bincount(heads[living], minlength=self.size) / max(int(living.sum()), 1)
        self.taken = np.zeros(self.size, dtype=np.bool_)
        self.sources = origins(pedigree, unknown_as_founders=True)
        recorded = np.array([role == SELF for role in self.sources.role], dtype=np.bool_)
        # A litter with one missing parent has no parent in the pedigree, and yet its founders are elsewhere.
        self.eligible = np.isin(np.arange(self.size), [*steps.parent, *self.sources.rows[recorded]])
        outside = (self.sources.founder >= 0) & (heads == np.arange(self.size))[:, None]
        self.outside = outside & ~recorded[self.sources.founder]
        self.taken_outside = np.zeros(len(recorded), dtype=np.bool_)

    def take(self) -> tuple[int, str, float] | None:
        """Return the next ancestor's row, role and marginal contribution; None when nothing is left to explain."""
        reach = self._reach()
        own = np.where(self.eligible & ~self.taken, reach * (1 - self._explained()), 0)
        outside = self._outside(reach)
        most = max(own.max(initial=0), outside.max(initial=0))
        if most <= TIE:
            return None
        tied = np.flatnonzero(own >= most - TIE)
        if len(tied):
            row = int(tied[np.argmax(self.pedigree.generation[tied])])
            self.taken[row] = True
            return row, SELF, float(own[row])
        founder = int(np.flatnonzero(outside >= most - TIE)[0])
        self.taken_outside[founder] = True
        return int(self.sources.rows[founder]), self.sources.role[founder], float(outside[founder])

    def _reach(self) -> Floats:
        """Return the share of the living's genes that comes through each animal, past nobody taken."""
        reach = self.start.copy()
        for steps in reversed(self.generations):
            passed = np.where(self.taken, 0, reach)
            np.add.at(reach, steps.parent, passed[steps.offspring] * steps.chance / 2)
        return reach

    def _outside(self, reach: Floats) -> Floats:
        """Return the share of the living's genes that comes from each parent without a row, past nobody taken."""
        given = np.where(self.taken, 0, reach)[:, None] * self.sources.chance / 2
        founder, share = self.sources.founder[self.outside], given[self.outside]
        found = added(len(self.taken_outside), founder, share)
        return np.where(self.taken_outside, 0, found)

    def _explained(self) -> Floats:
        """Return the share of each animal's genes that comes from those taken."""
        given = self.outside & self.taken_outside[self.sources.founder]
        explained: Floats = np.where(given, self.sources.chance, 0).sum(axis=1) / 2
        explained[self.taken] = 1
        for steps in self.generations:
            left = steps.among(~self.taken[steps.offspring])
            np.add.at(explained, left.offspring, explained[left.parent] * left.chance / 2)
        return explained
