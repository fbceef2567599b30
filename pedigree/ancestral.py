"""Inbreeding that ancestors had already, and what selection may have purged in it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_shares
from pedigree._mixing import between_parents, mixed, parent_values
from pedigree._nodes import Nodes, nodes_of
from pedigree._passes import BOTH, by_generation, links
from pedigree._tabular import PHANTOMS
from pedigree.structure import Pedigree

Floats = NDArray[np.float64]
HALF: Final = 0.5


def ancestral_inbreeding(pedigree: Pedigree, inbreeding: Floats) -> Floats:
    """Return each animal's ancestral inbreeding: how likely a gene of it has been homozygous by descent before.

    Ballou's recursion: half the sum, over the parents, of Fa + (1 - Fa) F; an unrecorded parent counts 0, candidates as
    much as their probabilities.

    Parameters
    ----------
    pedigree :                          The pedigree.
    inbreeding : shape (n_animals,)     F, from `inbreeding`.

    Returns
    -------
    shape (n_animals,)                  Ancestral inbreeding Fa, dimensionless, in [0, 1).

    Raises
    ------
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    One pass. The recursion takes Fa and F of an animal as independent, which they are not; a gene drop avoids that.

    References
    ----------
    J. D. Ballou (1997). Ancestral inbreeding only minimally affects inbreeding depression in mammalian populations.
    Journal of Heredity 88, 169-178. R. Baumung and others (2015). GRAIN: a computer program to calculate ancestral and
    partial inbreeding coefficients using a gene dropping approach. Journal of Animal Breeding and Genetics 132, 100-108.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> ancestral_inbreeding(pedigree, np.array([0.25, 0.0, 0.0])).tolist()
    [0.0, 0.0, 0.125]
    """
    ancestral = np.zeros(len(pedigree))
    for steps in by_generation(pedigree, links(pedigree)):
        above, own = ancestral[steps.parent], inbreeding[steps.parent]
        np.add.at(ancestral, steps.offspring, steps.chance / 2 * (above + (1 - above) * own))
    check_shares("ancestral inbreeding", ancestral)
    return ancestral


def purging_coefficient(pedigree: Pedigree, inbreeding: Floats, *, d: float) -> Floats:
    """Return each animal's purged inbreeding coefficient g: its F for genes that selection may have removed.

    The kinship of the parents, each step to an animal x reduced by 1 - d F(x), its kinship with itself by 1 - 2 d F(x);
    with d = 0 it is F.

    Parameters
    ----------
    pedigree :                          The pedigree.
    inbreeding : shape (n_animals,)     F, from `inbreeding`.
    d :                                 Purging coefficient, from 0 (no purging) to 0.5 (recessive lethals).

    Returns
    -------
    shape (n_animals,)                  g, dimensionless, from 0 to F.

    Raises
    ------
    ValueError
        The purging coefficient is not in [0, 0.5].
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    Time and memory n_animals^2.

    References
    ----------
    A. Garcia-Dorado (2012). Understanding and predicting the fitness decline of shrunk populations. Genetics 190,
    1461-1476. A. Garcia-Dorado, J. Wang and E. Lopez-Cortegano (2016). Predictive model and software for
    inbreeding-purging analysis of pedigreed populations. G3 6, 3593-3601.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "3"), Record("5", "1", "4")]
    >>> pedigree = Pedigree.from_records(records)
    >>> purging_coefficient(pedigree, np.array([0, 0, 0, 0.25, 0.375]), d=0.2).tolist()
    [0.0, 0.0, 0.0, 0.25, 0.35624999999999996]
    """
    if not 0 <= d <= HALF:
        raise ValueError(f"A purging coefficient of {d:g} has no meaning. Give one from 0 to 0.5.")
    nodes = nodes_of(pedigree)
    own = np.zeros(len(nodes))
    own[nodes.of_row] = inbreeding
    purged = _purged(nodes, own, d)[nodes.of_row]
    check_shares("purged inbreeding coefficient", purged)
    check_shares("purged inbreeding coefficient less the inbreeding coefficient", purged - inbreeding, -1, 0)
    return purged


def _purged(nodes: Nodes, inbreeding: Floats, d: float) -> Floats:
    size = len(nodes)
    kinship, purged = np.zeros((size + PHANTOMS, size)), np.zeros(size)
    for start, stop in nodes.blocks:
        _fill_rows(nodes, kinship, start, stop, 1 - d * inbreeding)
        block = np.arange(start, stop)
        purged[block] = _purged_of(nodes, kinship, start, stop)
        kinship[block, block] = (1 + purged[block]) / 2 * (1 - 2 * d * inbreeding[block])
        for node in nodes.draws(start, stop):
            itself = np.append(kinship[np.arange(size), np.arange(size)], [HALF] * PHANTOMS)
            kinship[node, node] = mixed(nodes.drawn[node], itself)
    return purged


def _fill_rows(nodes: Nodes, kinship: Floats, start: int, stop: int, left: Floats) -> None:
    above = slice(0, start)
    kinship[start:stop, above] = _from_parents(nodes, kinship[:, above], start, stop, left)
    kinship[above, start:stop] = kinship[start:stop, above].T
    across = _from_parents(nodes, kinship[:, start:stop], start, stop, left)
    kinship[start:stop, start:stop] = (across + across.T) / 2
    for one, other in nodes.related:
        if start <= one < stop:
            kinship[one, other] = kinship[other, one] = nodes.related[one, other] * left[one] * left[other]


def _from_parents(nodes: Nodes, kinship: Floats, start: int, stop: int, left: Floats) -> Floats:
    sire, dam = (parent_values(nodes, kinship, start, stop, role) for role in BOTH)
    return np.asarray((sire + dam) / 2 * left[start:stop, None])


def _purged_of(nodes: Nodes, kinship: Floats, start: int, stop: int) -> Floats:
    purged = between_parents(nodes, kinship, start, stop)
    for (one, other), value in nodes.related.items():
        if one == other and start <= one < stop:
            purged[one - start] = 2 * value - 1
    return purged
