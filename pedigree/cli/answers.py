"""The answer of each command, as text."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import numpy as np

from pedigree.checks import Facts, Problem, find_problems
from pedigree.cli.question import Question
from pedigree.cli.reading import FileError, placed_error
from pedigree.cli.writing import json_text, table_text
from pedigree.inbreeding_coefficient import inbreeding
from pedigree.kinship import kinship_matrix, mean_kinship
from pedigree.known import known_inbreeding, known_kinship, known_mean_kinship
from pedigree.lineage import known_fraction
from pedigree.mating import rank_pairs
from pedigree.structure import UNKNOWN_SEX, find_refusals
from pedigree.suitability import PairSuitability, mate_suitability
from pedigree.summary import summarise

PAIR_COLUMNS: Final = {
    "sire": "sire",
    "dam": "dam",
    "F_offspring": "f_offspring",
    "mk_sire": "mk_sire",
    "mk_dam": "mk_dam",
    "delta_gd": "delta_gd",
    "mk_difference": "mk_difference",
    "unknown_ancestry": "unknown_ancestry",
}
"""The columns of `pairs`, and the attribute of a Pair each shows."""
SUITABILITY_COLUMNS: Final = ("suitability", "suitability_rules")


def check(question: Question) -> tuple[str, int]:
    """Answer with every problem of the file (or of the set named), and 1 when it cannot be a pedigree."""
    sheet = question.sheet
    refused = find_refusals(sheet.records, founder_kinship=question.founder_kinship)
    if refused:
        rows = [("reject", "", placed_error(error, sheet)) for error in refused]
    else:
        facts = Facts(birth=sheet.birth, death=sheet.death, on=datetime.now(tz=UTC).date())
        problems = _asked_for(find_problems(question.pedigree(), facts), question)
        rows = [(problem.severity, problem.code, problem.sentence) for problem in problems]
    if question.as_json:
        return table_text(("severity", "code", "problem"), rows, as_json=True), int(bool(refused))
    lines = (f"{severity}{' ' + code if code else ''}: {sentence}\n" for severity, code, sentence in rows)
    return "".join(lines), int(bool(refused))


def _asked_for(problems: Iterable[Problem], question: Question) -> list[Problem]:
    chosen = question.chosen
    return [problem for problem in problems if chosen is None or not set(chosen).isdisjoint(problem.animals)]


def answer_inbreeding(question: Question) -> tuple[str, int]:
    """Answer with the inbreeding of every animal, or of the set when one is named."""
    pedigree = question.pedigree()
    name, values = "F", inbreeding(pedigree)
    if question.known_only:
        name, values = "known_F", known_inbreeding(pedigree, known_fraction(pedigree))
    everyone = tuple(record.id for record in question.sheet.records)
    animals = everyone if question.chosen is None else question.measured
    rows = ((animal, float(values[pedigree.row(animal)])) for animal in animals)
    return table_text(("id", name), rows, as_json=question.as_json), 0


def answer_kinship(question: Question) -> tuple[str, int]:
    """Answer with the square kinship matrix of the set."""
    pedigree, _ = question.pruned()
    rows = pedigree.rows(question.measured)
    whole = (
        known_kinship(pedigree, known_fraction(pedigree)) if question.known_only else kinship_matrix(pedigree)
    )
    kinship = whole[np.ix_(rows, rows)].tolist()
    if question.as_json:
        return json_text({"ids": question.measured, "kinship": kinship}), 0
    lines = ((animal, *row) for animal, row in zip(question.measured, kinship, strict=True))
    return table_text(("id", *question.measured), lines, as_json=False), 0


def answer_means(question: Question) -> tuple[str, int]:
    """Answer with the mean kinship, the inbreeding and the known fraction of each animal of the set."""
    pedigree, living = question.pruned()
    known = known_fraction(pedigree)
    if question.known_only:
        header = ("id", "known_mean_kinship", "known_F", "known")
        means = known_mean_kinship(known_kinship(pedigree, known), known, living)
        inbred = known_inbreeding(pedigree, known)
    else:
        header = ("id", "mean_kinship", "F", "known")
        means, inbred = mean_kinship(kinship_matrix(pedigree), living), inbreeding(pedigree)
    places = zip(question.measured, pedigree.rows(question.measured), strict=True)
    rows = ((animal, float(means[row]), float(inbred[row]), float(known[row])) for animal, row in places)
    return table_text(header, rows, as_json=question.as_json), 0


def answer_summary(question: Question) -> tuple[str, int]:
    """Answer with the figures of the set as JSON."""
    pedigree = question.pedigree()
    return json_text(dataclasses.asdict(summarise(pedigree, pedigree.mask(question.measured)))), 0


def answer_pairs(question: Question) -> tuple[str, int]:
    """Answer with every pair of a male and a female of the set, the best first."""
    if "sex" not in question.sheet.columns:
        raise FileError("The file has no column sex, so no pairs can be made. Add one with M, F or U.")
    pedigree, living = question.pruned()
    _say_who_is_left_out(int((living & (pedigree.sex == UNKNOWN_SEX)).sum()), int(living.sum()))
    kinship = kinship_matrix(pedigree)
    table = rank_pairs(pedigree, kinship, living, known_fraction(pedigree))
    found = mate_suitability(table, mean_kinship(kinship, living)[living])
    rows = (_pair_row(found.pair(place)) for place in range(len(found)))
    return table_text((*PAIR_COLUMNS, *SUITABILITY_COLUMNS), rows, as_json=question.as_json), 0


def _pair_row(told: PairSuitability) -> list[str | float]:
    # A dash is no number: an empty cell, and the rules say why.
    index = float("nan") if told.is_dash else told.index
    numbers = [getattr(told.pair, name) for name in PAIR_COLUMNS.values()]
    return [*numbers, index, " ".join(told.rules)]


def _say_who_is_left_out(unsexed: int, measured: int) -> None:
    if unsexed:
        sys.stderr.write(f"Left out, their sex being unknown: {unsexed} of {measured} animals.\n")
