"""The answer about the years to come: the population simulated, a row a year."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pedigree.cli.outlook import Outlook
from pedigree.cli.past import last_date, middle
from pedigree.cli.question import Question
from pedigree.cli.ratesfile import read_rates, read_straws
from pedigree.cli.reading import FileError, Sheet
from pedigree.cli.writing import Cell, json_text, table_text
from pedigree.projection import (
    Chunk,
    GoalTimes,
    LivingPopulation,
    Projection,
    bands,
    executor_for,
    extinction_risk,
    run_projection,
    years_kept,
    years_to_reach,
)
from pedigree.structure import Pedigree

SPREAD: Final = ("animals", "gene_diversity", "inbreeding", "founder_genomes")
"""Figures with a band."""
MEANS: Final = (
    "males",
    "females",
    "births",
    "deaths",
    "imports",
    "exports",
    "pairs",
    "straws",
    "heterozygosity",
)
"""Figures with a mean only."""


def answer_project(question: Question) -> tuple[str, int]:
    """Answer with the means and bands of every year, for each strategy."""
    question.pedigree()
    outlook = question.outlook
    if outlook is None or outlook.rates is None:
        raise FileError("A projection needs the rates of death and birth. Name a file of them with --rates.")
    rates, population = read_rates(outlook.rates), _population(question, outlook)
    found = []
    for scenario in outlook.scenarios:
        progress = _Progress(scenario.strategy, outlook.runs)
        executor = executor_for(outlook.processes)
        found.append(
            run_projection(
                population, rates, scenario, runs=outlook.runs, executor=executor, progress=progress
            )
        )
    rows = [row for projection in found for row in _rows(projection, outlook)]
    if not question.as_json:
        return table_text(tuple(rows[0]), [tuple(row.values()) for row in rows], as_json=False), 0
    return json_text(
        {"runs": outlook.runs, "strategies": [_told(each, outlook) for each in found], "years": rows}
    ), 0


class _Progress:
    """Says how far it is to whoever watches."""

    def __init__(self, strategy: str, runs: int) -> None:
        self.strategy, self.runs = strategy, runs

    def __call__(self, chunk: Chunk, finished: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{self.strategy}: {finished:,} of {self.runs:,} runs")
            sys.stderr.write("\n" if finished == self.runs else "")
            sys.stderr.flush()


def _population(question: Question, outlook: Outlook) -> LivingPopulation:
    pedigree = question.pedigree()
    straws = {} if outlook.straws is None else read_straws(outlook.straws, question.sheet)
    return LivingPopulation.of(
        pedigree, pedigree.mask(question.measured), _ages(pedigree, question, outlook), straws=straws
    )


def _ages(pedigree: Pedigree, question: Question, outlook: Outlook) -> NDArray[np.float64]:
    sheet = question.sheet
    births = {animal: middle(days) for animal, days in sheet.birth.items()}
    unknown = [animal for animal in question.measured if animal not in births]
    if unknown and outlook.unknown_age is None:
        raise FileError(
            f"Row {sheet.lines[unknown[0]]}: animal {unknown[0]} has no birth_date ({len(unknown)} of "
            f"{len(question.measured)} have none), so it has no age. Add the date, or give --unknown-age YEARS."
        )
    start = outlook.on or last_date(sheet)
    ages = np.full(len(pedigree), np.nan)
    for animal in question.measured:
        ages[pedigree.row(animal)] = (
            outlook.unknown_age if animal not in births else _age(animal, births[animal], start, sheet)
        )
    return ages


def _age(animal: str, birth: date, start: date, sheet: Sheet) -> int:
    if birth > start:
        raise FileError(
            f"Row {sheet.lines[animal]}: animal {animal} is born on {birth}, after the start on {start}. Give a "
            "later day with --on, or leave it out with --set."
        )
    return start.year - birth.year - ((start.month, start.day) < (birth.month, birth.day))


def _rows(projection: Projection, outlook: Outlook) -> Iterator[dict[str, Cell]]:
    columns: dict[str, NDArray[Any]] = {}
    for name in SPREAD:
        band = bands(getattr(projection, name), level=outlook.level)
        columns |= {f"{name}_{part}": getattr(band, part) for part in ("mean", "low", "high")}
    columns |= {name: bands(getattr(projection, name)).mean for name in MEANS}
    risk = extinction_risk(projection.extinct)
    columns |= {"extinct": risk.share, "extinct_low": risk.low, "extinct_high": risk.high}
    for name, times in _goals(projection, outlook).items():
        columns[name] = times.chance.share
    for year in projection.years.tolist():
        row: dict[str, Cell] = {"strategy": projection.scenario.strategy, "year": year}
        yield row | {name: float(values[year]) for name, values in columns.items()}


def _goals(projection: Projection, outlook: Outlook) -> dict[str, GoalTimes]:
    found = {}
    if outlook.goal is not None:
        found["goal_kept"] = years_kept(projection.gene_diversity, outlook.goal, level=outlook.level)
    if outlook.target is not None:
        found["target_reached"] = years_to_reach(projection.animals, outlook.target, level=outlook.level)
    return found


def _told(projection: Projection, outlook: Outlook) -> dict[str, Any]:
    told: dict[str, Any] = {"strategy": projection.scenario.strategy, "seed": projection.scenario.seed}
    for name, times in _goals(projection, outlook).items():
        # A goal that is never lost, or never reached, has no year.
        years = {part: _year(getattr(times, part)) for part in ("low", "middle", "high")}
        told[f"{name}_years"] = years
    return told


def _year(value: float) -> int | None:
    return int(value) if np.isfinite(value) else None
