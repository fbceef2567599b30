"""What each limit of a plan costs, and what a choice of one's own does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pedigree.errors import PlanError
from pedigree.planning.limits import Limit, limits_of, without_limit
from pedigree.planning.objective import Litters, Objective
from pedigree.planning.problem import PlanProblem
from pedigree.planning.room import Room
from pedigree.planning.search import EFFORT
from pedigree.planning.solution import Solution
from pedigree.planning.solving import solve_plan


@dataclass(frozen=True, slots=True)
class LimitCost:
    """The best plan without one limit: the gene diversity it keeps, and how much more that is."""

    limit: Limit
    gene_diversity_without: float
    cost: float
    gap: float
    """By how much the cost could be higher at most: the gap of the plan without the limit."""

    @property
    def name(self) -> str:
        """The limit in words."""
        return self.limit.name


@dataclass(frozen=True, slots=True)
class ChoiceValue:
    """The gene diversity of a choice of one's own, how much more it is than the plan's (below 0: less), and why."""

    gene_diversity: float
    difference: float
    only_chosen: tuple[int, ...]
    only_planned: tuple[int, ...]
    broken: tuple[str, ...]
    """The limits the choice does not keep, in words."""


def plan_value(problem: PlanProblem, litters: Sequence[int]) -> float:
    return 1 - Objective(problem).mean_kinship(_counted(problem, litters))


def limit_costs(
    problem: PlanProblem,
    solution: Solution,
    *,
    limits: Sequence[Limit] | None = None,
    effort: int = EFFORT,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[LimitCost, ...]:
    asked = limits_of(problem) if limits is None else tuple(limits)
    found = []
    for done, limit in enumerate(asked, start=1):
        freer = without_limit(problem, limit)
        other = solve_plan(freer, start=solution.litters, effort=effort)
        cost = max(0.0, other.gene_diversity - solution.gene_diversity)
        found.append(LimitCost(limit, other.gene_diversity, cost, other.gap))
        if progress is not None:
            progress(done, len(asked))
    return tuple(found)


def value_of_choice(problem: PlanProblem, solution: Solution, litters: Sequence[int]) -> ChoiceValue:
    counted = _counted(problem, litters)
    value = plan_value(problem, litters)
    planned = np.array(solution.litters, dtype=np.int64)
    return ChoiceValue(
        value,
        value - solution.gene_diversity,
        tuple(np.flatnonzero(counted > planned).tolist()),
        tuple(np.flatnonzero(planned > counted).tolist()),
        Room(problem, Objective(problem)).broken(counted),
    )


def _counted(problem: PlanProblem, litters: Sequence[int]) -> Litters:
    if len(litters) != len(problem) or any(each < 0 or each != int(each) for each in litters):
        raise PlanError(
            f"A choice gives the litters of each of the {len(problem)} pairs, in whole numbers from 0 up. Correct it."
        )
    return np.array(litters, dtype=np.int64)
