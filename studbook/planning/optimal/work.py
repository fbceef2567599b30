"""What a worker does for an optimal plan: it solves and compares, then it solves again without each limit."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any, Final

from pedigree.errors import NumericalError, PlanError
from pedigree.planning import (
    PlanProblem,
    Solution,
    dynamic_plan,
    limit_costs,
    plan_value,
    ranked_plan,
    solve_plan,
)
from studbook.core.jobs.kinds import Finished, JobError, Kind, Part, Stop
from studbook.planning.optimal.keeping import Asked, OtherModelError, from_bytes

KIND: Final = "optimal plan"
SOLVED, COSTS = 0, 1
PARTS: Final = 2


def work(data: bytes, parts: Sequence[Part], stop: Stop) -> Iterator[Finished]:
    """Yield what was found, then what each limit costs; each is JSON."""
    try:
        asked = from_bytes(data)
        begun = perf_counter()
        solution = solve_plan(asked.problem)
        seconds = perf_counter() - begun
        wanted = {first for first, _ in parts}
        if SOLVED in wanted:
            yield (SOLVED, 1), _bytes(_found(asked, solution, seconds))
        if COSTS in wanted and not stop():
            yield (COSTS, 1), _bytes(_costs(asked.problem, solution))
    except (PlanError, NumericalError, OtherModelError) as refusal:
        raise JobError(str(refusal)) from refusal


def _found(asked: Asked, solution: Solution, seconds: float) -> dict[str, Any]:
    problem = asked.problem
    figures = problem.population.figures
    return {
        "now": figures.gene_diversity,
        "living": figures.living,
        "plan": {
            **_kept(asked, solution.litters),
            "gd": solution.gene_diversity,
            "bound": solution.bound,
            "gap": solution.gap,
            "proven": solution.proven,
            "seconds": seconds,
        },
        "ranked": _kept(asked, ranked_plan(problem)),
        "dynamic": _kept(asked, dynamic_plan(problem)),
        "own": _own(asked, solution),
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
    """Return what the coordinator's own pairs keep, and beside it the best plan of as many litters."""
    if not asked.own:
        return None
    problem, total = asked.problem, sum(asked.own.values())
    own = _kept(asked, [asked.own.get(place, 0) for place in range(len(problem))])
    best: dict[str, Any] = {"best_gd": None, "best_bound": None}
    if total == sum(solution.litters):
        best = {"best_gd": solution.gene_diversity, "best_bound": solution.bound}
    else:
        try:
            beside = solve_plan(replace(problem, wanted=total, at_most=False))
        except PlanError:
            # The limits allow no plan of so many litters; the own one does not keep them either.
            return own | best
        best = {"best_gd": beside.gene_diversity, "best_bound": beside.bound}
    return own | best


def _costs(problem: PlanProblem, solution: Solution) -> list[dict[str, Any]]:
    return [
        {"name": each.name, "gd": each.gene_diversity_without, "cost": each.cost}
        for each in limit_costs(problem, solution)
    ]


def _bytes(told: Any) -> bytes:
    return json.dumps(told).encode()


OPTIMAL = Kind(KIND, work)
