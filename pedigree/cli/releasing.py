"""The answer which animals to release: the group, who could go instead, and what it costs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from pedigree.cli.question import Question, ReleaseAsked
from pedigree.cli.reading import FileError, read_set
from pedigree.cli.writing import Cell, json_text, table_text
from pedigree.kinship import kinship_matrix
from pedigree.release import ReleaseChoice, choose_release, release_alternatives
from pedigree.structure import MALE, UNKNOWN_SEX

COLUMNS: Final = ("id", "sex", "replacement", "cost", "loss", "group_gd")
FIGURES: Final = (
    "captive_gd_before",
    "captive_gd_after",
    "loss",
    "group_gd",
    "value",
    "bound",
    "gap",
    "is_best",
    "steps",
)


def add_release_options(
    command: argparse.ArgumentParser, number_from: Callable[..., Callable[[str], int]]
) -> None:
    """Add the options of a release."""
    add = command.add_argument
    for sex in ("males", "females"):
        add(f"--{sex}", type=number_from(0), metavar="N", help=f"{sex} to release")
    meaning = "captive gene diversity given for one unit of the group's (1)"
    add("--weight", type=float, default=1.0, metavar="N", help=meaning)
    add("--kinship-limit", type=float, metavar="F", help="no two of the group have a kinship above it")
    meaning = "ids of those who may be released, one a line; the whole set if not given"
    add("--candidates", type=Path, metavar="FILE", help=meaning)


def release_of(options: argparse.Namespace) -> ReleaseAsked:
    """Return what the options ask."""
    return ReleaseAsked(
        options.males, options.females, options.weight, options.kinship_limit, options.candidates
    )


def answer_release(question: Question) -> tuple[str, int]:
    """Answer with the group to release; on stderr, or in the JSON, with what it costs and holds."""
    pedigree, living = question.pruned()
    if "sex" not in question.sheet.columns:
        raise FileError("The file has no column sex, so no group can be made. Add one with M, F or U.")
    asked = question.release
    if asked is None or asked.males is None or asked.females is None:
        raise FileError("A release needs numbers of males and females. Give them with --males and --females.")
    named = question.measured if asked.candidates is None else read_set(asked.candidates, question.sheet)
    measured = set(question.measured)
    if strangers := [animal for animal in named if animal not in measured]:
        raise FileError(
            f"Animal {strangers[0]} is a candidate, but not in the set measured. Take it out, or add it to the set."
        )
    candidates = pedigree.mask(named)
    unsexed = candidates & (pedigree.sex == UNKNOWN_SEX)
    if unsexed.any():
        sys.stderr.write(f"Left out, their sex being unknown: {unsexed.sum()} of {len(named)} candidates.\n")
    choice = choose_release(
        kinship_matrix(pedigree),
        living,
        candidates & ~unsexed,
        is_male=np.asarray(pedigree.sex == MALE),
        males=asked.males,
        females=asked.females,
        weight=asked.weight,
        kinship_limit=asked.kinship_limit,
    )
    rows = _rows(pedigree.ids, choice)
    if question.as_json:
        told: dict[str, Any] = {name: getattr(choice, name) for name in FIGURES}
        return json_text(told | {"group": [dict(zip(COLUMNS, row, strict=True)) for row in rows]}), 0
    sys.stderr.write("".join(f"{line}\n" for line in _lines(choice)))
    return table_text(COLUMNS, rows, as_json=False), 0


def _rows(ids: tuple[str, ...], choice: ReleaseChoice) -> list[tuple[Cell, ...]]:
    return [
        (
            ids[each.row],
            "M" if choice.problem.is_male[each.row] else "F",
            "" if each.by is None else ids[each.by],
            each.cost,
            each.loss,
            each.group_gd,
        )
        for each in release_alternatives(choice)
    ]


def _lines(choice: ReleaseChoice) -> list[str]:
    proof = "which is proven best" if choice.is_best else "and the work allowed did not prove more"
    before, after = choice.captive_gd_before, choice.captive_gd_after
    return [
        f"Captive gene diversity goes from {before:.6f} to {after:.6f}, a loss of {choice.loss:.6f}.",
        f"The group's own is {choice.group_gd:.6f}.",
        f"No group within the limits is worth more than {choice.bound:.8f}: a gap of {choice.gap:.1e}, {proof}.",
    ]
