"""Ancestral inbreeding by gene drop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_shares
from pedigree._dropping import at_once, chance_of, estimated, in_blocks, kernel, planned, streams
from pedigree._origins import origins
from pedigree.structure import Pedigree


@dataclass(frozen=True, slots=True, eq=False)
class AncestralDrop:
    """Each animal's ancestral inbreeding as a gene drop finds it, with its standard error."""

    ancestral_inbreeding: NDArray[np.float64]
    error: NDArray[np.float64]
    drops: int
    seed: int


def ancestral_inbreeding_by_drop(pedigree: Pedigree, *, drops: int = 10_000, seed: int = 0) -> AncestralDrop:
    """Return how likely a gene of each animal was autozygous in an ancestor at least once before.

    An animal's own autozygosity does not count, only that of ancestors the gene came through; unlike
    Ballou's recursion it takes nothing as independent.

    Parameters
    ----------
    pedigree :                          The pedigree.
    drops :                             How often the genes are dropped, at least once.
    seed :                              A whole number from 0; the same seed gives the same answer.

    Returns
    -------
    Ancestral inbreeding F_a, dimensionless, in [0, 1], of every animal, with its standard error.

    Raises
    ------
    RelatedFoundersError
        Kinships of founders are given: they do not tell which genes are copies of one.
    DropNumberError
        The number of drops or the seed cannot be.
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    Time grows with drops x animals.

    References
    ----------
    R. Baumung, J. Farkas, D. Boichard, G. Meszaros, J. Solkner and I. Curik (2015). GRAIN: a computer
    program to calculate ancestral and partial inbreeding coefficients using a gene dropping approach.
    Journal of Animal Breeding and Genetics 132, 100-108.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> selfed = [Record("1"), Record("2", "1", "1"), Record("3", "2", "2")]
    >>> pedigree = Pedigree.from_records(selfed, allow_selfing=True)
    >>> ancestral_inbreeding_by_drop(pedigree, drops=10_000).ancestral_inbreeding.round(1).tolist()
    [0.0, 0.0, 0.5]
    """
    everyone = np.ones(len(pedigree), dtype=np.bool_)
    sources = origins(pedigree, unknown_as_founders=True)
    plan = planned(pedigree, everyone, sources, unknown_as_founders=True)
    chunks = streams(drops, seed)
    module = kernel(plan, drops)

    def count(chunk: tuple[np.random.SeedSequence, int]) -> Any:
        blocks = in_blocks(chance_of(plan, *chunk), 10 * len(plan.source))
        arrays = plan.source, plan.gene, plan.levels
        return sum(
            module.autozygosities(*arrays, *block[:2], len(plan.founders), block[2]) for block in blocks
        )

    counts: NDArray[np.int64] = sum(at_once(module, count, chunks))
    value, error = estimated(counts, (0, 0.5, 1))
    check_shares("ancestral inbreeding", value)
    return AncestralDrop(value[plan.place], error[plan.place], drops, seed)
