"""The dynamic mean-kinship list: whom to breed next, once those chosen before have had their young."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_diversity
from pedigree.mating import TIE
from pedigree.structure import FEMALE, MALE
from pedigree.whatif import Population


@dataclass(frozen=True, slots=True)
class Choice:
    """A pair chosen, and the population once its one young is born; the MKs are those at the moment of choice."""

    sire: str
    dam: str
    f_offspring: float
    mk_sire: float
    mk_dam: float
    delta_gd: float
    gene_diversity: float


def dynamic_mean_kinship_list(
    population: Population,
    *,
    wanted: int,
    sires: Iterable[str] | None = None,
    dams: Iterable[str] | None = None,
    per_sire: int | None = None,
    per_dam: int | None = None,
    inbreeding_limit: float | None = None,
) -> tuple[Choice, ...]:
    """Return the pairs to breed one after the other, mean kinships computed anew after each pair's young.

    Each choice is the pair whose one young raises gene diversity most, then the lowest F, then the ids of
    sire and dam as text; differences below 1e-12 count as ties. The young count among the living and are
    not bred themselves.

    Parameters
    ----------
    population :                The population as it is, or as a basket left it.
    wanted :                    How many pairs to choose.
    sires, dams :               Ids of who may be sire, who dam; living males and females if not given.
    per_sire, per_dam :         How often one animal may be chosen, as often as it likes if not given.
    inbreeding_limit :          Pairs whose young would reach this F are not chosen.

    Returns
    -------
    The choices in their order; fewer than wanted when no pair is left.

    Raises
    ------
    UnknownAnimalError
        A sire or dam named is not on record.

    Notes
    -----
    Time wanted x n_sires x n_dams; no kinship is computed anew.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995), as for `kinship.mean_kinship`.

    Examples
    --------
    >>> from pedigree.kinship import kinship_matrix
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record(each, sex=MALE if each in "AB" else FEMALE) for each in "ABCD"])
    >>> population = Population.of(pedigree, kinship_matrix(pedigree), np.ones(4, dtype=bool))
    >>> [(each.sire, each.dam) for each in dynamic_mean_kinship_list(population, wanted=3)]
    [('A', 'C'), ('B', 'D'), ('A', 'C')]
    """
    found: list[Choice] = []
    choosing = _Choosing(population, _by_id(population, sires, MALE), _by_id(population, dams, FEMALE))
    choosing.keep_below(inbreeding_limit)
    choosing.keep_within(per_sire, per_dam)
    while len(found) < wanted and choosing.free.any():
        pair = choosing.best()
        found.append(choosing.chosen(pair))
        choosing.breed(pair)
        choosing.keep_within(per_sire, per_dam)
    return tuple(found)


def next_pairs(
    population: Population,
    *,
    most: int,
    sires: Iterable[str] | None = None,
    dams: Iterable[str] | None = None,
    inbreeding_limit: float | None = None,
) -> tuple[Choice, ...]:
    """Return the pairs to choose from next, each as if it alone were bred now.

    The order is that of the dynamic list's first choice: the highest gene diversity after one young, then the
    lowest F, then the ids of sire and dam as text; differences below 1e-12 count as ties.

    Parameters
    ----------
    population :                The population as it is, or as a basket left it.
    most :                      How many pairs to return at most.
    sires, dams :               Ids of who may be sire, who dam; living males and females if not given.
    inbreeding_limit :          Pairs whose young would reach this F are left out.

    Returns
    -------
    The pairs, the best one first; the first of them is the dynamic list's first choice.

    Raises
    ------
    UnknownAnimalError
        A sire or dam named is not on record.

    Notes
    -----
    Time most x n_sires x n_dams; no kinship is computed anew.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995), as for `kinship.mean_kinship`.

    Examples
    --------
    >>> from pedigree.kinship import kinship_matrix
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record(each, sex=MALE if each in "AB" else FEMALE) for each in "ABCD"])
    >>> population = Population.of(pedigree, kinship_matrix(pedigree), np.ones(4, dtype=bool))
    >>> [(each.sire, each.dam) for each in next_pairs(population.with_offspring("A", "C"), most=2)]
    [('B', 'D'), ('A', 'D')]
    """
    found: list[Choice] = []
    choosing = _Choosing(population, _by_id(population, sires, MALE), _by_id(population, dams, FEMALE))
    choosing.keep_below(inbreeding_limit)
    while len(found) < most and choosing.free.any():
        pair = choosing.best()
        found.append(choosing.chosen(pair))
        choosing.leave_out(pair)
    return tuple(found)


def _by_id(population: Population, named: Iterable[str] | None, sex: int) -> NDArray[np.intp]:
    ids = population.ids
    members = (ids[row] for row in np.flatnonzero(population.living & (population.sex == sex)))
    chosen = sorted(set(members if named is None else named))
    return np.array([population.row(animal) for animal in chosen], dtype=np.intp)


class _Choosing:
    """One choice after the other: all it needs of the population is the candidates' kinships and their sums."""

    def __init__(self, population: Population, sires: NDArray[np.intp], dams: NDArray[np.intp]) -> None:
        rows = np.concatenate([sires, dams])
        ids = population.ids
        self.ids = [ids[row] for row in rows]
        self.kinship = population.kinship_among(rows)
        self.sums = population.kinship_sums[rows]
        self.total, self.size = (
            float(population.kinship_sums[population.living].sum()),
            int(population.living.sum()),
        )
        self.sires = len(sires)
        self.f_offspring = self.kinship[: self.sires, self.sires :]
        self.free = np.asarray(sires[:, None] != dams)
        self.uses = np.zeros(len(rows), dtype=np.intp)

    def keep_below(self, limit: float | None) -> None:
        """Leave out every pair whose young would reach the limit of inbreeding."""
        if limit is not None:
            self.free &= self.f_offspring < limit

    def keep_within(self, per_sire: int | None, per_dam: int | None) -> None:
        """Leave out everyone who was chosen as often as allowed."""
        if per_sire is not None:
            self.free[self.uses[: self.sires] >= per_sire] = False
        if per_dam is not None:
            self.free[:, self.uses[self.sires :] >= per_dam] = False

    def leave_out(self, pair: tuple[int, int]) -> None:
        """Leave one pair out."""
        self.free[pair[0], pair[1] - self.sires] = False

    def best(self) -> tuple[int, int]:
        """Return the place of the free pair to choose; candidates stand in the order of their ids."""
        grown = self.sums[: self.sires, None] + self.sums[self.sires :] + (1 + self.f_offspring) / 2
        after = np.where(self.free, grown / (self.size + 1) ** 2, np.inf)
        ties = after <= after.min() + TIE
        inbred = np.where(ties, self.f_offspring, np.inf)
        first = int(np.argmax(inbred <= inbred.min() + TIE))
        return first // self.f_offspring.shape[1], self.sires + first % self.f_offspring.shape[1]

    def chosen(self, pair: tuple[int, int]) -> Choice:
        """Return the choice of a pair, with the figures of this moment."""
        sire, dam = pair
        f_offspring, size = float(self.kinship[pair]), self.size
        now = self.total / size**2 if size else float("nan")
        mk_sire, mk_dam = (float(self.sums[place]) / size if size else float("nan") for place in pair)
        after = (self.total + self.sums[sire] + self.sums[dam] + (1 + f_offspring) / 2) / (size + 1) ** 2
        check_diversity(float(after), size + 1)
        figures = f_offspring, mk_sire, mk_dam, now - float(after), 1 - float(after)
        return Choice(self.ids[sire], self.ids[dam], *figures)

    def breed(self, pair: tuple[int, int]) -> None:
        """Let the pair have one young, which counts among the living."""
        sire, dam = pair
        self.total += float(self.sums[sire] + self.sums[dam] + (1 + self.kinship[pair]) / 2)
        self.sums = self.sums + (self.kinship[sire] + self.kinship[dam]) / 2
        self.size += 1
        self.uses[[sire, dam]] += 1
