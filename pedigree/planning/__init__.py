"""The breeding plan that keeps most gene diversity within the limits, and how much better any other could be."""

from pedigree.planning.costs import LimitCost, limit_costs, plan_value
from pedigree.planning.limits import Limit, limits_of
from pedigree.planning.lists import dynamic_plan, ranked_plan
from pedigree.planning.problem import GroupLimit, PlanProblem
from pedigree.planning.solution import Solution, Steps
from pedigree.planning.solving import solve_plan

__all__ = [
    "GroupLimit",
    "Limit",
    "LimitCost",
    "PlanProblem",
    "Solution",
    "Steps",
    "dynamic_plan",
    "limit_costs",
    "limits_of",
    "plan_value",
    "ranked_plan",
    "solve_plan",
]
