"""A plan made better by giving one litter after the other to another pair."""

from __future__ import annotations

import numpy as np

from pedigree.mating import TIE
from pedigree.planning.objective import Litters, Objective
from pedigree.planning.room import Room


def exchanged(objective: Objective, room: Room, litters: Litters) -> tuple[Litters, int]:
    """Return the plan after every exchange of one litter that makes it better, the best first, and how many there were."""
    found, steps = litters.copy(), 0
    cost = objective.cost(found)
    while True:
        best = cost - TIE, -1, -1
        for place in np.flatnonzero(found > room.least).tolist():
            found[place] -= 1
            costs = np.where(room.open(found), objective.costs_with_one_more(found), np.inf)
            other = int(costs.argmin())
            if costs[other] < best[0]:
                best = float(costs[other]), place, other
            found[place] += 1
        if best[1] < 0:
            return found, steps
        cost, place, other = best
        found[place] -= 1
        found[other] += 1
        steps += 1
