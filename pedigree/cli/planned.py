"""The answer with a breeding plan: the pairs chosen, what they keep, and how much better any plan could be."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Mapping
from typing import Any, Final

from pedigree.cli.pairsfile import Pairs, every_pair, read_pairs
from pedigree.cli.question import Question
from pedigree.cli.reading import FileError
from pedigree.cli.wishes import Wishes
from pedigree.cli.writing import Cell, json_text, table_text
from pedigree.kinship import kinship_matrix
from pedigree.planning import GroupLimit, LimitCost, PlanProblem, Solution, limit_costs, solve_plan
from pedigree.structure import Pedigree
from pedigree.whatif import Population

COLUMNS: Final = ("sire", "dam", "litters", "F_offspring", "mk_sire", "mk_dam")
FIGURES: Final = (
    "gene_diversity",
    "mean_kinship",
    "mean_inbreeding",
    "bound",
    "gap",
    "proven",
    "km",
    "moves",
)


def answer_plan(question: Question) -> tuple[str, int]:
    """Answer with the litters of every pair chosen; on stderr, or in the JSON, with what they keep."""
    pedigree = question.pedigree()
    wishes = question.wishes
    if wishes is None or wishes.wanted is None:
        raise FileError("A plan needs the number of litters wanted. Give it with --wanted.")
    problem = _problem(question, pedigree, wishes, wishes.wanted)
    solution = solve_plan(problem)
    costs = limit_costs(problem, solution) if wishes.costs else ()
    rows = [_row(problem, solution, place) for place in solution.chosen]
    if question.as_json:
        told: dict[str, Any] = {"gene_diversity_now": problem.population.figures.gene_diversity}
        told |= {name: getattr(solution, name) for name in FIGURES}
        told |= {"steps": dataclasses.asdict(solution.steps)}
        told |= {"pairs": [dict(zip(COLUMNS, row, strict=True)) for row in rows]}
        return json_text(told | {"limits": [_told(each) for each in costs]} if wishes.costs else told), 0
    sys.stderr.write("".join(f"{line}\n" for line in _lines(problem, solution, costs)))
    return table_text(COLUMNS, rows, as_json=False), 0


def _problem(question: Question, pedigree: Pedigree, wishes: Wishes, wanted: int) -> PlanProblem:
    if "sex" not in question.sheet.columns and wishes.pairs is None:
        raise FileError("The file has no column sex, so no pairs can be made. Add one with M, F or U.")
    living = pedigree.mask(question.measured)
    population = Population.of(pedigree, kinship_matrix(pedigree), living)
    pairs = every_pair(population) if wishes.pairs is None else read_pairs(wishes.pairs, question.sheet)
    place = {pair: at for at, pair in enumerate(zip(pairs.sires, pairs.dams, strict=True))}
    return PlanProblem(
        population,
        pairs.sires,
        pairs.dams,
        wanted,
        at_most=wishes.at_most,
        litter=wishes.litter,
        per_pair=wishes.per_pair,
        per_sire=wishes.per_sire,
        per_dam=wishes.per_dam,
        inbreeding_limit=wishes.inbreeding_limit,
        groups=tuple(_group(name, most, pairs) for name, most in wishes.groups),
        chance=pairs.numbers("chance"),
        distance_km=pairs.numbers("km"),
        km_most=wishes.km_most,
        cost_per_km=wishes.cost_per_km or 0.0,
        moves=pairs.answers("transfer"),
        moves_most=wishes.moves_most,
        required=tuple(_place(pair, place) for pair in wishes.required),
        forbidden=tuple(_place(pair, place) for pair in wishes.forbidden),
    )


def _group(name: str, most: float, pairs: Pairs) -> GroupLimit:
    weights = pairs.numbers(name, missing=0.0)
    if weights is None:
        raise FileError(
            f"The file of pairs has no column {name}, which --group limits. Add it, or leave --group out."
        )
    counted = [place for place, weight in enumerate(weights) if weight]
    return GroupLimit(name, tuple(counted), most, tuple(weights[place] for place in counted))


def _place(pair: tuple[str, str], places: Mapping[tuple[str, str], int]) -> int:
    if pair not in places:
        raise FileError(
            f"{pair[0]} x {pair[1]} is none of the pairs that may breed. Name a sire and a dam of one."
        )
    return places[pair]


def _row(problem: PlanProblem, solution: Solution, place: int) -> tuple[Cell, ...]:
    population, pair = problem.population, (problem.sires[place], problem.dams[place])
    sire, dam = (population.row(animal) for animal in pair)
    means = population.mean_kinships
    inbred = float(population.kinship_of(sire)[dam])
    return *pair, solution.litters[place], inbred, float(means[sire]), float(means[dam])


def _lines(problem: PlanProblem, solution: Solution, costs: tuple[LimitCost, ...]) -> list[str]:
    now = problem.population.figures.gene_diversity
    proof = "which is proven best" if solution.proven else "and the work allowed did not prove more"
    return [
        f"{_litters(sum(solution.litters))} a gene diversity of {solution.gene_diversity:.6f}; it is {now:.6f} now.",
        f"No plan within the limits exceeds {solution.bound:.8f}: a gap of {solution.gap:.1e}, {proof}.",
        *(
            f"Without “{each.name}” it would be {each.gene_diversity_without:.6f}: it costs {each.cost:.2e}."
            for each in costs
        ),
    ]


def _litters(number: int) -> str:
    return "1 litter keeps" if number == 1 else f"{number} litters keep"


def _told(cost: LimitCost) -> dict[str, Any]:
    return {
        "limit": cost.name,
        "gene_diversity_without": cost.gene_diversity_without,
        "cost": cost.cost,
        "gap": cost.gap,
    }
