"""The answers about a genome bank: what it keeps, and whom to bank next."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from pedigree.banking import BankDiversity, bank_next, gene_diversity_with_bank, kept_by_bank
from pedigree.cli.lifetable import SEXES, lives_of
from pedigree.cli.past import last_date, middle
from pedigree.cli.question import Question
from pedigree.cli.reading import FileError
from pedigree.cli.writing import Cell, json_text, table_text
from pedigree.demography.dying import chance_of_death
from pedigree.demography.lifetable import life_table
from pedigree.demography.lives import Floats
from pedigree.kinship import kinship_matrix
from pedigree.structure import FEMALE, MALE, Pedigree

DAYS_IN_YEAR: Final = 365.25
DONOR_COLUMNS: Final = ("id", "living", "mean_kinship", "count", "kept")
NEXT_COLUMNS: Final = (
    "id",
    "age_years",
    "chance_of_death",
    "lost",
    "expected_loss",
    "gene_diversity",
    "chosen",
)
MOST_YEARS: Final = 50


def add_bank_options(command: argparse.ArgumentParser, number: Callable[..., Callable[[str], int]]) -> None:
    """Add what can be asked of a bank."""
    meaning = "ids of the animals whose semen or oocytes are banked, dead or alive, one a line"
    command.add_argument("--donors", type=Path, metavar="FILE", help=meaning)
    meaning = "whom to bank next: choose N one after the other, the others follow"
    command.add_argument("--next", type=number(0), metavar="N", dest="following", help=meaning)
    meaning = "of males, females or all animals (the default)"
    command.add_argument("--sex", choices=tuple(SEXES), default="all", help=meaning)
    meaning = "years within which deaths count (1)"
    command.add_argument("--years", type=number(1, MOST_YEARS), default=1, metavar="N", help=meaning)


def answer_bank(question: Question) -> tuple[str, int]:
    """Answer with the donors and what each keeps, or with the order in which to bank; beside it gene diversity with the bank."""
    asked = question.bank
    pedigree = question.pedigree()
    living, donors = pedigree.mask(question.measured), pedigree.mask(asked.donors)
    kinship = kinship_matrix(pedigree)
    found = gene_diversity_with_bank(kinship, living, donors)
    columns: tuple[str, ...] = DONOR_COLUMNS if asked.following is None else NEXT_COLUMNS
    if asked.following is None:
        rows = list(_donors(pedigree, question, found, kept_by_bank(kinship, living, donors)))
    else:
        rows = list(_next(pedigree, question, kinship, asked.following))
    if question.as_json:
        told: dict[str, Any] = {
            "gene_diversity": found.without,
            "gene_diversity_with_bank": found.with_bank,
            "gene_diversity_of_all_counted_once": found.plain,
        }
        return json_text(told | {"animals": [dict(zip(columns, row, strict=True)) for row in rows]}), 0
    sys.stderr.write(
        f"Gene diversity is {found.without:.6f} without the bank and {found.with_bank:.6f} with it; "
        f"with every donor counted once it would be {found.plain:.6f}.\n"
    )
    return table_text(columns, rows, as_json=False), 0


def _donors(
    pedigree: Pedigree, question: Question, found: BankDiversity, kept: Floats
) -> Iterator[tuple[Cell, ...]]:
    alive = set(question.measured)
    for animal in question.bank.donors:
        row = pedigree.row(animal)
        living = "yes" if animal in alive else "no"
        yield (animal, living, float(found.mean_kinships[row]), float(found.counts[row]), float(kept[row]))


def _next(pedigree: Pedigree, question: Question, kinship: Floats, wanted: int) -> Iterator[tuple[Cell, ...]]:
    asked, living = question.bank, pedigree.mask(question.measured)
    ages = _ages(pedigree, question)
    chance = _chances(pedigree, question, ages)
    if np.isnan(chance[living]).any():
        raise FileError("No death is told of any age, so no chance of dying. Add death_date of the dead.")
    donors, sex = pedigree.mask(asked.donors), SEXES[asked.sex]
    candidates = ~donors if sex is None else ~donors & (pedigree.sex == sex)
    for each in bank_next(kinship, living, donors, chance, candidates=candidates, wanted=wanted):
        numbers = float(ages[each.animal]), each.chance, each.lost, each.expected, each.gene_diversity
        yield pedigree.ids[each.animal], *numbers, "yes" if each.chosen else "no"


def _ages(pedigree: Pedigree, question: Question) -> Floats:
    if not question.sheet.birth:
        raise FileError(
            "No row has a birth_date, so nobody has an age. Add the column, and as many dates as are known."
        )
    day, ages = last_date(question.sheet), np.full(len(pedigree), np.nan)
    for animal, born in question.sheet.birth.items():
        ages[pedigree.row(animal)] = max(0.0, (day - middle(born)).days / DAYS_IN_YEAR)
    return ages


def _chances(pedigree: Pedigree, question: Question, ages: Floats) -> Floats:
    lives, last = lives_of(replace(question, chosen=None)), last_date(question.sheet).toordinal()
    tables = {sex: life_table(lives, sex, last=last) for sex in (MALE, FEMALE, None)}
    chance = np.full(len(pedigree), np.nan)
    for sex, table in tables.items():
        # The table of all comes last, for whom no other tells.
        rows = np.flatnonzero(np.isnan(chance) if sex is None else pedigree.sex == sex)
        chance[rows] = chance_of_death(table, ages[rows], float(question.bank.years))
    return chance
