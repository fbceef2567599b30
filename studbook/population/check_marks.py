"""A5 and A6: marks that should be one animal's alone."""

from collections import defaultdict
from collections.abc import Iterator

from pedigree.checks import REJECT, WARN, Problem
from studbook.animals.likeness import GIVEN_ONCE
from studbook.population.records import Period, Records


def mark_problems(records: Records) -> Iterator[Problem]:
    """Yield A5: a value that is a transponder or accession number on one animal, and any mark on another living one."""
    bearers: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mark in records.marks:
        if mark.active and records.animals[mark.number].living:
            bearers[mark.value][mark.number].add(mark.kind)
    for value, animals in bearers.items():
        if len(animals) > 1 and any(kinds & GIVEN_ONCE for kinds in animals.values()):
            numbers = tuple(sorted(animals))
            sentence = (
                f"The mark {value} is on the living animals {' and '.join(numbers)}. "
                "Read the marks of all of them, and correct the record of the wrong one."
            )
            yield Problem("A5", numbers, REJECT, sentence)


def local_id_problems(records: Records) -> Iterator[Problem]:
    """Yield A6: one local id of one institution on more than one animal at one time."""
    bearers: defaultdict[tuple[int, str], list[tuple[str, Period]]] = defaultdict(list)
    for number, stays in records.holdings.items():
        for stay in stays:
            if stay.local_id:
                bearers[stay.place, stay.local_id].append((number, stay))
    for (place, local_id), borne in bearers.items():
        animals = _at_one_time(borne)
        if animals:
            sentence = (
                f"The local id {local_id} of {records.place(place)} is given to the animals "
                f"{' and '.join(animals)} at one time. Ask the institution which of them bears it."
            )
            yield Problem("A6", tuple(animals), WARN, sentence)


def _at_one_time(borne: list[tuple[str, Period]]) -> dict[str, None]:
    return {
        number: None
        for number, stay in borne
        if any(number != other and stay.overlaps(another) for other, another in borne)
    }
