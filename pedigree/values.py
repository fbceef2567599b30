"""Kinship weighed by how much each animal is still expected to breed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_shares, within
from pedigree._masks import check_mask
from pedigree._tabular import Matrix

Values = NDArray[np.float64]


def kinship_values(kinship: Matrix, living: NDArray[np.bool_], value: Values | None = None) -> Values:
    """Return each animal's kinship value (KV): its mean kinship to the living, weighed by reproductive value.

    The animal itself is counted when it is living; with equal values KV is the mean kinship.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.
    value : shape (n_animals,)                  Reproductive value V, in expected offspring, from 0; all equal if not given.

    Returns
    -------
    shape (n_animals,)                          KV, dimensionless, in [0, 1]; NaN when no living animal has a value.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.
    ValueError
        The reproductive value of a living animal is negative or not a number.
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    Time n_animals x n_living.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995). Identifying genetically important individuals for management
    of genetic variation in pedigreed populations. In: Population Management for Survival and Recovery.

    Examples
    --------
    >>> mother_and_young = np.array([[0.5, 0.25], [0.25, 0.5]])
    >>> kinship_values(mother_and_young, np.array([True, True]), np.array([0.0, 2.0])).tolist()
    [0.25, 0.5]
    """
    check_mask("living", living, len(kinship))
    weights = _weights(living, value)
    if not weights.sum() > 0:
        return np.full(len(kinship), np.nan)
    # An elementwise product and sum, not a matrix product: its rounding depends on the processor.
    values = np.asarray((kinship[:, living] * weights).sum(axis=1) / weights.sum())
    check_shares("kinship value", values, float(kinship.min()), float(kinship.max()))
    return values


def gene_value(kinship: Matrix, living: NDArray[np.bool_], value: Values | None = None) -> float:
    """Return the gene value (GV): the gene diversity expected among the genes that the living will pass on.

    GV = 1 - the mean of the kinship values, each weighed by reproductive value; with equal values it is the
    gene diversity.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.
    value : shape (n_animals,)                  Reproductive value V, in expected offspring, from 0; all equal if not given.

    Returns
    -------
    GV, dimensionless, in [0, 1]; NaN when no living animal has a value.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.
    ValueError
        The reproductive value of a living animal is negative or not a number.
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    Time n_animals x n_living.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995), as for `kinship_values`.

    Examples
    --------
    >>> mother_and_young = np.array([[0.5, 0.25], [0.25, 0.5]])
    >>> gene_value(mother_and_young, np.array([True, True]), np.array([0.0, 2.0]))
    0.5
    """
    check_mask("living", living, len(kinship))
    weights = _weights(living, value)
    if not weights.sum() > 0:
        return float("nan")
    values = kinship_values(kinship, living, value)[living]
    diversity = 1.0 - float((weights * values).sum() / weights.sum())
    within("gene value", diversity, 0, 1)
    return diversity


def _weights(living: NDArray[np.bool_], value: Values | None) -> Values:
    weights = np.ones(int(living.sum())) if value is None else np.asarray(value[living], dtype=np.float64)
    if not (weights >= 0).all() or not np.isfinite(weights).all():
        raise ValueError(
            "A living animal has a reproductive value that is negative or not a number. "
            "Give every living animal the number of offspring expected of it, 0 if none."
        )
    return weights
