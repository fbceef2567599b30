"""How long gene diversity lasts, when the effective size stays what it is or grows with the population."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import within

Floats = NDArray[np.float64]
HALF_AN_ANIMAL: Final = 0.5
"""The effective size at which all gene diversity is gone in a generation."""


@dataclass(frozen=True, slots=True, eq=False)
class GeneDiversityYears:
    """Animals and gene diversity by year, the first now; gene diversity is NaN from where Ne is too small on."""

    size: Floats
    gene_diversity: Floats

    def whole_years(self, goal: float) -> int | None:
        """Return for how many whole years gene diversity stays at a goal or above; None when in all years looked at."""
        below = np.flatnonzero(~(self.gene_diversity >= goal))
        return max(int(below[0]) - 1, 0) if len(below) else None


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


def gene_diversity_by_year(
    gene_diversity: float,
    effective_ratio: float,
    size: float,
    generation_interval: float,
    years: int,
    *,
    growth: float = 1.0,
    target: float | None = None,
) -> GeneDiversityYears:
    """Return gene diversity (GD) year by year while a population grows to its target, or shrinks.

    GD_(t+1) = GD_t (1 - 1/(2 Ne_t))^(1/T) with Ne_t = (Ne/N) N_t; N_(t+1) = lambda N_t, up to the target.

    Parameters
    ----------
    gene_diversity :                    GD now, dimensionless, in [0, 1].
    effective_ratio :                   Ne/N, dimensionless, above 0.
    size :                              N now, in animals, above 0.
    generation_interval :               T, in years, above 0.
    years :                             How many years, at least 0.
    growth :                            lambda, per year, above 0.
    target :                            The size growth ends at, in animals; a larger population stays as it is. None for no end.

    Returns
    -------
    Size and GD by year, years + 1 of each. GD is NaN from the year on in which Ne is 1/2 or less.

    Raises
    ------
    ValueError
        A number lies outside what it can be.

    Notes
    -----
    One pass over the years. Without growth it is `projected_gene_diversity`.

    References
    ----------
    S. Wright (1931), as for `projected_gene_diversity`.

    Examples
    --------
    >>> found = gene_diversity_by_year(0.9, 0.5, 2, 1, 2, growth=2.0, target=4)
    >>> found.size.tolist(), found.gene_diversity.tolist()
    ([2.0, 4.0, 4.0], [0.9, 0.45, 0.3375])
    """
    _refuse(gene_diversity, math.inf, generation_interval)
    if years < 0:
        raise ValueError(f"{years} years lie in the past. Give a number of years from 0 up.")
    for name, number in (("ratio of Ne to N", effective_ratio), ("size", size), ("growth", growth)):
        if number <= 0:
            raise ValueError(f"{number:g} is no {name}. Give a number above 0.")
    most = math.inf if target is None else max(target, size)
    with np.errstate(over="ignore"):
        sizes = np.minimum(size * float(growth) ** np.arange(years + 1), most)
    effective = effective_ratio * sizes[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = np.where(effective > HALF_AN_ANIMAL, 1 - 1 / (2 * effective), np.nan)
    left = gene_diversity * np.cumprod(np.append(1.0, kept ** (1 / generation_interval)))
    return GeneDiversityYears(sizes, left)


def _refuse(gene_diversity: float, effective_size: float, generation_interval: float) -> None:
    if not (math.isnan(gene_diversity) or 0 <= gene_diversity <= 1):
        raise ValueError(f"{gene_diversity:g} is no gene diversity. Give a share from 0 to 1.")
    if effective_size <= HALF_AN_ANIMAL:
        raise ValueError(f"{effective_size:g} is no effective size. Give one above 1/2.")
    if generation_interval <= 0:
        raise ValueError(f"{generation_interval:g} is no generation interval. Give years above 0.")
