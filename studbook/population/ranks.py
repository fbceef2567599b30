"""Places in an order where differences that are only rounding count as ties."""

import numpy as np
from numpy.typing import NDArray

from pedigree.mating import TIE


def rank_among(values: NDArray[np.float64], among: NDArray[np.bool_], row: int) -> int:
    """Return the rank of a row among those of a mask, itself one of them."""
    rows = np.flatnonzero(among)
    return int(ranks(values[rows])[np.searchsorted(rows, row)])


def ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return each value's rank, 1 for the lowest; equal values share the better rank, as in a race."""
    order = np.argsort(values, kind="stable")
    ascending = values[order]
    new = np.concatenate([[True], np.diff(ascending) > TIE]) if len(values) else np.zeros(0, dtype=np.bool_)
    place = np.maximum.accumulate(np.where(new, np.arange(1, len(values) + 1), 0))
    ranked = np.zeros(len(values), dtype=np.int64)
    ranked[order] = place
    return ranked
