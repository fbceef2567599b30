"""Kinship between animals, and the diversity it leaves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree import kernels
from pedigree._masks import check_mask
from pedigree._tabular import PHANTOMS, Matrix, tabular
from pedigree.structure import Pedigree


def kinship_matrix(pedigree: Pedigree) -> Matrix:
    """Return the kinship of every pair of animals.

    Founders, wild parents and unknown parents are unrelated and not inbred, unless kinships of founders
    are given; kinship (coancestry) of an animal with itself is (1 + F)/2; several possible parents enter
    as their weighted mean, drawn once for a litter; identical twins have one genome.

    Parameters
    ----------
    pedigree :                          The pedigree.

    Returns
    -------
    shape (n_animals, n_animals)        Kinship f, dimensionless, in [0, 1], symmetric.

    Notes
    -----
    Time and memory n_animals^2 (8 bytes each): a few ms for 1,000 animals. For a living set alone
    `kinship_among` needs neither.

    References
    ----------
    C. R. Henderson (1976). A simple method for computing the inverse of a numerator relationship
    matrix. Biometrics 32, 69-83. C. R. Henderson (1988). Use of an average numerator relationship
    matrix for multiple-sire joining. Journal of Animal Science 66, 1614-1621.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> kinship_matrix(pedigree).tolist()
    [[0.5, 0.0, 0.25], [0.0, 0.5, 0.25], [0.25, 0.25, 0.5]]
    """
    if pedigree.plain:
        return kernels.kinship(pedigree.sire, pedigree.dam, pedigree.generation)
    everything = np.ones(len(pedigree) + PHANTOMS)
    return tabular(pedigree, everything).among_rows()


def mean_kinship(kinship: Matrix, living: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each animal's mean kinship (MK) to the living population.

    The animal itself is counted when it is living.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.

    Returns
    -------
    shape (n_animals,)                          MK, dimensionless, in [0, 1]; NaN when nobody is living.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.

    Notes
    -----
    Time n_animals x n_living.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995). Identifying genetically important individuals for management
    of genetic variation in pedigreed populations. In: Population Management for Survival and Recovery.

    Examples
    --------
    >>> sibs = np.array([[0.5, 0.25], [0.25, 0.5]])
    >>> mean_kinship(sibs, np.array([True, True])).tolist()
    [0.375, 0.375]
    """
    check_mask("living", living, len(kinship))
    if not living.any():
        return np.full(len(kinship), np.nan)
    return np.asarray(kinship[:, living].mean(axis=1))


def population_mean_kinship(kinship: Matrix, living: NDArray[np.bool_]) -> float:
    """Return the mean kinship within the living population.

    Every ordered pair counts, each animal with itself too: the mean of the members' MK.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.

    Returns
    -------
    Mean kinship, dimensionless, in [0, 1]; NaN when nobody is living.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.

    Notes
    -----
    Time n_living^2.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995), as for `mean_kinship`.

    Examples
    --------
    >>> sibs = np.array([[0.5, 0.25], [0.25, 0.5]])
    >>> population_mean_kinship(sibs, np.array([True, True]))
    0.375
    """
    check_mask("living", living, len(kinship))
    if not living.any():
        return float("nan")
    return float(kinship[np.ix_(living, living)].mean())


def gene_diversity(kinship: Matrix, living: NDArray[np.bool_]) -> float:
    """Return the gene diversity (GD) that the living population holds.

    GD = 1 - mean kinship, relative to the source population the founders came from.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.

    Returns
    -------
    GD, dimensionless, in [0, 1]; NaN when nobody is living.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.

    Notes
    -----
    Time n_living^2.

    References
    ----------
    R. C. Lacy (1995). Clarification of genetic terms and their use in the management of captive
    populations. Zoo Biology 14, 565-577.

    Examples
    --------
    >>> sibs = np.array([[0.5, 0.25], [0.25, 0.5]])
    >>> gene_diversity(sibs, np.array([True, True]))
    0.625
    """
    return 1.0 - population_mean_kinship(kinship, living)


def founder_genome_equivalents(kinship: Matrix, living: NDArray[np.bool_]) -> float:
    """Return how many equally used, unrelated founders would hold the same gene diversity (FGE).

    FGE = 1/(2 x mean kinship), not the gene-drop form of 1989.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.

    Returns
    -------
    FGE, in founders, above 1/2; NaN when nobody is living.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.

    Notes
    -----
    Time n_living^2.

    References
    ----------
    R. C. Lacy (1995). Clarification of genetic terms and their use in the management of captive
    populations. Zoo Biology 14, 565-577.

    Examples
    --------
    >>> founders = np.array([[0.5, 0.0], [0.0, 0.5]])
    >>> founder_genome_equivalents(founders, np.array([True, True]))
    2.0
    """
    return 1.0 / (2.0 * population_mean_kinship(kinship, living))
