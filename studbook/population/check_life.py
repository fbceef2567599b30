"""C1, C2, C3, C4, C11 and C13: the events of one life fit one another, the birth, the death and the calendar."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from pedigree.checks import REJECT, WARN, Interval, Problem, gap_days, severity_of, when
from studbook.animals.models import Animal, Event, Observation
from studbook.population.check_gaps import ABSENCES
from studbook.population.records import AnimalRecord, Happening, Records

# What is found, measured, photographed or noted when the animal is dead already.
AFTER_DEATH = {
    Observation.Kind.IDENTIFICATION,
    Observation.Kind.SEX,
    Observation.Kind.WEIGHT,
    Observation.Kind.MEASUREMENT,
    Observation.Kind.NOTE,
    Observation.Kind.PHOTO,
}


def life_problems(records: Records) -> Iterator[Problem]:
    """Yield C1, C2, C3, C4, C11 and C13 of each animal."""
    for animal in records.animals.values():
        events = records.events.get(animal.number, [])
        yield from _beginning(animal, events)
        yield from _second_origin(records, animal, events)
        yield from _after_death(animal, events)
        yield from _to_come(records, animal, events)
        yield from _outside_life(animal, events)
        yield from _twice(records, animal, events)
    yield from seen_problems(records)


def seen_problems(records: Records) -> Iterator[Problem]:
    """Yield C3 and C4 of what was seen of each animal: all that the rules say of what is only seen."""
    for animal in records.animals.values():
        for seen in records.seen.get(animal.number, []):
            yield from _not_yet(records, animal, seen.kind, seen.date)
            yield from _before_birth(animal, seen.kind, seen.date)
            if seen.kind not in AFTER_DEATH:
                yield from _past_death(animal, seen.kind, seen.date)


def _beginning(animal: AnimalRecord, events: Sequence[Happening]) -> Iterator[Problem]:
    if not events and animal.birth is None:
        fact = "has neither a birth date nor any event. Record its birth, its capture, or where it came from"
        yield Problem("C1", (animal.number,), REJECT, f"Animal {animal.number} {fact}.")
    elif events and events[0].kind == Event.Kind.FOUND:
        fact = "was found again before anything else happened to it. Record its birth, its capture or its arrival"
        yield Problem("C1", (animal.number,), REJECT, f"Animal {animal.number} {fact}.")
    captured = bool(events) and events[0].kind == Event.Kind.CAPTURE
    if captured and animal.birth_type == Animal.BirthType.CAPTIVE:
        sentence = (
            f"Animal {animal.number} is recorded born in captivity, but its first event is a capture{_on(events[0])}. "
            "Correct the birth type, or record its birth before the capture."
        )
        yield Problem("C13", (animal.number,), REJECT, sentence)


def _second_origin(records: Records, animal: AnimalRecord, events: Sequence[Happening]) -> Iterator[Problem]:
    # Who was released, lost to follow-up or born in the wild may be caught.
    at_large = True
    for position, event in enumerate(events):
        late = event.kind == Event.Kind.BIRTH and position > 0
        again = event.kind == Event.Kind.CAPTURE and not at_large
        if late or again:
            sentence = (
                f"Animal {animal.number} has a {event.kind}{_on(event)} after another event, {events[position - 1].kind}"
                f"{_on(events[position - 1])}, so it would begin twice. Keep the one that is true."
            )
            yield Problem("C2", (animal.number,), REJECT, sentence)
        if event.kind != Event.Kind.OTHER:
            at_large = event.kind in ABSENCES or not records.captive(event.place)


def _after_death(animal: AnimalRecord, events: Sequence[Happening]) -> Iterator[Problem]:
    kinds = [event.kind for event in events]
    if Event.Kind.DEATH in kinds:
        death = kinds.index(Event.Kind.DEATH)
        for event in events[death + 1 :]:
            sentence = (
                f"Animal {animal.number} has a {event.kind}{_on(event)} after its death{_on(events[death])}. "
                "Remove the event, or correct the death."
            )
            yield Problem("C2", (animal.number,), REJECT, sentence)


def _to_come(records: Records, animal: AnimalRecord, events: Sequence[Happening]) -> Iterator[Problem]:
    for event in events:
        yield from _not_yet(records, animal, event.kind, event.date)


def _not_yet(records: Records, animal: AnimalRecord, noun: str, day: Interval | None) -> Iterator[Problem]:
    if day and day[0] > records.latest:
        sentence = (
            f"The {noun} of animal {animal.number} {when(day)} has not come yet. Correct the date, or record it when it has "
            "happened."
        )
        yield Problem("C3", (animal.number,), REJECT, sentence)


def _outside_life(animal: AnimalRecord, events: Sequence[Happening]) -> Iterator[Problem]:
    # What stands behind the death is told as C2.
    kinds = [event.kind for event in events]
    end = kinds.index(Event.Kind.DEATH) + 1 if Event.Kind.DEATH in kinds else len(events)
    for event in events[:end]:
        if event.kind == Event.Kind.BIRTH:
            yield from _apart(animal, "birth", event.date, animal.birth)
        elif event.kind == Event.Kind.DEATH:
            yield from _apart(animal, "death", event.date, animal.death)
        else:
            yield from _before_birth(animal, event.kind, event.date)
            yield from _past_death(animal, event.kind, event.date)


def _before_birth(animal: AnimalRecord, noun: str, day: Interval | None) -> Iterator[Problem]:
    if day and animal.birth and (severity := severity_of(gap_days(animal.birth, day), 0)):
        sentence = (
            f"Animal {animal.number} has a {noun} {when(day)}, before its birth {when(animal.birth)}. "
            "Correct one of the two dates."
        )
        yield Problem("C4", (animal.number,), severity, sentence)


def _past_death(animal: AnimalRecord, noun: str, day: Interval | None) -> Iterator[Problem]:
    if day and animal.death and (severity := severity_of(gap_days(day, animal.death), 0)):
        sentence = (
            f"Animal {animal.number} has a {noun} {when(day)}, after its death {when(animal.death)}. "
            "Correct one of the two dates."
        )
        yield Problem("C4", (animal.number,), severity, sentence)


def _apart(animal: AnimalRecord, noun: str, day: Interval | None, told: Interval | None) -> Iterator[Problem]:
    if day and told and (day[0] > told[1] or told[0] > day[1]):
        sentence = (
            f"Animal {animal.number} has the event of its {noun} {when(day)}, but the {noun} is recorded {when(told)}. "
            "Make the two agree."
        )
        yield Problem("C4", (animal.number,), REJECT, sentence)


def _twice(records: Records, animal: AnimalRecord, events: Sequence[Happening]) -> Iterator[Problem]:
    for one, other in combinations(events, 2):
        exact = one.date and one.date[0] == one.date[1]
        if exact and (one.kind, one.date, one.place) == (other.kind, other.date, other.place):
            sentence = (
                f"Animal {animal.number} has two events “{one.kind}”{_on(one)} at {records.place(one.place)}. "
                "Remove one of the two if they are the same."
            )
            yield Problem("C11", (animal.number,), WARN, sentence)


def _on(event: Happening) -> str:
    return f" {when(event.date)}" if event.date else ""
