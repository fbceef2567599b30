"""The same values within the part of the genomes that is traced to wild founders."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree._masks import check_mask
from pedigree._tabular import PHANTOMS, Matrix, tabular
from pedigree.structure import WILD, Pedigree


def known_kinship(pedigree: Pedigree, known: NDArray[np.float64]) -> Matrix:
    """Return the kinship of every pair of animals within the part of their genomes that is known.

    Only genes traced to wild founders count; NaN where an animal has no known gene.

    Parameters
    ----------
    pedigree :                          The pedigree.
    known : shape (n_animals,)          Known fraction, from `lineage.known_fraction`.

    Returns
    -------
    shape (n_animals, n_animals)        Kinship of known genes, dimensionless, in [0, 1].

    Notes
    -----
    As `kinship_matrix`. Which genes of two relatives are known is taken as independent.

    References
    ----------
    R. C. Lacy (2012). Extending pedigree analysis for uncertain parentage and diverse breeding
    systems. Journal of Heredity 103, 197-205 (the idea; the formula is derived in docs/algorithms).

    Examples
    --------
    >>> from pedigree.structure import WILD, Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1", WILD, WILD), Record("2", "1")])
    >>> known_kinship(pedigree, np.array([1.0, 0.5])).tolist()
    [[0.5, 0.5], [0.5, 1.0]]
    """
    joint = tabular(pedigree, _padded(known)).among_rows()
    return _where_known(joint, np.outer(known, known))


def known_mean_kinship(
    kinship: Matrix, known: NDArray[np.float64], living: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return each animal's mean kinship to the living population, within known genes only (MK_KN).

    Each living animal weighs as much as its known fraction; NaN where an animal has no known gene.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship of known genes, from `known_kinship`.
    known : shape (n_animals,)                  Known fraction k, dimensionless, in [0, 1].
    living : shape (n_animals,)                 True for members of the population measured.

    Returns
    -------
    shape (n_animals,)                          MK_KN, dimensionless; NaN where it is not defined.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.

    Notes
    -----
    Time n_animals x n_living.

    References
    ----------
    R. C. Lacy (2012), as for `known_kinship`.

    Examples
    --------
    >>> founder_and_half_known_cub = np.array([[0.5, 0.5], [0.5, 1.0]])
    >>> both = np.array([True, True])
    >>> known_mean_kinship(founder_and_half_known_cub, np.array([1.0, 0.5]), both).round(4).tolist()
    [0.5, 0.6667]
    """
    check_mask("living", living, len(kinship))
    counted = living & (known > 0)
    if not counted.any():
        return np.full(len(kinship), np.nan)
    weights = known[counted]
    # An elementwise product and sum, not a matrix product: its rounding depends on the processor.
    return np.asarray((kinship[:, counted] * weights).sum(axis=1) / weights.sum())


def known_gene_diversity(kinship: Matrix, known: NDArray[np.float64], living: NDArray[np.bool_]) -> float:
    """Return the gene diversity among the known genes of the living population (GD_KN).

    GD_KN = 1 - the mean of MK_KN, each animal weighed by its known fraction.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship of known genes, from `known_kinship`.
    known : shape (n_animals,)                  Known fraction k, dimensionless, in [0, 1].
    living : shape (n_animals,)                 True for members of the population measured.

    Returns
    -------
    GD_KN, dimensionless, in [0, 1]; NaN when no living animal has a known gene.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.

    Notes
    -----
    Time n_living^2.

    References
    ----------
    R. C. Lacy (2012), as for `known_kinship`.

    Examples
    --------
    >>> founder_and_half_known_cub = np.array([[0.5, 0.5], [0.5, 1.0]])
    >>> both = np.array([True, True])
    >>> round(known_gene_diversity(founder_and_half_known_cub, np.array([1.0, 0.5]), both), 6)
    0.444444
    """
    check_mask("living", living, len(kinship))
    counted = living & (known > 0)
    if not counted.any():
        return float("nan")
    weights = known[counted]
    mean = known_mean_kinship(kinship, known, living)[counted]
    return 1.0 - float((weights * mean).sum() / weights.sum())


def known_inbreeding(
    pedigree: Pedigree, known: NDArray[np.float64], *, kinship: Matrix | None = None
) -> NDArray[np.float64]:
    """Return each animal's inbreeding within known genes only (F_KN), the known kinship of its parents.

    NaN where one parent has no known gene: then nothing can be said.

    Parameters
    ----------
    pedigree :                          The pedigree.
    known : shape (n_animals,)          Known fraction, from `lineage.known_fraction`.
    kinship :                           Its `known_kinship`, where that is at hand; it saves time.

    Returns
    -------
    shape (n_animals,)                  F_KN, dimensionless, in [0, 1); NaN where it is not defined.

    Notes
    -----
    As `known_kinship`.

    References
    ----------
    R. C. Lacy (2012), as for `known_kinship`.

    Examples
    --------
    >>> from pedigree.structure import WILD, Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1", WILD, WILD), Record("2", "1")])
    >>> known_inbreeding(pedigree, np.array([1.0, 0.5])).tolist()
    [0.0, nan]
    """
    if not pedigree.plain:
        table = tabular(pedigree, _padded(known))
        return _where_known(table.parents_alike, table.parents_known)[table.nodes.of_row]
    kinship = known_kinship(pedigree, known) if kinship is None else kinship
    sire, dam, padded = pedigree.sire, pedigree.dam, _padded(known)
    found = np.where((sire >= 0) & (dam >= 0), kinship[np.maximum(sire, 0), np.maximum(dam, 0)], 0.0)
    return np.where(padded[sire] * padded[dam] > 0, found, np.nan)


def _padded(known: NDArray[np.float64]) -> NDArray[np.float64]:
    padded = np.concatenate([known, np.zeros(PHANTOMS)])
    padded[WILD] = 1.0
    return padded


def _where_known(shared: Matrix, weight: Matrix) -> Matrix:
    return np.divide(shared, weight, out=np.full_like(shared, np.nan), where=weight > 0)
