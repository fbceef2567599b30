"""The plan is the best there is: compared with every plan of small problems."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import (
    MALE,
    WILD,
    Pedigree,
    PlanError,
    PlanProblem,
    Population,
    Record,
    gene_diversity,
    kinship_matrix,
    plan_value,
    solve_plan,
)
from tests.pedigree import lacy
from tests.pedigree.planning.problems import cost, mean_kinship, plans, population, problem_of
from tests.pedigree.strategies import chosen, pedigrees

FEW = settings(max_examples=25, deadline=None)
CODES = st.integers(0, 10**6)


def check(problem: PlanProblem) -> None:
    every = list(plans(problem))
    if not every:
        with pytest.raises(PlanError, match=r"fit|required"):
            solve_plan(problem)
        return
    least = min(cost(problem, litters) for litters in every)
    solution = solve_plan(problem)
    assert solution.litters in every
    assert cost(problem, solution.litters) == pytest.approx(least, abs=1e-7)
    assert 1 - solution.bound <= least + 1e-12
    assert solution.proven
    assert 0 <= solution.gap <= 1e-7
    assert solution.objective == pytest.approx(1 - cost(problem, solution.litters), abs=1e-12)


@pytest.mark.slow
@FEW
@given(pedigrees(most=8), CODES, st.data())
def test_solve_plan__finds_the_best_of_all_plans(records, code, data) -> None:
    problem = problem_of(records, data.draw(chosen(records)), code, chances=False)
    if problem is not None:
        check(problem)


@pytest.mark.slow
@FEW
@given(pedigrees(most=8), CODES, st.data())
def test_solve_plan__finds_the_best_of_all_plans_with_chances(records, code, data) -> None:
    problem = problem_of(records, data.draw(chosen(records)), code, chances=True)
    if problem is not None:
        check(problem)


@settings(max_examples=60, deadline=None)
@given(pedigrees(most=9), CODES, st.booleans(), st.data())
def test_plan_value__equals_the_pedigree_with_the_young_written_in(records, code, chances, data) -> None:
    problem = problem_of(records, data.draw(chosen(records)), code, chances=chances)
    if problem is not None:
        litters = tuple(data.draw(st.integers(0, 2)) for _ in range(len(problem)))
        expected = 1 - mean_kinship(problem, litters)
        assert plan_value(problem, litters) == pytest.approx(expected, abs=1e-12)


def test_plan_value__equals_a_new_pedigree() -> None:
    base = population(lacy.RECORDS, list(lacy.LIVING))
    problem = PlanProblem(base, ("C", "D"), ("F", "G"), 2, litter=2)
    young = [
        Record(f"y{i}", *pair) for i, pair in enumerate([("C", "F"), ("C", "F"), ("D", "G"), ("D", "G")])
    ]
    pedigree = Pedigree.from_records([*lacy.RECORDS, *young])
    everyone = pedigree.mask([*lacy.LIVING, *(each.id for each in young)])
    expected = gene_diversity(kinship_matrix(pedigree), everyone)
    assert plan_value(problem, (1, 1)) == pytest.approx(expected, abs=1e-12)


def test_solve_plan__is_the_worked_example_t2() -> None:
    base = population(lacy.RECORDS, list(lacy.LIVING))
    males, females = ("C", "C", "D", "D"), ("F", "G", "F", "G")
    one = solve_plan(PlanProblem(base, males, females, 1))
    assert one.gene_diversity == pytest.approx(0.7125, abs=1e-12)
    assert one.chosen in ((0,), (1,))
    two = solve_plan(PlanProblem(base, males, females, 2, per_sire=1))
    assert two.mean_kinship == pytest.approx(10.625 / 36, abs=1e-12)


def test_solve_plan__pairs_the_same_parents_so_that_their_young_are_least_inbred() -> None:
    founders = [Record(each, WILD, WILD, 1 + (each > "b")) for each in "abcd"]
    young = [
        Record("s", "a", "c", MALE),
        Record("t", "b", "d", MALE),
        Record("u", "a", "c", 2),
        Record("v", "b", "d", 2),
    ]
    base = population([*founders, *young], ["s", "t", "u", "v"])
    every = PlanProblem(base, ("s", "s", "t", "t"), ("u", "v", "u", "v"), 2, per_sire=1, per_dam=1)
    assert solve_plan(every).litters == (0, 1, 1, 0)
    assert solve_plan(every).mean_inbreeding == 0


def test_solve_plan__does_not_depend_on_when_it_is_asked_or_on_the_order_of_the_pairs() -> None:
    base = population(lacy.RECORDS, list(lacy.LIVING))
    pairs = [(sire, dam) for sire in "ACD" for dam in "BFG" if sire + dam != "AB"]
    found = []
    for order in (pairs, pairs[::-1]):
        sires, dams = zip(*order, strict=True)
        problem = PlanProblem(base, sires, dams, 4, per_pair=2, per_sire=2, per_dam=2)
        first, second = solve_plan(problem), solve_plan(problem)
        assert first == second
        found.append(first)
    assert found[0].gene_diversity == pytest.approx(found[1].gene_diversity, abs=1e-12)


def test_solve_plan__takes_dead_donors_and_young_of_a_basket() -> None:
    base = population(lacy.RECORDS, list(lacy.LIVING)).with_offspring("C", "F", names=["y"], sex=2)
    solution = solve_plan(PlanProblem(base, ("A", "C"), ("y", "y"), 1))
    assert solution.gene_diversity == pytest.approx(
        base.with_offspring("A", "y").figures.gene_diversity, abs=1e-12
    )


def test_solve_plan__of_identical_twins_and_of_nobody_living() -> None:
    records = [Record("1", sex=1), Record("2", sex=1, twin_of="1"), Record("3", sex=2), Record("4", sex=2)]
    base = population(records, ["1"]).without("1")
    solution = solve_plan(PlanProblem(base, ("1", "2", "2"), ("3", "3", "4"), 2))
    assert solution.proven
    assert isinstance(base, Population)
    assert solution.chosen in ((0, 2), (1, 2))


@pytest.mark.parametrize(
    "given",
    [{"wanted": 0}, {"wanted": 1, "chance": (0.5, 0.0)}, {"wanted": 1, "per_sire": 0, "at_most": True}],
)
def test_solve_plan__refuses_where_nobody_may_be_there(given: dict[str, object]) -> None:
    base = population(lacy.RECORDS, [])
    with pytest.raises(PlanError, match="Nobody is living"):
        solve_plan(PlanProblem(base, ("C", "D"), ("F", "F"), **given))
    with pytest.raises(PlanError, match="Nobody is living"):
        solve_plan(PlanProblem(base, (), (), 0))


def test_solve_plan__of_no_litters_changes_nothing() -> None:
    base = population(lacy.RECORDS, list(lacy.LIVING))
    for problem in (PlanProblem(base, ("C",), ("F",), 0), PlanProblem(base, (), (), 0)):
        assert solve_plan(problem).gene_diversity == pytest.approx(base.figures.gene_diversity, abs=1e-15)


def test_solve_plan__tells_the_gap_when_the_work_allowed_is_used_up() -> None:
    founders = [Record(f"{i:02}", WILD, WILD, 1 + i % 2) for i in range(6)]
    young = [
        Record(f"y{i}", f"{(i * 2) % 6:02}", f"{(i * i + 1) % 3 * 2 + 1:02}", 1 + i % 2) for i in range(12)
    ]
    base = population([*founders, *young], [each.id for each in young])
    males, females = [each.id for each in young[::2]], [each.id for each in young[1::2]]
    sires, dams = zip(*[(sire, dam) for sire in males for dam in females], strict=True)
    problem = PlanProblem(base, sires, dams, 7, per_sire=3, per_dam=2)
    little, much = solve_plan(problem, effort=1), solve_plan(problem)
    assert much.proven
    assert little.bound >= much.gene_diversity - 1e-12
    assert little.gap >= 0
    assert little.proven == (little.gap <= 1e-7)
