"""B20: the parents of an animal are those of the pregnancy that it is recorded to be of."""

from collections.abc import Iterator

from pedigree.checks import WARN, Problem
from studbook.animals.models import ParentKind
from studbook.population.records import AnimalRecord, Borne, Records


def pregnancy_problems(records: Records) -> Iterator[Problem]:
    """Yield B20: another dam, or another sire, than the pregnancy names; what either leaves open is no contradiction."""
    for number, borne in records.borne.items():
        if animal := records.animals.get(number):
            yield from _parents(animal, borne)


def _parents(animal: AnimalRecord, borne: Borne) -> Iterator[Problem]:
    for role, parent, kind, named in (
        ("dam", animal.dam, animal.dam_kind, borne.dam),
        ("sire", animal.sire, animal.sire_kind, borne.sire),
    ):
        possible = {number for number, _ in animal.candidates.get(role, ())} | {parent}
        if named and kind != ParentKind.UNKNOWN and named not in possible:
            told = parent or "another"
            sentence = (
                f"Animal {animal.number} is recorded as young of a pregnancy with the {role} {named}, but its {role} is "
                f"{told}. Correct the {role} of one of the two, or take the animal from the pregnancy."
            )
            yield Problem("B20", (animal.number, *filter(None, [parent]), named), WARN, sentence)
