"""Who with whom, once it is known how often each animal breeds."""

from __future__ import annotations

from typing import Final

import numpy as np

from pedigree.mating import TIE
from pedigree.planning.keeping import keep_limits
from pedigree.planning.model import UNIT, Model
from pedigree.planning.objective import Litters, Objective
from pedigree.planning.room import Room

NODES: Final = 500


def least_inbred(objective: Objective, room: Room, litters: Litters) -> Litters:
    """Return the plan in which every animal breeds as often, paired so that the young's mean F is least.

    Gene diversity depends on how often each animal breeds, not on with whom, where all litters are as likely.
    """
    size = len(objective.animals)
    times = [np.bincount(side, litters, size) for side in (objective.sire, objective.dam)]
    pairs = np.flatnonzero((room.cap > 0) & (times[0][objective.sire] > 0) & (times[1][objective.dam] > 0))
    if not objective.alike or not len(pairs):
        return litters
    model = Model()
    bounds = room.least[pairs], room.cap[pairs]
    columns = model.columns(len(pairs), objective.f_offspring[pairs], *bounds, whole=True)
    for side, number in zip((objective.sire, objective.dam), times, strict=True):
        model.rows(number, number, (side[pairs], columns, 1.0), count=size)
    km = objective.km[pairs] if objective.km.any() else None
    used = keep_limits(
        model,
        room,
        columns,
        pairs,
        least=bounds[0],
        most=bounds[1],
        km=None if km is None else 0 * km,
        whole=True,
    )
    if km is not None:
        model.rows(-np.inf, UNIT * (objective.way(litters) + TIE), (0, used, UNIT * km))
    answer = model.solved(nodes=NODES)
    if answer.columns is None:
        return litters
    found = np.zeros_like(litters)
    found[pairs] = np.rint(answer.columns[: len(pairs)]).astype(np.int64)
    better = objective.f_offspring @ found < objective.f_offspring @ litters - TIE
    keeps = room.keeps(found) and objective.cost(found) <= objective.cost(litters) + TIE
    return found if better and keeps else litters
