"""Plans as lists make them: what a plan made at once is compared to, and begins with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pedigree.mating import TIE
from pedigree.planning.objective import Litters, Objective, Values
from pedigree.planning.problem import PlanProblem
from pedigree.planning.room import Room


def ranked_plan(problem: PlanProblem) -> tuple[int, ...]:
    """Return the litters of each pair by one ranked list: from its top down, every pair that the limits still allow.

    The list is ranked once, by the gene diversity after one litter of each pair, then by F, then by the ids of
    sire and dam as text. It is walked again while litters are wanted and pairs may have several.

    Parameters
    ----------
    problem :       The problem; chances and the cost of kilometres are no matter of a list.

    Returns
    -------
    Litters of each pair; fewer than wanted in all where the list ends before.

    Notes
    -----
    Time wanted x n_pairs.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995), as for `mating.rank_pairs`.

    Examples
    --------
    >>> from pedigree.planning.problem import example
    >>> ranked_plan(example(wanted=2))
    (1, 1, 0, 0)
    """
    objective, room, litters = _begun(problem)
    order = _by_value(objective.costs_with_one_more(np.zeros_like(litters)), objective)
    while (before := int(litters.sum())) < problem.wanted:
        free = room.open(litters)
        for place in order:
            if free[place] and litters.sum() < problem.wanted:
                litters[place] += 1
                free = room.open(litters)
        if litters.sum() == before:
            break
    return tuple(litters.tolist())


def dynamic_plan(problem: PlanProblem) -> tuple[int, ...]:
    """Return the litters of each pair by the dynamic list: one litter after the other, kinships anew after each.

    Parameters
    ----------
    problem :       The problem; chances and the cost of kilometres are no matter of a list.

    Returns
    -------
    Litters of each pair; fewer than wanted in all where the limits leave none before.

    Notes
    -----
    Time wanted x n_pairs.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995), as for `dynamic.dynamic_mean_kinship_list`, whose order this is.

    Examples
    --------
    >>> from pedigree.planning.problem import example
    >>> dynamic_plan(example(wanted=2))
    (1, 0, 0, 1)
    """
    objective, room, litters = _begun(problem)
    grow(objective, room, litters)
    return tuple(litters.tolist())


def grow(objective: Objective, room: Room, litters: Litters) -> None:
    """Add to a plan, in place, the litter that costs least, again and again, until it is full or nothing is free."""
    while litters.sum() < room.wanted and (free := room.open(litters)).any():
        costs = np.where(free, objective.costs_with_one_more(litters), np.inf)
        ties = np.flatnonzero(costs <= costs.min() + TIE)
        litters[min(ties.tolist(), key=lambda place: _rank(place, objective))] += 1


def _begun(problem: PlanProblem) -> tuple[Objective, Room, Litters]:
    objective = Objective(replace(problem, chance=None, cost_per_km=0.0))
    room = Room(problem, objective)
    return objective, room, room.least.copy()


def _rank(place: int, objective: Objective) -> tuple[float, str, str]:
    problem = objective.problem
    return round(float(objective.f_offspring[place]), 12), problem.sires[place], problem.dams[place]


def _by_value(costs: Values, objective: Objective) -> list[int]:
    return sorted(
        range(len(costs)), key=lambda place: (round(float(costs[place]), 12), *_rank(place, objective))
    )
