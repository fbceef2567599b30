"""What makes a SPARKS file no pedigree at all: a number twice, a parent without a row, an ancestry loop."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import Final

from studbook.exchange.records import ImportedAnimal, ImportedParent, ImportProblem, Level
from studbook.exchange.sparks_cells import EXCHANGE

Animals = tuple[ImportedAnimal, ...]
ROLES: Final = (("sire", "SIRE_ID", "M", "male"), ("dam", "DAM_ID", "F", "female"))
SEX_WORDS: Final = {"M": "male", "F": "female", "U": "unknown"}


def find_refusals(animals: Animals) -> list[ImportProblem]:
    return [*_find_duplicates(animals), *_find_missing_parents(animals), *_find_loops(animals)]


def find_sex_problems(animals: Animals) -> Iterator[ImportProblem]:
    """One problem for each parent whose sex does not fit, with all its offspring."""
    by_number = {animal.studbook_number: animal for animal in animals}
    for role, field, sex, word in ROLES:
        for number, offspring in _offspring(animals, role).items():
            parent = by_number[number]
            if parent.sex != sex:
                fact = f"it is recorded as {role} of {', '.join(offspring)} but its sex is {SEX_WORDS[parent.sex]}, not {word}. "
                yield _problem(parent, "SEX", "B2", "warn", f"{fact}Correct its sex or their {field}.")


def known_parents(animal: ImportedAnimal) -> list[str]:
    return [
        parent.studbook_number for parent in (animal.sire, animal.dam) if parent.studbook_number is not None
    ]


def _offspring(animals: Animals, role: str) -> dict[str, list[str]]:
    offspring: dict[str, list[str]] = defaultdict(list)
    for animal in animals:
        number = _parent(animal, role).studbook_number
        if number is not None:
            offspring[number].append(animal.studbook_number)
    return offspring


def _parent(animal: ImportedAnimal, role: str) -> ImportedParent:
    return animal.sire if role == "sire" else animal.dam


def _find_duplicates(animals: Animals) -> Iterator[ImportProblem]:
    first: dict[str, ImportedAnimal] = {}
    for animal in animals:
        known = first.setdefault(animal.studbook_number, animal)
        if known is not animal:
            fact = f"the number was already given in row {known.row}. Give one of the two its own number in SPARKS."
            yield _problem(animal, "STUD_ID", "A1", "refuse", fact)


def _find_missing_parents(animals: Animals) -> Iterator[ImportProblem]:
    numbers = {animal.studbook_number for animal in animals}
    for animal in animals:
        for role, field, _, _ in ROLES:
            number = _parent(animal, role).studbook_number
            if number is not None and number not in numbers:
                fact = f"its {role} {number} has no row in this file. Export with all ancestors, or correct {field} in SPARKS."
                yield _problem(animal, field, "B16", "refuse", fact)


def _find_loops(animals: Animals) -> Iterator[ImportProblem]:
    by_number = {animal.studbook_number: animal for animal in animals}
    parents = {
        number: [each for each in known_parents(animal) if each in by_number]
        for number, animal in by_number.items()
    }
    for loop in find_loops(parents):
        fact = f"ancestry loop {' -> '.join(loop)}, where each arrow leads to a parent. Correct one of these parents in SPARKS."
        yield _problem(by_number[loop[0]], "SIRE_ID", "B1", "refuse", fact)


def find_loops(parents: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Every animal that stands in or below a loop leads to one; each loop met is shown once, first animal repeated."""
    blocked = _in_or_below_loops(parents)
    walked: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        at = start
        while at in blocked and at not in walked:
            walked.add(at)
            path[at] = None
            at = next(parent for parent in parents[at] if parent in blocked)
        if at in path:
            steps = list(path)
            yield (*steps[steps.index(at) :], at)


def _in_or_below_loops(parents: dict[str, list[str]]) -> set[str]:
    sorter = TopologicalSorter(parents)
    with suppress(CycleError):
        sorter.prepare()
    left = set(parents)
    while ready := sorter.get_ready():
        left.difference_update(ready)
        sorter.done(*ready)
    return left


def _problem(animal: ImportedAnimal, field: str, code: str, level: Level, fact: str) -> ImportProblem:
    sentence = f"Animal {animal.studbook_number} ({EXCHANGE} row {animal.row}): {fact}"
    return ImportProblem(EXCHANGE, animal.row, field, animal.studbook_number, code, level, sentence)


def say_numbers(problems: Iterable[ImportProblem]) -> str:
    numbers = list(dict.fromkeys(problem.studbook_number or "?" for problem in problems))
    more = f" and {len(numbers) - 10} more" if len(numbers) > 10 else ""
    return ", ".join(numbers[:10]) + more
