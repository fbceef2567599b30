"""Wilson's interval of a share, for whoever counts how many of some were."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ends = NDArray[np.float64]


def check_level(level: float) -> None:
    """Refuse a level, of confidence or of a band, that is none."""
    if not 0 < level < 1:
        raise ValueError(f"The level is {level:g}. Give a share between 0 and 1, such as 0.9.")


def wilson(share: ArrayLike, number: float, level: float) -> tuple[Ends, Ends]:
    """Return the lower and the upper end for shares of a number above 0, weights too; the level is checked already."""
    share = np.asarray(share, dtype=np.float64)
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre, scale = share + z**2 / (2 * number), 1 + z**2 / number
    half = z * np.sqrt(share * (1 - share) / number + z**2 / (4 * number**2))
    # Rounding leaves the ends a hair inside or outside where all agree.
    low = np.where(share == 0, 0.0, np.maximum((centre - half) / scale, 0))
    high = np.where(share == 1, 1.0, np.minimum((centre + half) / scale, 1))
    return low, high
