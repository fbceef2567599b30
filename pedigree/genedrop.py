"""Genes dropped from the founders down the pedigree, to see which survive and who alone carries them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_gene_drop
from pedigree._dropping import (
    Chance,
    Plan,
    at_once,
    chance_of,
    estimated,
    in_blocks,
    kernel,
    outcomes,
    planned,
    streams,
)
from pedigree._masks import check_mask
from pedigree._origins import origins
from pedigree.errors import TooManyMeiosesError
from pedigree.lineage import founding, known_fraction
from pedigree.structure import Pedigree

MOST_MEIOSES: Final = 20
"""Outcomes are listed up to 2 to this power."""
COPIES: Final = (0, 0.5, 1)
NEITHER: Final = (1, 0, 0)
"""What a drop is worth in which 0, 1 or 2 of two genes do what is counted."""

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class GeneDrop:
    """What became of the founders' genes, with standard errors; `seed` is None where it is exact.

    `retention`, `lost` and their errors are in the order of `founder_table`; the uniquenesses have one
    entry for each animal, NaN for those that are not living.
    """

    retention: Values
    retention_error: Values
    lost: Values
    lost_error: Values
    uniqueness: Values
    uniqueness_error: Values
    uniqueness_descendants: Values
    uniqueness_descendants_error: Values
    surviving_error: float
    drops: int
    seed: int | None


def gene_drop(
    pedigree: Pedigree,
    living: NDArray[np.bool_],
    *,
    drops: int = 10_000,
    seed: int = 0,
    unknown_as_founders: bool = True,
) -> GeneDrop:
    """Return what a simulation of inheritance tells of founders' genes and of the animals that carry them.

    Every founder has two genes like no other; a parent without a row gives one of its two. Each drop
    draws anew the outcome of every meiosis and the parent where several are possible.

    Parameters
    ----------
    pedigree :                          The pedigree.
    living : shape (n_animals,)         True for members of the population measured.
    drops :                             How often the genes are dropped, at least once.
    seed :                              A whole number from 0; the same seed gives the same answer.
    unknown_as_founders :               False for genes of wild founders only.

    Returns
    -------
    Retention (mean share of a founder's two genes that survive), probability lost (that neither does), and
    uniqueness (that a gene of the animal is in no other living animal, or in no other that is not a founder
    itself; among known genes only where unknown parents are no founders), each with its standard error.

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
    Time grows with drops x (ancestors of the living), memory with the ancestors.

    References
    ----------
    J. W. MacCluer, J. L. VandeBerg, B. Read and O. A. Ryder (1986). Pedigree analysis by computer
    simulation. Zoo Biology 5, 147-160.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> found = gene_drop(pedigree, np.array([False, False, True]), drops=100)
    >>> found.retention.tolist(), found.lost.tolist(), found.uniqueness.tolist()
    ([0.5, 0.5], [0.0, 0.0], [nan, nan, 1.0])
    """
    stage = _staged(pedigree, living, unknown_as_founders=unknown_as_founders)
    chunks = streams(drops, seed)
    module = kernel(stage.plan, drops)

    def count(chunk: tuple[np.random.SeedSequence, int]) -> list[NDArray[Any]]:
        return _counted(stage, chance_of(stage.plan, *chunk), module)

    return _told(stage, _added(at_once(module, count, chunks)), drops, seed)


def exact_gene_drop(
    pedigree: Pedigree, living: NDArray[np.bool_], *, unknown_as_founders: bool = True
) -> GeneDrop:
    """Return what `gene_drop` estimates, exactly: every outcome of every meiosis is counted once.

    For small pedigrees, such as worked examples: two to the power of the meioses must not pass 2^20.

    Parameters
    ----------
    pedigree :                          The pedigree.
    living : shape (n_animals,)         True for members of the population measured.
    unknown_as_founders :               False for genes of wild founders only.

    Returns
    -------
    As `gene_drop`, with errors of 0, no seed, and as drops the number of outcomes listed.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.
    TooManyMeiosesError
        There are more outcomes than can be listed.
    RelatedFoundersError
        Kinships of founders are given: they do not tell which genes are copies of one.

    Notes
    -----
    Time doubles with every meiosis on the way to the living.

    References
    ----------
    R. C. Lacy (1989). Analysis of founder representation in pedigrees: founder equivalents and founder
    genome equivalents. Zoo Biology 8, 111-123.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "2")])
    >>> found = exact_gene_drop(pedigree, np.array([False, False, True, True]))
    >>> found.retention.tolist(), found.uniqueness.tolist()
    ([0.75, 0.75], [nan, nan, 0.5, 0.5])
    """
    stage = _staged(pedigree, living, unknown_as_founders=unknown_as_founders)
    listed = len(stage.plan.meioses) + math.log2(math.prod(len(parents) for parents, _ in stage.plan.draws))
    if listed > MOST_MEIOSES:
        raise TooManyMeiosesError(math.ceil(listed), MOST_MEIOSES)
    module, number, parts = kernel(stage.plan, 2 ** math.ceil(listed)), 0, []
    for probability, chance in outcomes(stage.plan):
        number += chance[-1]
        parts.append([probability / chance[-1] * part for part in _counted(stage, chance, module)])
    return _told(stage, _added(parts), number, None)


@dataclass(frozen=True, slots=True, eq=False)
class _Stage:
    """Where the genes are dropped: the living come first that are not founders, from `later` on founders."""

    plan: Plan
    founders: int
    rows: NDArray[np.intp]
    later: int
    known: Values


def _staged(pedigree: Pedigree, living: NDArray[np.bool_], *, unknown_as_founders: bool) -> _Stage:
    check_mask("living", living, len(pedigree))
    sources = origins(pedigree, unknown_as_founders=unknown_as_founders)
    needed = pedigree.with_ancestors(living)
    plan = planned(pedigree, needed, sources, unknown_as_founders=unknown_as_founders)
    founder = founding(pedigree)
    rows = np.concatenate([np.flatnonzero(living & ~founder), np.flatnonzero(living & founder)])
    known = np.ones(len(pedigree)) if unknown_as_founders else known_fraction(pedigree)
    return _Stage(plan, len(sources.role), rows, int((living & ~founder).sum()), known)


def _counted(stage: _Stage, chance: Chance, kernels: Any) -> list[NDArray[Any]]:
    plan, heads = stage.plan, stage.plan.place[stage.rows]
    sizes = (stage.later, len(plan.founders))
    return _added(
        kernels.survivals(plan.source, plan.gene, plan.levels, words, picks, heads, *sizes, number)
        for words, picks, number in in_blocks(chance, 6 * len(plan.source) + 40 * len(heads))
    )


def _added(parts: Iterable[Sequence[NDArray[Any]]]) -> list[NDArray[Any]]:
    total: list[NDArray[Any]] = []
    for part in parts:
        total = [one + other for one, other in zip(total, part, strict=True)] if total else list(part)
    return total


def _told(stage: _Stage, counts: list[NDArray[Any]], drops: int, seed: int | None) -> GeneDrop:
    survived, descendants, everyone, surviving = counts
    founders = np.zeros((stage.founders, 3))
    founders[:, 0] = surviving.sum()
    founders[stage.plan.founders] = survived
    genomes, exact = np.arange(len(surviving)) / 2, seed is None
    found = GeneDrop(
        *estimated(founders, COPIES, exact=exact),
        *estimated(founders, NEITHER, exact=exact),
        *_uniqueness(stage, everyone, exact=exact),
        *_uniqueness(stage, descendants, exact=exact),
        surviving_error=float(estimated(surviving[None], genomes, exact=exact)[1][0]),
        drops=drops,
        seed=seed,
    )
    unique = found.uniqueness * stage.known, found.uniqueness_descendants * stage.known
    check_gene_drop(found.retention, found.lost, *unique)
    return found


def _uniqueness(stage: _Stage, counts: NDArray[Any], *, exact: bool) -> tuple[Values, Values]:
    # Of an animal's genes only the known part can be looked at; where nothing is known there is no answer.
    known = stage.known[stage.rows]
    mean, error = estimated(counts, COPIES, exact=exact)
    found = []
    # Chance may hand down more known genes than are expected, but a share is at most 1.
    for values in (np.minimum(mean, known), error):
        everyone = np.full(len(stage.known), np.nan)
        everyone[stage.rows] = np.divide(values, known, out=np.full(len(known), np.nan), where=known > 0)
        found.append(everyone)
    return found[0], found[1]
