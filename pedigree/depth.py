"""How many generations of ancestors are recorded, and how completely."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_completeness, check_shares
from pedigree._passes import BOTH, by_generation, links
from pedigree.structure import Pedigree


def equivalent_generations(pedigree: Pedigree) -> NDArray[np.float64]:
    """Return how many complete generations of ancestors each animal's recorded ancestors amount to.

    An ancestor n generations back counts (1/2)^n when it has a row, a candidate as much as its probability; wild
    and unknown parents count nothing.

    Parameters
    ----------
    pedigree :                          The pedigree.

    Returns
    -------
    shape (n_animals,)                  Equivalent complete generations, from 0 for a founder.

    Raises
    ------
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    One pass from the oldest generation to the youngest.

    References
    ----------
    D. Boichard, L. Maignel and E. Verrier (1997). The value of using probabilities of gene origin to
    measure genetic variability in a population. Genetics Selection Evolution 29, 5-23.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "3")])
    >>> equivalent_generations(pedigree).tolist()
    [0.0, 0.0, 1.0, 1.0]
    """
    equivalents = np.zeros(len(pedigree))
    for steps in by_generation(pedigree, links(pedigree)):
        np.add.at(equivalents, steps.offspring, steps.chance / 2 * (equivalents[steps.parent] + 1))
    check_shares(
        "equivalent generations less the generations there are", equivalents - pedigree.generation, -np.inf, 0
    )
    return equivalents


def complete_generations(pedigree: Pedigree) -> NDArray[np.int32]:
    """Return how many generations back every ancestor of an animal is recorded.

    Counted are the generations without a gap; one of several possible parents is a gap.

    Parameters
    ----------
    pedigree :                          The pedigree.

    Returns
    -------
    shape (n_animals,)                  Complete generations, a whole number from 0; `generations` is the most.

    Notes
    -----
    One pass from the oldest generation to the youngest.

    References
    ----------
    D. Boichard, L. Maignel and E. Verrier (1997), as for `equivalent_generations`.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "3", "2")])
    >>> complete_generations(pedigree).tolist()
    [0, 0, 1, 1]
    """
    complete = np.zeros(len(pedigree), dtype=np.int32)
    sure = np.flatnonzero((pedigree.sire >= 0) & (pedigree.dam >= 0))
    for generation in np.split(sure, np.flatnonzero(np.diff(pedigree.generation[sure])) + 1):
        above = np.minimum(complete[pedigree.sire[generation]], complete[pedigree.dam[generation]])
        complete[generation] = above + 1
    return complete


def completeness(pedigree: Pedigree, *, generations: int = 5) -> NDArray[np.float64]:
    """Return the share of each animal's ancestors that is recorded, generation by generation.

    Parents are generation 1, of 2^n ancestors in generation n; an ancestor on several lines counts on each; a
    candidate counts as much as its probability.

    Parameters
    ----------
    pedigree :                          The pedigree.
    generations :                       How many generations back, at least 1.

    Returns
    -------
    shape (n_animals, generations)      Shares, dimensionless, in [0, 1], never rising from column to column.

    Raises
    ------
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    One pass over the rows for each generation.

    References
    ----------
    J. W. MacCluer and others (1983). Inbreeding and pedigree structure in Standardbred horses. Journal of
    Heredity 74, 394-399.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "3")])
    >>> completeness(pedigree, generations=3)[pedigree.row("4")].tolist()
    [0.5, 0.5, 0.0]
    """
    shares = sum(_line_completeness(pedigree, role, generations) for role in BOTH) / 2
    check_completeness(np.asarray(shares))
    return np.asarray(shares)


def completeness_index(pedigree: Pedigree, *, generations: int = 5) -> NDArray[np.float64]:
    """Return each animal's pedigree completeness index (PCI).

    The harmonic mean of the sire's side and the dam's side, each side the mean share of its ancestors recorded
    in the generations counted; 0 when a side is empty.

    Parameters
    ----------
    pedigree :                          The pedigree.
    generations :                       How many generations back, at least 1.

    Returns
    -------
    shape (n_animals,)                  PCI, dimensionless, in [0, 1]; 1 when every ancestor is recorded.

    Raises
    ------
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    One pass over the rows for each generation.

    References
    ----------
    J. W. MacCluer and others (1983), as for `completeness`.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "3", "2")])
    >>> completeness_index(pedigree, generations=2).round(4).tolist()
    [0.0, 0.0, 0.5, 0.6667]
    """
    sire, dam = (_line_completeness(pedigree, role, generations).mean(axis=1) for role in BOTH)
    both = sire + dam
    index: NDArray[np.float64] = np.divide(2 * sire * dam, both, out=np.zeros(len(pedigree)), where=both > 0)
    check_shares("pedigree completeness index", index)
    return index


def _line_completeness(pedigree: Pedigree, role: str, generations: int) -> NDArray[np.float64]:
    # Within one side, generation 1 is that parent itself and generation n + 1 the parent's generation n.
    if generations < 1:
        raise ValueError(f"Completeness over {generations} generations has no meaning. Ask for 1 or more.")
    steps, both = links(pedigree, role), links(pedigree)
    whole = np.zeros((len(pedigree), generations))
    side = np.zeros_like(whole)
    for column in range(generations):
        above = whole[:, column - 1] if column else np.ones(len(pedigree))
        np.add.at(whole[:, column], both.offspring, both.chance / 2 * above[both.parent])
        np.add.at(side[:, column], steps.offspring, steps.chance * above[steps.parent])
    return side
