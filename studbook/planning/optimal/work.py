"""What a worker does for an optimal plan: it solves, sets what is chosen already beside it, and solves again without each limit."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any, Final

from pedigree.errors import NumericalError, PlanError
from pedigree.planning import (
    Limit,
    PlanProblem,
    Solution,
    dynamic_plan,
    limit_costs,
    limits_of,
    plan_value,
    ranked_plan,
    solve_plan,
)
from studbook.core.jobs.kinds import Finished, JobError, Kind, Part, Stop
from studbook.planning.optimal.keeping import MODEL, Asked, OtherModelError, from_bytes

KIND: Final = "optimal plan"
FOUND, OWN, FIRST_COST = 0, 1, 2
MOST_COSTS: Final = 40
EFFORT: Final = 80_000
"""A few seconds' work where 250 live; more of it narrows the gap little, and the plan hardly changes."""
EFFORT_OF_COST: Final = 40_000
"""Less work than for the plan itself: what it leaves open is told with the cost."""


def costed(problem: PlanProblem) -> tuple[Limit, ...]:
    """Return the limits whose cost is reckoned."""
    return limits_of(problem)[:MOST_COSTS]


def parts_of(problem: PlanProblem) -> int:
    """Return of how many steps the work on a problem is."""
    return FIRST_COST + len(costed(problem))


def work(data: bytes, parts: Sequence[Part], stop: Stop) -> Iterator[Finished]:
    """Yield what was found, what the coordinator's own pairs are worth, and what each limit costs; each is JSON."""
    try:
        asked = from_bytes(data)
        begun = perf_counter()
        solution = solve_plan(asked.problem, effort=EFFORT)
        seconds, limits = perf_counter() - begun, costed(asked.problem)
        for first, length in parts:
            if stop():
                return
            if first == FOUND:
                told: dict[str, Any] | None = _found(asked, solution, seconds)
            elif first == OWN:
                told = _own(asked, solution)
            else:
                told = _cost(asked.problem, solution, limits[first - FIRST_COST])
            yield (first, length), json.dumps(told).encode()
    except (PlanError, NumericalError, OtherModelError) as refusal:
        raise JobError(str(refusal)) from refusal


def _found(asked: Asked, solution: Solution, seconds: float) -> dict[str, Any]:
    problem = asked.problem
    figures = problem.population.figures
    return {
        "model": MODEL,
        "now": figures.gene_diversity,
        "living": figures.living,
        "plan": {
            **_kept(asked, solution.litters),
            "objective": solution.objective,
            "bound": solution.bound,
            "gap": solution.gap,
            "proven": solution.proven,
            "seconds": seconds,
            "inbreeding": solution.mean_inbreeding if solution.chosen else None,
            "young": solution.expected_young,
        },
        "ranked": _kept(asked, ranked_plan(problem)),
        "dynamic": _kept(asked, dynamic_plan(problem)),
    }


def _kept(asked: Asked, litters: Sequence[int]) -> dict[str, Any]:
    problem = asked.problem
    rows = [
        {**asked.rows[place], "litters": count, "chance": problem.chance[place] if problem.chance else None}
        for place, count in enumerate(litters)
        if count
    ]
    return {
        "gd": plan_value(problem, tuple(litters)) if rows else None,
        "litters": int(sum(litters)),
        "rows": rows,
    }


def _own(asked: Asked, solution: Solution) -> dict[str, Any] | None:
    """Return what the pairs chosen already keep, and beside it the best plan of as many litters."""
    if not asked.own:
        return None
    problem, total = asked.problem, sum(asked.own.values())
    own = _kept(asked, [asked.own.get(place, 0) for place in range(len(problem))])
    if total == sum(solution.litters):
        return own | {"best_gd": solution.gene_diversity}
    try:
        # Without the pairs that must be: what is chosen already owes them nothing.
        beside = solve_plan(replace(problem, wanted=total, at_most=False, required=()), effort=EFFORT)
    except PlanError:
        return own | {"best_gd": None}
    return own | {"best_gd": beside.gene_diversity}


def _cost(problem: PlanProblem, solution: Solution, limit: Limit) -> dict[str, Any]:
    (found,) = limit_costs(problem, solution, limits=[limit], effort=EFFORT_OF_COST)
    return {"name": limit.name, "gd": found.gene_diversity_without, "cost": found.cost, "gap": found.gap}


OPTIMAL = Kind(KIND, work)
