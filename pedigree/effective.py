"""How large an ideal population would lose diversity as fast as this one (Ne)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_effective_size
from pedigree._masks import check_mask
from pedigree._tabular import Matrix

Floats = NDArray[np.float64]

ROUNDING: Final = 1e-12


@dataclass(frozen=True, slots=True)
class EffectiveSize:
    """An effective size estimated from a rate, and what it rests on; NaN where nothing can be estimated."""

    number: float
    error: float
    rate: float
    counted: int
    left_out: int


def effective_size_by_breeders(males: float, females: float) -> float:
    """Return the effective size (Ne) that the numbers of breeding males and females allow.

    Ne = 4 Nm Nf / (Nm + Nf), with `Breeders.males` and `.females`: living animals that ever bred; 0 when only
    one sex has.

    Parameters
    ----------
    males, females :                    Breeding males Nm and females Nf, in animals; expected numbers may be fractions.

    Returns
    -------
    Ne, in animals, at most Nm + Nf; NaN when there is no breeder.

    Raises
    ------
    NumericalError
        The figure lies outside its bounds.

    Notes
    -----
    Assumes that the breeders leave offspring at random, that all of them still breed, and that no others will.

    References
    ----------
    S. Wright (1931). Evolution in Mendelian populations. Genetics 16, 97-159.

    Examples
    --------
    >>> round(effective_size_by_breeders(9, 8) / 39, 4)
    0.4344
    """
    breeders = males + females
    number = 4 * males * females / breeders if breeders > 0 else float("nan")
    check_effective_size(number, breeders)
    return number


def effective_size_by_inbreeding(
    inbreeding: Floats, equivalents: Floats, measured: NDArray[np.bool_]
) -> EffectiveSize:
    """Return the realised effective size from each animal's individual increase in inbreeding.

    Delta F = 1 - (1 - F)^(1/(t - 1)), t the animal's equivalent generations; Ne = 1/(2 mean delta F). Animals with
    t of 1 or less are left out: none of their ancestors could be inbred or related.

    Parameters
    ----------
    inbreeding : shape (n_animals,)     F, dimensionless.
    equivalents : shape (n_animals,)    From `equivalent_generations`.
    measured : shape (n_animals,)       True for members of the population measured.

    Returns
    -------
    Ne with standard error, the mean delta F per generation, how many animals counted and were left out; NaN
    when nobody counts or nobody is inbred (then no finite Ne fits).

    Raises
    ------
    MaskError
        `measured` is not True or False for each animal.

    Notes
    -----
    One pass. The error, 2 Ne^2 sd/sqrt(n), takes the animals as independent, which relatives are not.

    References
    ----------
    J. P. Gutierrez, I. Cervantes and F. Goyache (2009). Improving the estimation of realized effective population
    sizes in farm animals. Journal of Animal Breeding and Genetics 126, 327-332.

    Examples
    --------
    >>> found = effective_size_by_inbreeding(np.array([0.0, 0.75]), np.array([1.0, 3.0]), np.array([True, True]))
    >>> found.number, found.rate, found.counted, found.left_out
    (1.0, 0.5, 1, 1)
    """
    check_mask("measured", measured, len(inbreeding))
    counted = measured & (equivalents > 1 + ROUNDING)
    rates = _rate(inbreeding[counted], equivalents[counted] - 1)
    error = float(rates.std(ddof=1) / np.sqrt(len(rates))) if len(rates) > 1 else float("nan")
    return _size(rates, error, int((measured & ~counted).sum()))


def effective_size_by_coancestry(
    kinship: Matrix, equivalents: Floats, measured: NDArray[np.bool_]
) -> EffectiveSize:
    """Return the realised effective size from the increase in kinship of each pair.

    Delta f = 1 - (1 - f)^(1/t), t the mean equivalent generations of the two; every pair of two different animals
    counts, but for pairs of t = 0, founders both; Ne = 1/(2 mean delta f).

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    equivalents : shape (n_animals,)            From `equivalent_generations`.
    measured : shape (n_animals,)               True for members of the population measured.

    Returns
    -------
    Ne with standard error, the mean delta f per generation, how many pairs counted and were left out; NaN when
    no pair counts or none is related (then no finite Ne fits).

    Raises
    ------
    MaskError
        `measured` is not True or False for each animal.

    Notes
    -----
    Time n_measured^2. The error is the jackknife's, one animal left out at a time, since pairs that share an animal
    are not independent; NaN below three animals.

    References
    ----------
    I. Cervantes and others (2011). Estimation of effective population size from the rate of coancestry in
    pedigreed populations. Journal of Animal Breeding and Genetics 128, 56-63.

    Examples
    --------
    >>> sibs = np.array([[0.5, 0.25], [0.25, 0.5]])
    >>> found = effective_size_by_coancestry(sibs, np.array([1.0, 1.0]), np.array([True, True]))
    >>> found.number, found.counted
    (2.0, 1)
    """
    check_mask("measured", measured, len(kinship))
    among, own = kinship[np.ix_(measured, measured)], equivalents[measured]
    depth = (own[:, None] + own[None, :]) / 2
    pairs = (depth > 0) & ~np.eye(len(own), dtype=np.bool_)
    rates = np.zeros_like(among)
    rates[pairs] = _rate(among[pairs], depth[pairs])
    upper = np.triu(pairs)
    left_out = len(own) * (len(own) - 1) // 2 - int(upper.sum())
    return _size(rates[upper], _jackknife(rates, pairs), left_out)


def effective_size_by_rate(inbreeding: Floats, time: Floats, *, interval: float = 1.0) -> EffectiveSize:
    """Return the effective size from the trend of inbreeding over time.

    ln(1 - F) is regressed on time; delta F = 1 - e^(slope x interval) per generation; Ne = 1/(2 delta F). Animals
    of unknown time (NaN) are left out.

    Parameters
    ----------
    inbreeding : shape (n_animals,)     F, dimensionless, below 1.
    time : shape (n_animals,)           Birth, in years, or generation.
    interval :                          Length of a generation in the unit of `time`; 1 when that is generations.

    Returns
    -------
    Ne with standard error, delta F per generation, how many animals counted and were left out; NaN with fewer than
    two moments of birth, or when F does not rise (then no finite Ne fits).

    Notes
    -----
    One pass. The error comes from the scatter about the line; NaN below three animals.

    References
    ----------
    M. Perez-Enciso (1995). Use of the uncertain relationship matrix to compute effective population size. Journal of
    Animal Breeding and Genetics 112, 327-332.

    Examples
    --------
    >>> found = effective_size_by_rate(np.array([0.0, 0.5, 0.75]), np.array([2000.0, 2004.0, 2008.0]), interval=4)
    >>> round(found.number, 6), round(found.rate, 6)
    (1.0, 0.5)
    """
    counted = np.isfinite(time) & (inbreeding < 1)
    slope, error = _slope(time[counted], np.log1p(-inbreeding[counted]))
    rate = -np.expm1(slope * interval)
    spread = error * interval * (1 - rate)
    return _estimate(float(rate), float(spread), int(counted.sum()), int((~counted).sum()))


def realised_effective_size(mean_inbreeding: float, equivalents: float) -> float:
    """Return the effective size that would have led from no inbreeding to the mean found.

    Delta F = 1 - (1 - mean F)^(1/t), t the mean equivalent generations; Ne = 1/(2 delta F).

    Parameters
    ----------
    mean_inbreeding :                   Mean F of the population, dimensionless, below 1.
    equivalents :                       Mean equivalent generations of its animals.

    Returns
    -------
    Ne, in animals; NaN when there is no generation, or no inbreeding (then no finite Ne fits).

    Notes
    -----
    One formula.

    References
    ----------
    D. S. Falconer and T. F. C. Mackay (1996). Introduction to Quantitative Genetics, 4th edition, chapter 4.

    Examples
    --------
    >>> realised_effective_size(0.75, 2)
    1.0
    """
    if not (equivalents > 0 and mean_inbreeding > 0):
        return float("nan")
    return _estimate(float(_rate(np.array(mean_inbreeding), np.array(equivalents))), 0.0, 1, 0).number


def _rate(values: Floats, generations: Floats) -> Floats:
    return np.asarray(1 - (1 - values) ** (1 / generations))


def _size(rates: Floats, error: float, left_out: int) -> EffectiveSize:
    mean = float(rates.mean()) if len(rates) else float("nan")
    return _estimate(mean, error, len(rates), left_out)


def _estimate(rate: float, error: float, counted: int, left_out: int) -> EffectiveSize:
    if not rate > 0:
        return EffectiveSize(float("nan"), float("nan"), rate, counted, left_out)
    number = 1 / (2 * rate)
    return EffectiveSize(number, 2 * number**2 * error, rate, counted, left_out)


def _jackknife(rates: Matrix, pairs: NDArray[np.bool_]) -> float:
    size = len(rates)
    left = pairs.sum() / 2 - pairs.sum(axis=1)
    if size < 3 or not (left > 0).all():
        return float("nan")
    means = (rates.sum() / 2 - rates.sum(axis=1)) / left
    return float(np.sqrt((size - 1) / size * ((means - means.mean()) ** 2).sum()))


def _slope(time: Floats, values: Floats) -> tuple[float, float]:
    if len(time) < 2 or time.min() == time.max():
        return float("nan"), float("nan")
    x, y = time - time.mean(), values - values.mean()
    slope = float((x * y).sum() / (x * x).sum())
    if len(time) < 3:
        return slope, float("nan")
    scatter = ((y - slope * x) ** 2).sum() / (len(time) - 2)
    return slope, float(np.sqrt(scatter / (x * x).sum()))
