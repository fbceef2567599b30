"""How long gene diversity lasts, when the effective size stays what it is."""

from __future__ import annotations

import math

from pedigree._bounds import within


def projected_gene_diversity(
    gene_diversity: float, effective_size: float, years: float, generation_interval: float
) -> float:
    """Return the gene diversity (GD) left after some years of a constant effective size.

    GD_t = GD_0 (1 - 1/(2 Ne))^(t/T); nobody is imported, and fractions of a generation count.

    Parameters
    ----------
    gene_diversity :                    GD now, dimensionless, in [0, 1].
    effective_size :                    Ne, in animals, above 1/2.
    years :                             t, in years, at least 0.
    generation_interval :               T, in years, above 0.

    Returns
    -------
    GD after the years, dimensionless; NaN when one of the numbers is NaN.

    Raises
    ------
    ValueError
        A number lies outside what it can be.
    NumericalError
        The figure lies outside its bounds.

    Notes
    -----
    One power.

    References
    ----------
    S. Wright (1931). Evolution in Mendelian populations. Genetics 16, 97-159.

    Examples
    --------
    >>> projected_gene_diversity(0.9, 1, 7, 7)
    0.45
    """
    _refuse(gene_diversity, effective_size, generation_interval)
    if years < 0:
        raise ValueError(f"{years:g} years lie in the past. Give a number of years from 0 up.")
    left: float = gene_diversity * math.pow(1 - 1 / (2 * effective_size), years / generation_interval)
    if not math.isnan(left):
        within("projected gene diversity", left, 0, gene_diversity)
    return left


def years_until_gene_diversity(
    goal: float, gene_diversity: float, effective_size: float, generation_interval: float
) -> float:
    """Return after how many years of a constant effective size gene diversity falls to a goal.

    t = T ln(GD_goal / GD_0) / ln(1 - 1/(2 Ne)); plans print it cut to whole years.

    Parameters
    ----------
    goal :                              GD that should be kept, dimensionless, in (0, 1].
    gene_diversity :                    GD now, dimensionless, in [0, 1].
    effective_size :                    Ne, in animals, above 1/2.
    generation_interval :               T, in years, above 0.

    Returns
    -------
    Years, 0 when gene diversity is at the goal or below it already; infinite for an infinite Ne; NaN when one
    of the numbers is NaN.

    Raises
    ------
    ValueError
        A number lies outside what it can be.

    Notes
    -----
    Two logarithms.

    References
    ----------
    S. Wright (1931), as for `projected_gene_diversity`.

    Examples
    --------
    >>> years_until_gene_diversity(0.45, 0.9, 1, 7)
    7.0
    """
    _refuse(gene_diversity, effective_size, generation_interval)
    if not 0 < goal <= 1:
        raise ValueError(
            f"{goal:g} is no gene diversity to keep. Give a share above 0 and up to 1, such as 0.9."
        )
    if math.isnan(effective_size) or math.isnan(generation_interval):
        return math.nan
    if gene_diversity <= goal:
        return 0.0
    rate = -math.log1p(-1 / (2 * effective_size))
    return generation_interval * math.log(gene_diversity / goal) / rate if rate else math.inf


def _refuse(gene_diversity: float, effective_size: float, generation_interval: float) -> None:
    if not (math.isnan(gene_diversity) or 0 <= gene_diversity <= 1):
        raise ValueError(f"{gene_diversity:g} is no gene diversity. Give a share from 0 to 1.")
    if effective_size <= 0.5:
        raise ValueError(f"{effective_size:g} is no effective size. Give one above 1/2.")
    if generation_interval <= 0:
        raise ValueError(f"{generation_interval:g} is no generation interval. Give years above 0.")
