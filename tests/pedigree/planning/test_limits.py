"""Limits are kept, told, and refused where they cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import (
    GroupLimit,
    PlanError,
    PlanProblem,
    UnknownAnimalError,
    limit_costs,
    limits_of,
    plan_value,
    solve_plan,
)
from pedigree.planning.limits import without_limit
from pedigree.planning.objective import Objective
from pedigree.planning.refusing import most_litters, no_more_than
from pedigree.planning.room import Room
from tests.pedigree import lacy
from tests.pedigree.planning.problems import population, problem_of
from tests.pedigree.strategies import chosen, pedigrees

PAIRS = (("C", "F"), ("C", "G"), ("D", "F"), ("D", "G"))


@pytest.fixture
def problem() -> PlanProblem:
    sires, dams = zip(*PAIRS, strict=True)
    return PlanProblem(population(lacy.RECORDS, list(lacy.LIVING)), sires, dams, 2)


FULL = {
    "per_sire": 2,
    "per_animal": {"F": 1},
    "inbreeding_limit": 0.3,
    "groups": (GroupLimit("zoo", (0, 1), 1), GroupLimit("free", (2,), None)),
    "distance_km": (10.0, 20.0, 30.0, 40.0),
    "km_most": 60.0,
    "cost_per_km": 1e-6,
    "moves": (True, False, True, False),
    "moves_most": 1,
    "required": (3,),
    "forbidden": (2,),
}


def test_limits_of__lists_every_limit_in_words(problem: PlanProblem) -> None:
    assert [limit.name for limit in limits_of(replace(problem, **FULL))] == [
        "litters of one pair: 1",
        "litters of one sire: 2",
        "inbreeding below 0.3",
        "zoo: 1",
        "kilometres: 60",
        "cost per kilometre: 1e-06",
        "transfers: 1",
        "litters of F: 1",
        "required pair D x G",
        "forbidden pair D x F",
    ]


def test_without_limit__takes_out_that_one_alone(problem: PlanProblem) -> None:
    full = replace(problem, **FULL)
    for limit in limits_of(full):
        others = [each for each in limits_of(full) if each != limit]
        assert [each.name for each in limits_of(without_limit(full, limit))] == [each.name for each in others]


def test_per_animal__stands_in_the_place_of_the_number_for_all(problem: PlanProblem) -> None:
    fewer = replace(problem, wanted=3, per_pair=2, per_sire=2, per_animal={"C": 1})
    assert [sum(solve_plan(fewer).litters[at] for at in places) for places in ((0, 1), (2, 3))] == [1, 2]
    more = replace(problem, wanted=4, per_pair=2, per_sire=1, per_animal={"C": 3})
    assert [sum(solve_plan(more).litters[at] for at in places) for places in ((0, 1), (2, 3))] == [3, 1]
    # As sire of the one and dam of the other, one animal has both.
    both = replace(problem, sires=("C", "D"), dams=("D", "C"), per_sire=5, per_animal={"D": 1}, wanted=1)
    assert sum(solve_plan(both).litters) == 1
    with pytest.raises(PlanError, match=r"At most 1 litter fits .*“litters of D: 1”"):
        solve_plan(replace(both, wanted=2))


def test_without_limit__of_one_animal_leaves_it_as_free_as_the_others_at_least(problem: PlanProblem) -> None:
    limited = replace(problem, wanted=5, per_pair=3, per_sire=2, per_animal={"C": 3, "D": 1, "F": 4, "G": 5})
    freed = {limit.animal: without_limit(limited, limit) for limit in limits_of(limited) if limit.animal}
    # 5 litters of G are as many as are wanted, which is no limit.
    assert freed.keys() == {"C", "D", "F"}
    assert {animal: freed[animal].most_of("sire", animal) for animal in "CD"} == {"C": 5, "D": 2}
    assert freed["F"].most_of("dam", "F") is None
    (usual,) = (limit for limit in limits_of(limited) if limit.kind == "per_sire")
    assert without_limit(limited, usual).per_animal == limited.per_animal


def test_limit_costs__are_differences_of_best_plans(problem: PlanProblem) -> None:
    limited = replace(problem, per_sire=1, groups=(GroupLimit("zoo", (0, 1), 1),), required=(2,))
    solution = solve_plan(limited)
    found, told = limit_costs(limited, solution, progress=lambda done, of: told_of.append((done, of))), []
    told = {each.name: each for each in found}
    assert told_of == [(done, 4) for done in range(1, 5)]
    for each in found:
        best = solve_plan(without_limit(limited, each.limit))
        assert each.gene_diversity_without == pytest.approx(best.gene_diversity, abs=1e-9)
        assert each.cost == pytest.approx(best.gene_diversity - solution.gene_diversity, abs=1e-9)
        assert each.cost >= 0
    # C is less related than D, so one litter each is dear only where C could have both.
    assert told["litters of one sire: 1"].cost == 0
    freer = replace(limited, groups=(), required=())
    costs = {each.name: each.cost for each in limit_costs(freer, solve_plan(freer))}
    assert costs["litters of one sire: 1"] == pytest.approx(0.25 / 36, abs=1e-9)


def test_limit_costs__compare_plans_of_as_many_litters(problem: PlanProblem) -> None:
    limited = replace(problem, wanted=4, per_pair=2, per_sire=1, at_most=True)
    solution = solve_plan(limited)
    assert sum(solution.litters) == 2
    (found,) = (each for each in limit_costs(limited, solution) if each.limit.kind == "per_sire")
    best = solve_plan(replace(problem, wanted=2, per_pair=2))
    assert found.gene_diversity_without == pytest.approx(best.gene_diversity, abs=1e-9)


told_of: list[tuple[int, int]] = []


def test_limit_costs__tells_those_asked_about_only(problem: PlanProblem) -> None:
    full = replace(problem, **FULL)
    asked = limits_of(full)[:2]
    assert [each.limit for each in limit_costs(full, solve_plan(full), limits=asked)] == list(asked)


@pytest.mark.parametrize("litters", [(1, 1), (1, 0, 0, -1), (0.5, 0, 0, 0)])
def test_plan_value__refuses_what_is_no_choice(problem: PlanProblem, litters) -> None:
    with pytest.raises(PlanError, match="each of the 4 pairs"):
        plan_value(problem, litters)


IMPOSSIBLE = {
    "one sire": (
        {"wanted": 3, "per_sire": 1},
        "At most 2 litters fit .* 3 are wanted. .*“litters of one sire: 1”",
    ),
    "F": (
        {"inbreeding_limit": 0.125},
        "At most 0 litters fit within these limits; 2 are wanted. .*“inbreeding below",
    ),
    "several": (
        {"wanted": 4, "per_sire": 1, "per_dam": 1},
        "No one limit stands in the way alone: 2 would fit",
    ),
    "pairs": ({"wanted": 5}, "At most 4 litters fit .*“litters of one pair: 1”"),
    "required F": (
        {"required": (2,), "inbreeding_limit": 0.2},
        "D x F: F of the young 0.25, not below 0.2. Raise",
    ),
    "required many": (
        {"wanted": 1, "required": (0, 1)},
        "2 pairs are required, but only 1 litter is wanted",
    ),
    "required none": ({"wanted": 0, "required": (0,)}, "1 pair is required, but only 0 litters are wanted"),
    "one": ({"wanted": 1, "per_sire": 0}, "At most 0 litters fit within these limits; 1 is wanted"),
    "required zoo": (
        {"required": (0, 1), "groups": (GroupLimit("zoo", (0, 1), 1),)},
        "required pairs break the limits. They would fit without any one of: “zoo: 1”",
    ),
    "required twice": (
        {"required": (0, 1), "per_sire": 1, "groups": (GroupLimit("zoo", (0, 1), 1),)},
        "They would fit without any one of: “required pair C x F”, “required pair C x G”",
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_solve_plan__names_the_limits_in_the_way(problem: PlanProblem, case: str) -> None:
    changes, sentence = IMPOSSIBLE[case]
    with pytest.raises(PlanError, match=sentence):
        solve_plan(replace(problem, **changes))


@settings(max_examples=60, deadline=None)
@given(pedigrees(most=8), st.integers(0, 10**6), st.integers(0, 9), st.data())
def test_no_more_than__bounds_the_litters_that_fit(records, code, more, data) -> None:
    drawn = problem_of(records, data.draw(chosen(records)), code, chances=False)
    if drawn is None:
        return
    wide = replace(drawn, wanted=drawn.wanted + more)
    room = Room(wide, Objective(wide))
    most = most_litters(room)
    if most is not None:
        assert int(most.sum()) <= no_more_than(room) <= wide.wanted


def test_solve_plan__accepts_fewer_litters_where_that_is_said(problem: PlanProblem) -> None:
    solution = solve_plan(replace(problem, wanted=3, per_sire=1, at_most=True))
    assert sum(solution.litters) == 2
    assert solution.proven


BAD = {
    "wanted": ({"wanted": -1}, "wanted is -1. Give a whole number from 0 up"),
    "litter": ({"litter": 0}, "litter is 0. Give a whole number from 1 up"),
    "per_pair": ({"per_pair": 1.5}, "per_pair is 1.5"),
    "per_sire": ({"per_sire": -2}, "per_sire is -2"),
    "per_dam": ({"per_dam": 0.5}, "per_dam is 0.5"),
    "per_animal": ({"per_animal": {"F": -1}}, "per_animal of F is -1"),
    "columns": ({"dams": ("F",)}, "4 sires for 1 dams"),
    "itself": ({"dams": ("C", "G", "F", "G")}, "Animal C cannot be both"),
    "twice": ({"dams": ("F", "F", "F", "G")}, "The pair C x F is given twice"),
    "inbreeding": ({"inbreeding_limit": 1.5}, "limit of inbreeding is 1.5"),
    "chance": ({"chance": (0.5, 1.5, 0, 0)}, "chance holds 1.5. Give numbers from 0 to 1"),
    "chances": ({"chance": (0.5,)}, "chance has 1 values for 4 pairs"),
    "nan": ({"distance_km": (float("nan"), 1, 1, 1)}, "distance_km holds nan"),
    "no km": ({"km_most": 10.0}, "no distances are given"),
    "no moves": ({"moves_most": 1}, "not said which pairs need one"),
    "moves": ({"moves": (True,)}, "moves has 1 values for 4 pairs"),
    "km": ({"distance_km": (1.0,) * 4, "km_most": -1.0}, "km_most is -1"),
    "group place": ({"groups": (GroupLimit("zoo", (7,), 1),)}, "“zoo” name place 7"),
    "group twice": ({"groups": (GroupLimit("zoo", (1, 1), 1),)}, "place 1 twice"),
    "group weights": (
        {"groups": (GroupLimit("zoo", (1,), 1, (1.0, 2.0)),)},
        "“zoo” has 2 values for 1 pairs",
    ),
    "group once": ({"groups": (GroupLimit("zoo", (1,), 1, None, (-1.0,)),)}, "“zoo” holds -1"),
    "group most": ({"groups": (GroupLimit("zoo", (1,), -1),)}, "“zoo” allows -1"),
    "required": ({"required": (4,)}, "required pairs name place 4"),
    "both": ({"required": (1,), "forbidden": (1,)}, "C x G is both required and forbidden"),
}


@pytest.mark.parametrize("case", BAD)
def test_plan_problem__refuses_nonsense(problem: PlanProblem, case: str) -> None:
    changes, sentence = BAD[case]
    with pytest.raises(PlanError, match=sentence):
        replace(problem, **changes)


def test_plan_problem__refuses_animals_that_are_not_on_record(problem: PlanProblem) -> None:
    with pytest.raises(UnknownAnimalError):
        replace(problem, sires=("Z", "C", "D", "D"))
    with pytest.raises(UnknownAnimalError):
        replace(problem, per_animal={"Z": 1})


def test_solve_plan__counts_the_way_once_for_a_pair(problem: PlanProblem) -> None:
    travelling = replace(problem, wanted=2, per_pair=2, distance_km=(10.0,) * 4, km_most=10.0)
    assert max(solve_plan(travelling).litters) == 2
    assert solve_plan(travelling).km == 10
    assert solve_plan(replace(travelling, km_most=20.0, cost_per_km=1.0)).km == 10


def test_solve_plan__likes_near_pairs_where_kilometres_cost(problem: PlanProblem) -> None:
    far = replace(problem, wanted=1, distance_km=(100.0, 100.0, 1.0, 1.0))
    assert solve_plan(far).chosen in ((0,), (1,))
    dear = solve_plan(replace(far, cost_per_km=1e-3))
    assert dear.chosen in ((2,), (3,))
    assert dear.objective == pytest.approx(dear.gene_diversity - 1e-3, abs=1e-12)
    assert dear.bound >= dear.objective


def test_solve_plan__weighs_the_chance_of_young(problem: PlanProblem) -> None:
    twice = replace(problem, wanted=1, chance=(0.9, 0.9, 0.1, 0.1))
    # In so small a population every birth costs gene diversity as sampled, so the least likely one is the best.
    assert solve_plan(twice).chosen in ((2,), (3,))
    assert solve_plan(twice).expected_young == pytest.approx(0.1)
