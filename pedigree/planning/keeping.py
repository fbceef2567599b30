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
    if len(room.most):
        place = np.full(len(room.cap), -1)
        place[pairs] = litters
        kept = place[room.pair] >= 0
        taken = room.row[kept], place[room.pair[kept]], room.weight[kept]
        model.rows(-np.inf, room.most, taken, count=len(room.most))
    if km is None and not len(room.way):
        return litters
    # A litter of a pair that can have but one says by itself whether it has any.
    single = km is None and bool((most <= 1).all())
    used = litters if single else _used(model, litters, least, most, 0.0 if km is None else km, whole=whole)
    for way, limit in zip(room.way, room.way_most, strict=True):
        model.rows(-np.inf, limit, (0, used, way[pairs]))
    return used


def _used(
    model: Model, litters: Columns, least: Litters, most: Litters, cost: float | Values, *, whole: bool
) -> Columns:
    count, each = len(litters), np.arange(len(litters))
    used = model.columns(count, cost, np.minimum(least, 1), 1.0, whole=whole)
    model.rows(-np.inf, 0.0, (each, litters, 1.0), (each, used, -most.astype(float)), count=count)
    return used
