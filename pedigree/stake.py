"""Founders' genes that only a pair still carries, and what a litter of theirs would save of them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree._dropping import chance_of, planned, streams
from pedigree._masks import check_mask
from pedigree._origins import origins
from pedigree.errors import UnknownAnimalError
from pedigree.kernels.drop_numpy import segregated
from pedigree.structure import Pedigree

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CarriedGenes:
    """Genes dropped to the living: `alleles` (2, n_living, drops) are numbers of genes, founder f having 2f and 2f + 1.

    `place` finds a living animal's column by its id, `carriers` (n_genes + 1, drops) counts the living that carry a gene;
    the last gene is none of a founder's. `founders` are the founders dropped, of `founder_count` in `founder_table`.
    """

    alleles: NDArray[np.integer]
    carriers: NDArray[np.int64]
    place: dict[str, int]
    founders: NDArray[np.intp]
    founder_count: int

    @property
    def drops(self) -> int:
        """How often the genes were dropped."""
        return int(self.alleles.shape[2])


@dataclass(frozen=True, slots=True, eq=False)
class GenesAtStake:
    """By founder, in the order of `founder_table`: of its two genes how many only the pair carries, and a litter would save.

    Both are expected numbers, from 0 to 2; `only_error` and `saved_error` are standard errors of their totals.
    """

    only: Floats
    saved: Floats
    only_error: float
    saved_error: float


def carried_genes(
    pedigree: Pedigree, living: NDArray[np.bool_], *, drops: int = 2048, seed: int = 0
) -> CarriedGenes:
    """Return which founders' genes each of the living carries, in many draws of every meiosis.

    Parameters
    ----------
    pedigree :                          The pedigree; an unknown parent counts as a founder.
    living : shape (n_animals,)         True for members of the population.
    drops :                             How often the genes are dropped, at least once.
    seed :                              A whole number from 0; the same seed gives the same answer.

    Returns
    -------
    The genes, for `genes_at_stake` of any pair of the living.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.
    RelatedFoundersError
        Kinships of founders are given: they do not tell which genes are copies of one.
    DropNumberError
        The number of drops or the seed cannot be.

    Notes
    -----
    As `gene_drop`; keeps 2 x living x drops numbers of two bytes.

    References
    ----------
    J. W. MacCluer et al. (1986), as for `gene_drop`.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> carried_genes(pedigree, np.array([True, True, True]), drops=4).carriers.sum(axis=0).tolist()
    [6, 6, 6, 6]
    """
    check_mask("living", living, len(pedigree))
    sources = origins(pedigree, unknown_as_founders=True)
    plan = planned(pedigree, pedigree.with_ancestors(living), sources, unknown_as_founders=True)
    rows = np.flatnonzero(living)
    parts = []
    for stream in streams(drops, seed):
        words, picks, number = chance_of(plan, *stream)
        genes = segregated(plan.source, plan.gene, plan.levels, words, picks, len(plan.founders), number)
        parts.append(genes[:, plan.place[rows]])
    alleles = np.concatenate(parts, axis=2)
    return CarriedGenes(
        alleles,
        _carriers(alleles, 2 * len(plan.founders) + 1),
        {pedigree.ids[row]: at for at, row in enumerate(rows)},
        plan.founders,
        len(sources.role),
    )


def genes_at_stake(carried: CarriedGenes, sire: str, dam: str, *, litter: int = 1) -> GenesAtStake:
    """Return the founders' genes that only these two of the living carry, and how many a litter would hand on.

    Without young of theirs the genes go when the two are gone. A young gets a gene that a parent has once with chance
    one half, one that it has twice for sure.

    Parameters
    ----------
    carried :                           What the living carry.
    sire, dam :                         Ids of two of the living; of their genes those are counted that nobody else has.
    litter :                            Young, at least 1.

    Returns
    -------
    Expected numbers of genes by founder, with the standard errors of their totals.

    Raises
    ------
    UnknownAnimalError
        One of the two is not among the living.
    ValueError
        The litter has no young.

    Notes
    -----
    Time grows with the drops. The pair's earlier young are among the living, so what they carry is safe already.

    Examples
    --------
    Two founders alone carry all four genes; one young gets one of each.

    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2")])
    >>> found = genes_at_stake(carried_genes(pedigree, np.array([True, True]), drops=4), "1", "2")
    >>> found.only.tolist(), found.saved.tolist()
    ([2.0, 2.0], [1.0, 1.0])
    """
    if litter < 1:
        raise ValueError(f"A litter of {litter} has no young. Give a number of at least 1.")
    own = np.concatenate([_own(carried, sire), _own(carried, dam)])
    drop = np.arange(carried.drops)
    only, saved = np.zeros((2, len(carried.carriers), carried.drops))
    for at, gene in enumerate(own):
        alike = own == gene
        of_sire, of_dam = alike[:2].sum(axis=0), alike[2:].sum(axis=0)
        here = (of_sire > 0).astype(np.int64) + (of_dam > 0)
        # A gene that both copies are is counted once, at its first place.
        alone = (carried.carriers[gene, drop] == here) & ~alike[:at].any(axis=0)
        alone &= gene < len(carried.carriers) - 1
        missed = ((1 - of_sire / 2) * (1 - of_dam / 2)) ** litter
        only[gene[alone], drop[alone]] = 1
        saved[gene[alone], drop[alone]] = (1 - missed)[alone]
    return GenesAtStake(_by_founder(carried, only), _by_founder(carried, saved), _error(only), _error(saved))


def genomes_carried(carried: CarriedGenes, animals: Iterable[str]) -> tuple[float, float]:
    """Return how many whole founder genomes some of the animals carry together, and its standard error.

    Each different gene of a founder counts one half, whoever of them carries it. More animals of the same draws never carry less.

    Parameters
    ----------
    carried :                           What the animals carry.
    animals :                           Ids of those asked about.

    Returns
    -------
    Founder genomes, from 0, and the standard error; NaN for that of a single drop.

    Raises
    ------
    UnknownAnimalError
        One of them is not among the animals to which genes were dropped.

    Notes
    -----
    Time with the animals and the drops. Of all the living it is what `gene_drop` estimates as founder genomes surviving.

    References
    ----------
    R. C. Lacy (1989), as for `exact_gene_drop`.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> carried = carried_genes(pedigree, np.array([True, True, True]), drops=4)
    >>> genomes_carried(carried, ["3"]), genomes_carried(carried, ["1", "3"])
    ((1.0, 0.0), (1.5, 0.0))
    """
    there, drop = np.zeros((len(carried.carriers), carried.drops), dtype=np.bool_), np.arange(carried.drops)
    for animal in animals:
        for gene in _own(carried, animal):
            there[gene, drop] = True
    genes = there / 2
    return float(genes[:-1].sum(axis=0).mean()), _error(genes)


def _own(carried: CarriedGenes, animal: str) -> NDArray[np.integer]:
    if animal not in carried.place:
        raise UnknownAnimalError(animal)
    return carried.alleles[:, carried.place[animal]].astype(np.intp)


def _carriers(alleles: NDArray[np.integer], genes: int) -> NDArray[np.int64]:
    drops = alleles.shape[2]
    index = alleles.astype(np.intp) * drops + np.arange(drops)
    # An animal with two copies of one gene is one carrier.
    second = index[1][index[0] != index[1]]
    counts = np.bincount(index[0].ravel(), minlength=genes * drops) + np.bincount(
        second, minlength=genes * drops
    )
    return counts.reshape(genes, drops).astype(np.int64)


def _by_founder(carried: CarriedGenes, genes: Floats) -> Floats:
    found = np.zeros(carried.founder_count)
    found[carried.founders] = genes[:-1].mean(axis=1).reshape(-1, 2).sum(axis=1)
    return found


def _error(genes: Floats) -> float:
    totals = genes[:-1].sum(axis=0)
    return float(totals.std(ddof=1) / math.sqrt(len(totals))) if len(totals) > 1 else math.nan
