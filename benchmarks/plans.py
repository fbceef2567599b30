"""What plans keep: by one ranked list, by the dynamic list, and by the plan made at once, under the same limits."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.table import duration
from pedigree import (
    FEMALE,
    MALE,
    UNKNOWN,
    UNKNOWN_SEX,
    WILD,
    GroupLimit,
    Parent,
    Pedigree,
    PlanProblem,
    Population,
    Record,
    Solution,
    dynamic_plan,
    kinship_matrix,
    plan_value,
    ranked_plan,
    solve_plan,
)
from pedigree.cli.pairsfile import every_pair

ROOT: Final = Path(__file__).resolve().parent.parent
SHARED: Final = ROOT.parent / "shared" / "pedigrees"
DEMONSTRATION: Final = ROOT / "fixtures" / "amur_leopard" / "animals.csv"
WANTED: Final = (5, 15, 30)
ZOOS: Final = 40
SPACES: Final = 2
SEXES: Final = {"M": MALE, "F": FEMALE}
OLDEST_BIRTH: Final = 2008
HEADER: Final = (
    "| Pedigree | Living | Pairs | Limits | Litters | Ranked list | Dynamic list | Plan | No plan exceeds | Gap | Linear problems | Takes |\n"
    "|-|-:|-:|-|-:|-:|-:|-:|-:|-:|-:|-:|"
)


def books() -> Iterator[tuple[str, Population]]:
    """Yield the pedigrees that are at hand: the demonstration, and the real ones beside the project."""
    if DEMONSTRATION.exists():
        yield "demonstration", demonstration()
    for name in ("arrui", "atlas"):
        if (path := SHARED / f"{name}.csv").exists():
            yield name, shared_book(path)


def demonstration() -> Population:
    """Return the leopards of the demonstration without a death, born in late years."""
    rows = _rows(DEMONSTRATION)
    ids = {row["studbook_number"] for row in rows}

    def parent(row: dict[str, str], role: str) -> Parent:
        if row[f"{role}_kind"] == "wild":
            return WILD
        return row[role] if row[role] in ids else UNKNOWN

    records = [
        Record(
            row["studbook_number"],
            parent(row, "sire"),
            parent(row, "dam"),
            SEXES.get(row["sex"], UNKNOWN_SEX),
        )
        for row in rows
    ]
    living = [
        row["studbook_number"] for row in rows if not row["death"] and _year(row["birth"]) > OLDEST_BIRTH
    ]
    return _population(records, living)


def _year(text: str) -> int:
    years = [int(part) for part in text.replace("-", " ").split() if len(part) == 4 and part.isdigit()]
    return years[0] if years else 0


def shared_book(path: Path) -> Population:
    """Return a pedigree whose file marks the animals measured."""
    rows = _rows(path)
    records = [
        Record(
            row["id"],
            *(row[role] if row[role] != "0" else UNKNOWN for role in ("sire", "dam")),
            SEXES.get(row["sex"], UNKNOWN_SEX),
        )
        for row in rows
    ]
    return _population(records, [row["id"] for row in rows if row["target"] == "1"])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def _population(records: list[Record], living: list[str]) -> Population:
    pedigree = Pedigree.from_records(records)
    return Population.of(pedigree, kinship_matrix(pedigree), pedigree.mask(living))


def free_problem(population: Population, wanted: int) -> PlanProblem:
    """Return the problem of every pair, dams once, sires three times."""
    return _problem(population, wanted, (), None)


def narrow_problem(population: Population, wanted: int) -> PlanProblem:
    """Return the same with animals spread over zoos: spaces of each dam's, a limit of F, and few transfers."""
    ids = population.ids
    zoo = {ids[row]: row * 7 % ZOOS for row in np.flatnonzero(population.living).tolist()}
    places: dict[int, list[int]] = {}
    pairs = every_pair(population)
    for place, dam in enumerate(pairs.dams):
        places.setdefault(zoo[dam], []).append(place)
    groups = tuple(GroupLimit(f"zoo {each}", tuple(places[each]), SPACES) for each in sorted(places))
    moves = tuple(zoo[sire] != zoo[dam] for sire, dam in zip(pairs.sires, pairs.dams, strict=True))
    return _problem(population, wanted, groups, moves)


def _problem(
    population: Population, wanted: int, groups: tuple[GroupLimit, ...], moves: tuple[bool, ...] | None
) -> PlanProblem:
    pairs = every_pair(population)
    return PlanProblem(
        population,
        pairs.sires,
        pairs.dams,
        wanted,
        per_sire=3,
        per_dam=1,
        groups=groups,
        moves=moves,
        moves_most=None if moves is None else wanted * 3 // 5,
    )


PROBLEMS: Final = {"few": free_problem, "many": narrow_problem}


def lines() -> Iterator[str]:
    """Yield the table, a line for each pedigree, set of limits and number of litters."""
    if find_spec("scipy") is None:
        yield "Plans were not measured, scipy not being installed."
        return
    yield HEADER
    for name, population in books():
        for limits, problem_of in PROBLEMS.items():
            for wanted in WANTED:
                problem = problem_of(population, wanted)
                yield line(name, limits, problem, solve_plan(problem))


def line(name: str, limits: str, problem: PlanProblem, solution: Solution) -> str:
    """Return one line of the table."""
    lists = (ranked_plan(problem), dynamic_plan(problem))
    kept = (
        f"{plan_value(problem, each):.6f}" if sum(each) == problem.wanted else f"only {sum(each)}"
        for each in lists
    )
    cells = (
        name,
        str(int(problem.population.living.sum())),
        f"{len(problem):,}",
        limits,
        str(problem.wanted),
        *kept,
        f"{solution.gene_diversity:.6f}",
        f"{solution.bound:.6f}",
        f"{solution.gap:.0e}",
        str(solution.steps.linear_problems),
        duration(solution.seconds),
    )
    return f"| {' | '.join(cells)} |"
