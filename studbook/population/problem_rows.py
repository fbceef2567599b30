"""The problems of one page with their animals."""

from collections.abc import Iterable
from dataclasses import dataclass

from pedigree.checks import Problem
from studbook.animals.models import Animal
from studbook.population.quality import LEVELS, RULES
from studbook.programmes.models import Programme

MOST_LINKED = 8


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem as it is listed: the first few of its animals, and how many more there are."""

    problem: Problem
    level: str
    rule: str
    animals: list[Animal]
    more: int


def problem_rows(programme: Programme, problems: Iterable[Problem]) -> list[ProblemRow]:
    """Return the rows of some problems; one query."""
    shown = list(problems)
    numbers = {number for each in shown for number in each.animals[:MOST_LINKED]}
    animals = {each.studbook_number: each for each in programme.animals.filter(studbook_number__in=numbers)}
    return [
        ProblemRow(
            each,
            LEVELS[each.severity],
            RULES.get(each.code, ""),
            [animals[number] for number in each.animals[:MOST_LINKED] if number in animals],
            max(len(each.animals) - MOST_LINKED, 0),
        )
        for each in shown
    ]
