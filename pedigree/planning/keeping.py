"""The limits of a plan as rows of a linear problem."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree.planning.model import Columns, Model
from pedigree.planning.objective import Litters, Values
from pedigree.planning.room import Room


def keep_limits(
    model: Model,
    room: Room,
    litters: Columns,
    pairs: NDArray[np.intp],
    *,
    least: Litters,
    most: Litters,
    km: Values | None = None,
    whole: bool = False,
) -> Columns:
    """Add the limits on some pairs, whose litters are columns of a model, within bounds of theirs.

    Returns the columns that say whether each pair has any litter; each costs its `km`, where it is given.
    """
    # A litter of a pair that can have but one says by itself whether it has any.
    single = km is None and bool((most <= 1).all())
    if single or not (km is not None or room.counts_pairs):
        used = litters
    else:
        cost = 0.0 if km is None else km
        used = model.columns(len(litters), cost, np.minimum(least, 1), 1.0, whole=whole)
    if len(room.most):
        _keep_rows(model, room, litters, used, pairs, most)
    if used is not litters:
        each = np.arange(len(litters))
        some = (each, litters, 1.0), (each, used, -most.astype(float))
        model.rows(-np.inf, 0.0, *some, count=len(litters))
    for way, limit in zip(room.way, room.way_most, strict=True):
        model.rows(-np.inf, limit, (0, used, way[pairs]))
    return used


def _keep_rows(
    model: Model, room: Room, litters: Columns, used: Columns, pairs: NDArray[np.intp], most: Litters
) -> None:
    at = np.full(len(room.cap), -1)
    at[pairs] = np.arange(len(pairs))
    kept = at[room.pair] >= 0
    row, pair, weight, once = room.row[kept], at[room.pair[kept]], room.weight[kept], room.once[kept]
    several = (once > 0) & (most[pair] > 1)
    parts = [(row, litters[pair], weight + np.where(several, 0.0, once))]
    if several.any():
        parts.append((row[several], used[pair[several]], once[several]))
    model.rows(-np.inf, room.most, *parts, count=len(room.most))
