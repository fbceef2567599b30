"""Limits that count a pair once, however many litters it has: whoever moves, the pair itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import GroupLimit, PlanError, PlanProblem, dynamic_plan, limit_costs, solve_plan
from pedigree.planning.objective import Objective
from pedigree.planning.room import Room
from tests.pedigree import lacy
from tests.pedigree.planning.problems import keeps, population, problem_of
from tests.pedigree.strategies import chosen, pedigrees

CODES = st.integers(0, 10**6)


@pytest.fixture
def problem() -> PlanProblem:
    base = population(lacy.RECORDS, list(lacy.LIVING))
    return PlanProblem(base, ("C", "C", "D", "D"), ("F", "G", "F", "G"), 2)


def test_solve_plan__counts_once_what_a_pair_takes_however_many_litters(problem: PlanProblem) -> None:
    # One space for whoever comes and one for each young: two litters of a pair take 3, one litter each of two pairs 4.
    spaces = GroupLimit("spaces", (0, 1, 2, 3), 3, (1.0,) * 4, (1.0,) * 4)
    taking = replace(problem, per_pair=2, groups=(spaces,))
    assert max(solve_plan(taking).litters) == 2
    assert sum(dynamic_plan(taking)) == 2
    with pytest.raises(PlanError, match=r"At most 1 litter fits .*“spaces: 2”"):
        solve_plan(replace(taking, groups=(replace(spaces, most=2),)))
    pairs = GroupLimit("breeding pairs", (0, 1, 2, 3), 1, (0.0,) * 4, (1.0,) * 4)
    assert sorted(solve_plan(replace(taking, wanted=3, per_pair=3, groups=(pairs,))).litters) == [0, 0, 0, 3]
    (free,) = (each for each in limit_costs(taking, solve_plan(taking)) if each.limit.name == "spaces: 3")
    best = solve_plan(replace(taking, groups=()))
    assert free.gene_diversity_without == pytest.approx(best.gene_diversity, abs=1e-9)


def weighed(problem: PlanProblem, draw: st.DataObject) -> list[tuple[float, ...]]:
    return [tuple(float(draw.draw(st.integers(0, 2))) for _ in problem.sires) for _ in range(2)]


@settings(max_examples=60, deadline=None)
@given(pedigrees(most=8), CODES, st.data())
def test_room__opens_a_pair_where_one_litter_more_keeps_every_limit(records, code, data) -> None:
    drawn = problem_of(records, data.draw(chosen(records)), code, chances=False)
    if drawn is None:
        return
    group = GroupLimit("zoo", tuple(range(len(drawn))), data.draw(st.integers(0, 6)), *weighed(drawn, data))
    given = replace(drawn, per_pair=3, groups=(*drawn.groups, group))
    room = Room(given, Objective(given))
    litters = np.array([data.draw(st.integers(0, 3)) for _ in range(len(given))])
    assert room.keeps(litters) == keeps(given, tuple(litters.tolist()))
    if room.keeps(litters):
        more = litters + np.eye(len(litters), dtype=np.int64)
        assert room.open(litters).tolist() == [keeps(given, tuple(each)) for each in more.tolist()]


def told(problem: PlanProblem) -> str:
    try:
        return repr(replace(solve_plan(problem), seconds=0.0))
    except PlanError as refusal:
        # What helps may differ: with several litters a pair the two problems are not the same.
        return str(refusal).split(". ", maxsplit=1)[0]


@settings(max_examples=15, deadline=None)
@given(pedigrees(most=8), CODES, st.data())
def test_solve_plan__of_one_litter_a_pair_does_not_tell_litters_from_pairs(records, code, data) -> None:
    drawn = problem_of(records, data.draw(chosen(records)), code, chances=False)
    if drawn is None:
        return
    places, halves = tuple(range(len(drawn))), weighed(drawn, data)
    both = tuple(map(sum, zip(*halves, strict=True)))
    apart, together = (
        replace(drawn, per_pair=1, groups=(GroupLimit("zoo", places, 3, *weights),))
        for weights in (halves, (both,))
    )
    assert told(apart) == told(together)
