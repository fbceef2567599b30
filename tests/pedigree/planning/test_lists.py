"""Plans by lists, and that no list is better than the plan."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.plans import PROBLEMS, books
from pedigree import (
    PlanProblem,
    dynamic_mean_kinship_list,
    dynamic_plan,
    known_fraction,
    plan_value,
    rank_pairs,
    ranked_plan,
    solve_plan,
)
from pedigree.cli import pairsfile
from tests.pedigree import lacy
from tests.pedigree.planning.problems import mean_kinship, plans, population, problem_of
from tests.pedigree.strategies import chosen, pedigrees


def every_pair(records, living, wanted: int, **given: object) -> PlanProblem:
    base = population(records, living)
    pairs = pairsfile.every_pair(base)
    return PlanProblem(base, pairs.sires, pairs.dams, wanted, **given)


@settings(max_examples=50, deadline=None)
@given(pedigrees(most=8), st.integers(0, 4), st.sampled_from((None, 1, 2)), st.data())
def test_dynamic_plan__is_the_dynamic_list(records, wanted, most, data) -> None:
    living = data.draw(chosen(records))
    problem = every_pair(records, living, wanted, per_pair=max(wanted, 1), per_sire=most, per_dam=most)
    listed = dynamic_mean_kinship_list(problem.population, wanted=wanted, per_sire=most, per_dam=most)
    expected = Counter((choice.sire, choice.dam) for choice in listed)
    found = dict(zip(zip(problem.sires, problem.dams, strict=True), dynamic_plan(problem), strict=True))
    assert {pair: number for pair, number in found.items() if number} == expected


def test_ranked_plan__walks_down_the_ranked_pairs() -> None:
    problem = every_pair(lacy.RECORDS, list(lacy.LIVING), 3)
    base = problem.population
    table = rank_pairs(base.pedigree, base.kinship, base.living, known_fraction(base.pedigree))
    first = {(table.pair(place).sire, table.pair(place).dam) for place in range(3)}
    found = ranked_plan(problem)
    places = zip(problem.sires, problem.dams, strict=True)
    assert {pair for pair, number in zip(places, found, strict=True) if number} == first
    # Walked once more while litters are wanted and pairs may have several.
    assert sorted(ranked_plan(every_pair(lacy.RECORDS, list(lacy.LIVING), 5, per_pair=2))) == [1, 1, 1, 2]
    assert sum(ranked_plan(every_pair(lacy.RECORDS, list(lacy.LIVING), 5, per_dam=1))) == 2


@settings(max_examples=25, deadline=None)
@given(pedigrees(most=8), st.integers(0, 10**6), st.data())
def test_lists__keep_the_limits_and_are_no_better_than_the_plan(records, code, data) -> None:
    problem = problem_of(records, data.draw(chosen(records)), code, chances=False)
    if problem is None:
        return
    every = set(plans(problem))
    for listed in (ranked_plan(problem), dynamic_plan(problem)):
        if sum(listed) == problem.wanted and set(problem.required) <= {p for p, n in enumerate(listed) if n}:
            assert listed in every or not every
            if listed in every and not problem.cost_per_km:
                best = solve_plan(problem)
                assert mean_kinship(problem, listed) >= best.mean_kinship - 1e-7
                assert best.gene_diversity <= best.bound


@pytest.mark.slow
@pytest.mark.parametrize("limits", PROBLEMS)
def test_solve_plan__keeps_no_less_than_the_lists_on_real_pedigrees(limits: str) -> None:
    # Of few litters a list may find the best as well: the plan must be better somewhere, on the demonstration alone too.
    better = 0
    for (_, base), wanted in product(books(), (5, 15)):
        problem = PROBLEMS[limits](base, wanted)
        solution = solve_plan(problem, effort=60_000)
        for listed in (ranked_plan(problem), dynamic_plan(problem)):
            if sum(listed) == wanted:
                assert solution.gene_diversity >= plan_value(problem, listed) - 1e-12
                assert solution.bound >= solution.gene_diversity
                better += solution.gene_diversity > plan_value(problem, listed) + 1e-9
    assert better
