"""Chances that were told, held against what came true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pedigree._wilson import check_level, wilson

Floats = NDArray[np.float64]

MOST_BINS: Final = 5
FEWEST_IN_BIN: Final = 10


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Cases of like chances: how many, how many came true, the mean chance told, the share that came true with its interval."""

    cases: int
    fulfilled: int
    told: float
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Bins from the lowest chances to the highest, and Brier scores, of which 0 is best; NaN without a case.

    The scores are those of the chances told, of the base rate told of every case, and of the share that came true told
    of every case, which nobody knew beforehand.
    """

    bins: tuple[CalibrationBin, ...]
    brier: float
    brier_of_base_rate: float
    brier_of_share: float
    level: float


def calibration(told: ArrayLike, outcomes: ArrayLike, *, base_rate: float, level: float = 0.9) -> Calibration:
    """Return how chances told beforehand agree with what came true.

    The cases in order of their chance are cut into up to five bins of like size, ten cases or more in each. The
    Brier score is the mean of (chance - outcome)^2.

    Parameters
    ----------
    told : shape (n,)                   Chances, in [0, 1].
    outcomes : shape (n,)               True where it came true.
    base_rate :                         The one chance to compare with, told of every case, in [0, 1].
    level :                             Of the Wilson intervals of the shares, in (0, 1).

    Returns
    -------
    The bins, none without a case and a single one below twenty, and three Brier scores.

    Raises
    ------
    ValueError
        A number lies outside what it can be, or the two are not of one length.

    Notes
    -----
    One sort. Cases of equal chance keep their order.

    References
    ----------
    G. W. Brier (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78, 1-3.
    E. B. Wilson (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.

    Examples
    --------
    >>> found = calibration([0.5, 0.5], [True, False], base_rate=0.2)
    >>> round(found.brier, 6), round(found.brier_of_base_rate, 6), found.bins[0].share
    (0.25, 0.34, 0.5)
    """
    check_level(level)
    chance, came = np.asarray(told, dtype=np.float64), np.asarray(outcomes, dtype=np.float64)
    if chance.ndim != 1 or chance.shape != came.shape:
        raise ValueError(
            f"There are {chance.size} chances and {came.size} outcomes. Give one outcome for each chance."
        )
    if not ((chance >= 0) & (chance <= 1)).all() or not 0 <= base_rate <= 1:
        raise ValueError("A chance lies outside 0 to 1. Give shares, such as 0.2.")
    if not len(chance):
        return Calibration((), np.nan, np.nan, np.nan, level)
    return Calibration(
        tuple(_bin(chance[rows], came[rows], level) for rows in _bins(chance)),
        _brier(chance, came),
        _brier(base_rate, came),
        _brier(came.mean(), came),
        level,
    )


def _bins(chance: Floats) -> list[NDArray[np.intp]]:
    number = min(max(len(chance) // FEWEST_IN_BIN, 1), MOST_BINS)
    return np.array_split(np.argsort(chance, kind="stable"), number)


def _bin(chance: Floats, came: Floats, level: float) -> CalibrationBin:
    share, number = float(came.mean()), len(came)
    low, high = wilson(share, number, level)
    return CalibrationBin(number, int(came.sum()), float(chance.mean()), share, float(low), float(high))


def _brier(chance: ArrayLike, came: Floats) -> float:
    return float(np.mean((np.asarray(chance) - came) ** 2))
