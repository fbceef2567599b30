"""What an offspring of each pair would do to the population."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._masks import check_mask
from pedigree._tabular import Matrix
from pedigree.kinship import mean_kinship, population_mean_kinship
from pedigree.structure import FEMALE, MALE, Pedigree

TIE: Final = 1e-12
"""Differences below this are rounding, not genetics, and must not decide an order."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A male and a female, and what one offspring of theirs would be and do."""

    sire: str
    dam: str
    f_offspring: float
    mk_sire: float
    mk_dam: float
    mk_difference: float
    delta_gd: float
    unknown_ancestry: float


@dataclass(frozen=True, slots=True, eq=False)
class PairTable:
    """Many pairs, as columns; `sire` and `dam` are rows of the pedigree."""

    ids: tuple[str, ...]
    sire: NDArray[np.intp]
    dam: NDArray[np.intp]
    f_offspring: NDArray[np.float64]
    mk_sire: NDArray[np.float64]
    mk_dam: NDArray[np.float64]
    mk_difference: NDArray[np.float64]
    delta_gd: NDArray[np.float64]
    unknown_ancestry: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.sire)

    def pair(self, place: int) -> Pair:
        """Return the pair at one place of the table."""
        numbers = (float(column[place]) for column in self._numbers())
        return Pair(self.ids[self.sire[place]], self.ids[self.dam[place]], *numbers)

    def taken(self, order: NDArray[np.intp]) -> PairTable:
        """Return the pairs at the places given, in that order."""
        numbers = (column.take(order) for column in self._numbers())
        return PairTable(self.ids, self.sire.take(order), self.dam.take(order), *numbers)

    def _numbers(self) -> tuple[NDArray[np.float64], ...]:
        return (
            self.f_offspring,
            self.mk_sire,
            self.mk_dam,
            self.mk_difference,
            self.delta_gd,
            self.unknown_ancestry,
        )


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """The population before and after a litter that does not exist yet."""

    mean_kinship_before: float
    mean_kinship_after: float
    offspring_mean_kinship: float
    mean_kinships_after: NDArray[np.float64]

    @property
    def delta_gd(self) -> float:
        """The change in gene diversity."""
        return self.mean_kinship_before - self.mean_kinship_after


def rank_pairs(
    pedigree: Pedigree,
    kinship: Matrix,
    living: NDArray[np.bool_],
    known: NDArray[np.float64],
    *,
    sires: NDArray[np.bool_] | None = None,
    dams: NDArray[np.bool_] | None = None,
) -> PairTable:
    """Return every pair of a male and a female, the most useful to gene diversity first.

    Ordered by the change in gene diversity one offspring would bring, then by its F, then by the ids
    of sire and dam as text; differences below 1e-12 count as ties.

    Parameters
    ----------
    pedigree :                                  The pedigree.
    kinship : shape (n_animals, n_animals)      Its kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.
    known : shape (n_animals,)                  Known fraction, from `lineage.known_fraction`.
    sires, dams : shape (n_animals,)            Who may be sire, who dam; living males and females if not given.

    Returns
    -------
    One entry for each pair.

    Raises
    ------
    MaskError
        `living`, `sires` or `dams` is not True or False for each animal.

    Notes
    -----
    Time and memory n_sires x n_dams, plus a sort; no kinship is computed anew.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995), as for `kinship.mean_kinship`.

    Examples
    --------
    >>> from pedigree.structure import FEMALE, MALE, Pedigree, Record
    >>> founders = [Record("1", sex=MALE), Record("2", sex=FEMALE), Record("4", sex=FEMALE)]
    >>> pedigree = Pedigree.from_records([*founders, Record("3", "1", "2", FEMALE)])
    >>> from pedigree.kinship import kinship_matrix
    >>> table = rank_pairs(pedigree, kinship_matrix(pedigree), np.full(4, True), np.ones(4))
    >>> [(table.pair(place).dam, round(table.pair(place).delta_gd, 4)) for place in range(3)]
    [('4', -0.0025), ('2', -0.0125), ('3', -0.0275)]
    """
    for name, mask in (("living", living), ("sires", sires), ("dams", dams)):
        if mask is not None:
            check_mask(name, mask, len(pedigree))
    males = living & (pedigree.sex == MALE) if sires is None else sires
    females = living & (pedigree.sex == FEMALE) if dams is None else dams
    table = _measured(pedigree, kinship, living, known, _by_id(pedigree, males), _by_id(pedigree, females))
    return table.taken(_order(table))


def _by_id(pedigree: Pedigree, side: NDArray[np.bool_]) -> NDArray[np.intp]:
    return np.array(sorted(np.flatnonzero(side).tolist(), key=pedigree.ids.__getitem__), dtype=np.intp)


def _measured(
    pedigree: Pedigree,
    kinship: Matrix,
    living: NDArray[np.bool_],
    known: NDArray[np.float64],
    sires: NDArray[np.intp],
    dams: NDArray[np.intp],
) -> PairTable:
    size = int(living.sum())
    mk = _means_of(kinship, living, sires, dams)
    mk_sire, mk_dam, before = mk[sires], mk[dams], mk[living].mean() if size else np.nan
    f_offspring = kinship[np.ix_(sires, dams)]
    grown = size * (mk_sire[:, None] + mk_dam) + (1 + f_offspring) / 2
    after = (size * size * before + grown) / (size + 1) ** 2
    unknown = 1 - (known[sires][:, None] + known[dams]) / 2
    difference = np.abs(mk_sire[:, None] - mk_dam)
    sire, dam = (side.ravel() for side in np.meshgrid(sires, dams, indexing="ij"))
    means = (side.ravel() for side in np.meshgrid(mk_sire, mk_dam, indexing="ij"))
    columns = (column.ravel() for column in (difference, before - after, unknown))
    return PairTable(pedigree.ids, sire, dam, f_offspring.ravel(), *means, *columns)


def _means_of(kinship: Matrix, living: NDArray[np.bool_], *others: NDArray[np.intp]) -> NDArray[np.float64]:
    # One pass over what is needed, which is little of the matrix: the living and the candidates.
    needed, means = living.copy(), np.full(len(kinship), np.nan)
    needed[np.concatenate(others)] = True
    if living.any():
        means[needed] = kinship[np.ix_(needed, living)].mean(axis=1)
    return means


def _order(table: PairTable) -> NDArray[np.intp]:
    order = np.argsort(-table.delta_gd)
    gain = np.cumsum(_climbs(-table.delta_gd[order]), dtype=np.intp)
    alike = gain[1:] == gain[:-1]
    tied = np.flatnonzero(np.append(alike, False) | np.append(False, alike))
    places = order[tied]
    order[tied] = places[_ranked(gain[tied], _steps(table.f_offspring[places]), places)]
    return order


def _ranked(gain: NDArray[np.intp], inbred: NDArray[np.intp], places: NDArray[np.intp]) -> NDArray[np.intp]:
    # The pairs stand in the order of their ids, so a place is the last key.
    return np.lexsort((places, inbred, gain))


def _steps(values: NDArray[np.float64]) -> NDArray[np.intp]:
    order = np.argsort(values)
    steps = np.empty(len(values), dtype=np.intp)
    steps[order] = np.cumsum(_climbs(values[order]))
    return steps


def _climbs(ascending: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(np.diff(ascending, prepend=ascending[:1]) > TIE)


def what_if_offspring(
    kinship: Matrix, living: NDArray[np.bool_], sire: int, dam: int, *, litter: int = 1
) -> WhatIf:
    """Return the mean kinships the population would have after a litter of one pair.

    The parents stay as they are; litter mates are full sibs; nobody dies.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.
    sire, dam :                                 Rows of the parents, living or not.
    litter :                                    Number of young, at least 1.

    Returns
    -------
    Mean kinship before and after, the young's own, and every animal's afterwards (NaN: nobody living).

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.
    ValueError
        The litter has no young, or a parent no row.

    Notes
    -----
    Time n_animals x n_living; no kinship is computed anew.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995), as for `kinship.mean_kinship`.

    Examples
    --------
    >>> founders = np.array([[0.5, 0.0], [0.0, 0.5]])
    >>> what_if = what_if_offspring(founders, np.array([True, True]), 0, 1)
    >>> what_if.mean_kinships_after.tolist(), round(what_if.mean_kinship_after, 4)
    ([0.25, 0.25], 0.2778)
    """
    check_mask("living", living, len(kinship))
    if litter < 1:
        raise ValueError(f"A litter of {litter} has no young. Give a number of at least 1.")
    for parent in (sire, dam):
        if not 0 <= parent < len(kinship):
            raise ValueError(f"There is no animal in row {parent}. Give a row from 0 to {len(kinship) - 1}.")
    mk, size = mean_kinship(kinship, living), int(living.sum())
    itself = (1 + kinship[sire, dam]) / 2
    sib = (kinship[sire, sire] + kinship[dam, dam] + 2 * kinship[sire, dam]) / 4
    young = size * (mk[sire] + mk[dam]) / 2 + itself + (litter - 1) * sib
    before, total = population_mean_kinship(kinship, living), size + litter
    afterwards = (size * mk + litter * (kinship[sire] + kinship[dam]) / 2) / total
    grown = litter * (size * (mk[sire] + mk[dam]) + itself + (litter - 1) * sib)
    return WhatIf(before, float((size * size * before + grown) / total**2), float(young / total), afterwards)
