"""What the founders' genes that still survive would allow at best."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_shares, within

ONE_GENE = 0.5
"""Founder genomes that a single gene is."""


def founder_genomes_surviving(retention: NDArray[np.float64]) -> float:
    """Return how many whole founder genomes still survive, all founders taken together (FGS).

    FGS = the sum of the retentions; plans print it as potential FGE.

    Parameters
    ----------
    retention : shape (n_founders,)     Retention r, dimensionless, in [0, 1], from `gene_drop`.

    Returns
    -------
    FGS, in founders.

    Raises
    ------
    NumericalError
        A retention lies outside its bounds.

    Notes
    -----
    One sum.

    References
    ----------
    R. C. Lacy (1995). Clarification of genetic terms and their use in the management of captive
    populations. Zoo Biology 14, 565-577.

    Examples
    --------
    >>> founder_genomes_surviving(np.array([0.75, 0.75, 0.75]))
    2.25
    """
    check_shares("allele retention", retention)
    return math.fsum(retention)


def potential_gene_diversity(retention: NDArray[np.float64]) -> float:
    """Return the gene diversity if the surviving founder genes were all brought to equal numbers.

    Potential GD = 1 - 1/(2 FGS); a limit that breeding can approach, never reach.

    Parameters
    ----------
    retention : shape (n_founders,)     Retention r, dimensionless, in [0, 1], from `gene_drop`.

    Returns
    -------
    Potential GD, dimensionless, in [0, 1); NaN when less than one gene survives, as may be of known genes only.

    Raises
    ------
    NumericalError
        A retention lies outside its bounds.

    Notes
    -----
    One sum.

    References
    ----------
    R. C. Lacy (1995), as for `founder_genomes_surviving`.

    Examples
    --------
    >>> round(potential_gene_diversity(np.array([0.75, 0.75, 0.75])), 6)
    0.777778
    """
    surviving = founder_genomes_surviving(retention)
    return 1.0 - 1.0 / (2.0 * surviving) if surviving >= ONE_GENE else float("nan")


def founder_genome_equivalents_1989(
    contribution: NDArray[np.float64], retention: NDArray[np.float64]
) -> float:
    """Return founder genome equivalents in their first form, by gene drop.

    1 / the sum of p^2 / r, over the founders that contribute. Not the FGE by mean kinship that plans print.

    Parameters
    ----------
    contribution : shape (n_founders,)  Founder contributions p, from `founder_contributions`.
    retention : shape (n_founders,)     Retention r, from `gene_drop`.

    Returns
    -------
    Founders; NaN when nobody contributes, or a founder that contributes was retained in no drop.

    Raises
    ------
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    One sum. The estimate of a rare founder's r decides; drop often.

    References
    ----------
    R. C. Lacy (1989). Analysis of founder representation in pedigrees: founder equivalents and founder
    genome equivalents. Zoo Biology 8, 111-123.

    Examples
    --------
    >>> contribution, retention = np.array([0.375, 0.375, 0.25]), np.array([0.75, 0.75, 0.75])
    >>> round(founder_genome_equivalents_1989(contribution, retention), 6)
    2.181818
    """
    gives = contribution > 0
    if not gives.any() or (retention[gives] == 0).any():
        return float("nan")
    check_shares("founder contribution", contribution[gives])
    number = 1.0 / math.fsum(contribution[gives] ** 2 / retention[gives])
    # At most FGS, by the inequality of Cauchy and Schwarz; of some founders only, in the measure of their share.
    share = math.fsum(contribution[gives])
    within("FGE of 1989", number * share**2, 0, founder_genomes_surviving(retention))
    return number


def target_contributions(retention: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the contributions that would make the most of the founder genes that survive.

    Proportional to retention: every surviving gene equally frequent.

    Parameters
    ----------
    retention : shape (n_founders,)     Retention r, dimensionless, in [0, 1], from `gene_drop`.

    Returns
    -------
    shape (n_founders,)                 Targets, adding up to 1; NaN when no gene survives.

    Raises
    ------
    NumericalError
        A retention lies outside its bounds.

    Notes
    -----
    With them the FGE of 1989 would equal FGS, its maximum.

    References
    ----------
    R. C. Lacy (1989), as for `founder_genome_equivalents_1989`.

    Examples
    --------
    >>> target_contributions(np.array([0.75, 0.25])).tolist()
    [0.75, 0.25]
    """
    surviving = founder_genomes_surviving(retention)
    return np.asarray(retention / surviving) if surviving > 0 else np.full(len(retention), np.nan)
