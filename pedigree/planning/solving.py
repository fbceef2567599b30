"""The breeding plan that keeps most gene diversity."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Final

import numpy as np

from pedigree.planning.problem import PlanProblem
from pedigree.planning.search import CLOSE, EFFORT, Search
from pedigree.planning.solution import Solution, Steps

TOLERANCE: Final = 1e-7
"""A gap, in mean kinship, that does not count."""


def solve_plan(problem: PlanProblem, *, start: Sequence[int] | None = None, effort: int = EFFORT) -> Solution:
    """Return the plan that keeps most gene diversity within the limits, and how much better any other could be.

    Of plans in which every animal breeds as often, it is the one whose young have the least mean F. The same problem
    gives the same plan: the work allowed is counted, not timed.

    Parameters
    ----------
    problem :       The pairs, the litters wanted, and the limits.
    start :         A plan to begin with, where one is known; it is left aside where it does not keep the limits.
    effort :        The work allowed: pairs in linear problems, each problem counting a thousand more. When it is used up
                    the gap is what is left.

    Returns
    -------
    Litters of each pair, the gene diversity kept, a bound that no plan exceeds, and the gap between the two.

    Raises
    ------
    PlanError
        No plan keeps the limits: the message names them. Or nobody lives, and a plan may bring no young.

    Notes
    -----
    A convex quadratic problem in whole numbers, by branch and bound on linear problems (HiGHS, through scipy) with
    tangents. Time grows with the pairs and, where no plan is much better than the next, with the litters wanted:
    seconds for 15,000 pairs.

    References
    ----------
    M. A. Duran and I. E. Grossmann (1986), Mathematical Programming 36: outer approximation; A. Frangioni and
    C. Gentile (2006), Mathematical Programming 106: squares of whole numbers; W. Dinkelbach (1967), Management
    Science 13: the ratio; T. H. E. Meuwissen (1997), Journal of Animal Science 75: optimum contributions.

    Examples
    --------
    >>> from pedigree.planning.problem import example
    >>> solution = solve_plan(example(wanted=2))
    >>> sum(solution.litters), round(solution.mean_kinship, 6) == round(5 / 36, 6), solution.proven
    (2, True, True)
    """
    begun = perf_counter()
    search = Search(problem, effort=effort)
    search.begin(None if start is None else np.array(start, dtype=np.int64))
    relaxation = search.close()
    objective, litters = search.objective, search.litters
    low = min(search.low, search.cost - CLOSE)
    mean, way = objective.mean_kinship(litters), objective.way(litters)
    young, used = float(objective.young @ litters), litters > 0
    inbred = float(objective.f_offspring @ (objective.young * litters)) / young if young else float("nan")
    work = search.work
    return Solution(
        litters=tuple(litters.tolist()),
        gene_diversity=1 - mean,
        mean_kinship=mean,
        mean_inbreeding=inbred,
        objective=1 - mean - way,
        bound=1 - low,
        proven=bool(search.cost - low <= TOLERANCE),
        expected_young=young,
        km=float(np.array(problem.distance_km) @ used) if problem.distance_km else 0.0,
        moves=int(np.array(problem.moves) @ used) if problem.moves else 0,
        steps=Steps(work.relaxations, work.parts, len(relaxation.cuts), work.exchanges),
        seconds=perf_counter() - begun,
    )
