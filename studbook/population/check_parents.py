"""B13, B14 and B16: parents that the rest of their records speak against."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pedigree.checks import REJECT, WARN, Interval, Problem, when
from studbook.animals.models import Animal, Event, Observation
from studbook.population.records import AnimalRecord, Records, Seen

Method = Observation.Contraception
# What shows that a treatment which nobody ended has ended by itself.
FERTILE = {
    Observation.ReproductiveStatus.CYCLING,
    Observation.ReproductiveStatus.PREGNANT,
    Observation.ReproductiveStatus.LACTATING,
}


def parent_problems(records: Records) -> Iterator[Problem]:
    """Yield B16 (a parent whose record is void) and B14 (a wild birth by a sire that never was in the wild)."""
    for animal in records.animals.values():
        for parent in animal.void_parents:
            sentence = (
                f"Animal {parent} is a parent of animal {animal.number}, but its record is void. Choose the parent anew, "
                "or say that it is unknown."
            )
            yield Problem("B16", (animal.number,), REJECT, sentence)
        yield from _wild_birth(records, animal)


def _wild_birth(records: Records, animal: AnimalRecord) -> Iterator[Problem]:
    sire = records.animals.get(animal.sire or "")
    if animal.birth_type != Animal.BirthType.WILD or animal.noted or sire is None:
        return
    released = any(event.kind == Event.Kind.RELEASE for event in records.events.get(sire.number, []))
    if sire.birth_type == Animal.BirthType.CAPTIVE and not released:
        sentence = (
            f"Animal {animal.number} is recorded wild-born, but its sire {sire.number} was born in captivity and never "
            "released. Correct the birth type or the sire, or explain it in the note of the animal."
        )
        yield Problem("B14", (animal.number, sire.number), WARN, sentence)


def contraception_problems(records: Records) -> Iterator[Problem]:
    """Yield B13: a parent neutered or under contraception when its young were conceived, one problem a litter."""
    gestation = records.gestation_days or (0, 0)
    litters: defaultdict[tuple[str, Interval], list[str]] = defaultdict(list)
    for animal in records.animals.values():
        for parent in (animal.sire, animal.dam):
            borne = records.borne.get(animal.number)
            stored = borne is not None and parent in borne.banked
            if parent in records.seen and parent and animal.birth and not stored:
                litters[parent, animal.birth].append(animal.number)
    for (parent, birth), young in litters.items():
        conceived = conception(birth, gestation)
        for treatment, until in _treatments(records.seen[parent]):
            if (
                treatment.date
                and treatment.date[0] <= conceived[1]
                and (until is None or until >= conceived[0])
            ):
                yield _treated(parent, treatment, young, birth)


def conception(birth: Interval, gestation: tuple[int, int]) -> Interval:
    """Return the days between which the young born then were conceived."""
    return birth[0] - timedelta(days=gestation[1]), birth[1] - timedelta(days=gestation[0])


def _treatments(seen: Sequence[Seen]) -> Iterator[tuple[Seen, date | None]]:
    fertile = [
        each.date[0]
        for each in seen
        if each.date and each.kind == Observation.Kind.REPRODUCTION and each.what in FERTILE
    ]
    for each in seen:
        if each.kind == Observation.Kind.CONTRACEPTION and each.date:
            start = each.date[0]
            ended = each.until[1] if each.until else None
            again = min((day for day in fertile if day > start), default=None)
            yield each, None if each.what == Method.NEUTERED else ended or again


def _treated(parent: str, treatment: Seen, young: Sequence[str], birth: Interval) -> Problem:
    state = "neutered" if treatment.what == Method.NEUTERED else f"under contraception ({treatment.what})"
    since = f" {when(treatment.date)}" if treatment.date else ""
    sentence = (
        f"Animal {parent} was {state}{since}, and may have been so still when {', '.join(young)}, born {when(birth)}, was "
        "conceived. Check the parent, or record the end of the contraception."
    )
    return Problem("B13", (*young, parent), WARN, sentence)
