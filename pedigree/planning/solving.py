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
    """Return the plan that keeps most gene diversity within the limits."""
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
