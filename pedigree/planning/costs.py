"""What each limit of a plan costs, and what any choice of litters keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pedigree.errors import PlanError
from pedigree.planning.limits import Limit, limits_of, without_limit
from pedigree.planning.objective import Litters, Objective
from pedigree.planning.problem import PlanProblem
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


def plan_value(problem: PlanProblem, litters: Sequence[int]) -> float:
    """Return the gene diversity that any choice of litters keeps, whether it keeps the limits or not.

    Parameters
    ----------
    problem :       The problem, for its pairs, the young of a litter and the chances.
    litters :       Litters of each of its pairs.

    Returns
    -------
    Gene diversity, expected where litters have chances.

    Raises
    ------
    PlanError
        The litters are not one whole number from 0 up for each pair.

    Notes
    -----
    Time n_pairs, after the kinships among the candidates are taken.

    References
    ----------
    J. D. Ballou and R. C. Lacy (1995), as for `kinship.mean_kinship`; the sums follow by algebra.

    Examples
    --------
    Four founders and two unrelated young of theirs: kinships add up to 2 + 2 x (1/2 + 4 x 1/4), of 36.

    >>> from pedigree.planning.problem import example
    >>> round(plan_value(example(wanted=2), (1, 0, 0, 1)), 6) == round(1 - 5 / 36, 6)
    True
    """
    return 1 - Objective(problem).mean_kinship(_counted(problem, litters))


def limit_costs(
    problem: PlanProblem,
    solution: Solution,
    *,
    limits: Sequence[Limit] | None = None,
    effort: int = EFFORT,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[LimitCost, ...]:
    """Return what each limit costs: the best plan of as many litters is sought once more without it, all others kept.

    Parameters
    ----------
    problem, solution :     The problem, and the plan it was given.
    limits :                Those asked about; every limit of the problem if not given.
    effort :                The work allowed for each, as for `solve_plan`.
    progress :              Called after each limit with how many are done, and of how many.

    Returns
    -------
    A cost for each limit, in gene diversity, from 0 up.

    Notes
    -----
    Time as `solve_plan` for each limit; little where the limit costs nothing.

    References
    ----------
    The cost of a constraint in whole numbers is a difference of two optima: G. L. Nemhauser and L. A. Wolsey (1988),
    Integer and Combinatorial Optimization.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from pedigree.planning.problem import example
    >>> from pedigree.planning.solving import solve_plan
    >>> problem = replace(example(wanted=2), required=(0,), per_sire=2)
    >>> [(each.name, each.cost) for each in limit_costs(problem, solve_plan(problem))]
    [('litters of one sire: 2', 0.0), ('required pair A x C', 0.0)]
    """
    asked = limits_of(problem) if limits is None else tuple(limits)
    # More litters would fit without a limit where fewer than wanted do with it: what they bring is not its cost.
    litters, found = sum(solution.litters), []
    for done, limit in enumerate(asked, start=1):
        freer = replace(without_limit(problem, limit), wanted=litters)
        other = solve_plan(freer, start=solution.litters, effort=effort)
        cost = max(0.0, other.gene_diversity - solution.gene_diversity)
        found.append(LimitCost(limit, other.gene_diversity, cost, other.gap))
        if progress is not None:
            progress(done, len(asked))
    return tuple(found)


def _counted(problem: PlanProblem, litters: Sequence[int]) -> Litters:
    if len(litters) != len(problem) or any(each < 0 or each != int(each) for each in litters):
        raise PlanError(
            f"A choice gives the litters of each of the {len(problem)} pairs, in whole numbers from 0 up. Correct it."
        )
    return np.array(litters, dtype=np.int64)
