"""B17: where an animal was born fits how it is said to be born, and it was born before it was caught."""

from collections.abc import Iterator

from pedigree.checks import REJECT, WARN, Problem
from studbook.animals.models import Animal, Event
from studbook.institutions.models import Institution
from studbook.population.records import AnimalRecord, Records


def birthplace_problems(records: Records) -> Iterator[Problem]:
    """Yield B17: born in captivity at a wild place, or born wild in captivity."""
    for animal in records.animals.values():
        for event in records.events.get(animal.number, []):
            if event.kind == Event.Kind.BIRTH and event.place is not None:
                yield from _birthplace(records, animal, event.place)


def _birthplace(records: Records, animal: AnimalRecord, place: int) -> Iterator[Problem]:
    if animal.birth_type == Animal.BirthType.CAPTIVE and records.kinds[place] == Institution.Kind.WILD:
        # What is a wild area is often an importer's guess, so this alone forbids nothing.
        fact = f"is recorded born in captivity, but at {records.place(place)}, which is a wild area"
        yield _problem(animal, fact, WARN)
    elif animal.birth_type == Animal.BirthType.WILD and records.captive(place):
        fact = f"is recorded wild-born, but with a birth at {records.place(place)}, which is none"
        yield _problem(animal, fact, REJECT)


def _problem(animal: AnimalRecord, fact: str, severity: str) -> Problem:
    sentence = f"Animal {animal.number} {fact}. Correct the place or the birth type."
    return Problem("B17", (animal.number,), severity, sentence)
