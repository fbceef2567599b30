"""C5: at every instant of a known life one holder is known."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from pedigree.checks import WARN, Problem
from studbook.animals.models import Animal, Event
from studbook.population.records import AnimalRecord, Happening, Period, Records

ABSENCES = {Event.Kind.LOST, Event.Kind.RELEASE}


def gap_problems(records: Records) -> Iterator[Problem]:
    """Yield C5: a time of an animal's known life at which nobody, or nobody known, is recorded as holding it."""
    for animal in records.animals.values():
        stays = records.holdings.get(animal.number, [])
        events = records.events.get(animal.number, [])
        yield from _gaps_between(animal, stays, events)
        yield from _unknown_places(records, animal, stays)
        yield from _gaps_at_the_ends(animal, stays, events)
        yield from _death_elsewhere(records, animal, events)


def _gaps_between(
    animal: AnimalRecord, stays: Sequence[Period], events: Sequence[Happening]
) -> Iterator[Problem]:
    for earlier, later in pairwise(stays):
        if earlier.end and earlier.end < later.start and not away(events, earlier.end, later.start):
            yield _gap(animal, f"held by nobody from {earlier.end} to {later.start}")


def away(events: Sequence[Happening], start: date, end: date) -> bool:
    """Tell whether the events may have the animal lost or released between two days."""
    absences = (event.date for event in events if event.kind in ABSENCES)
    return any(day is None or (day[0] <= end and day[1] >= start) for day in absences)


def _unknown_places(records: Records, animal: AnimalRecord, stays: Sequence[Period]) -> Iterator[Problem]:
    for stay in stays:
        if stay.place in records.nowhere:
            until = f"to {stay.end}" if stay.end else "on"
            yield _gap(animal, f"at a place that nobody recorded from {stay.start} {until}")


def _gaps_at_the_ends(
    animal: AnimalRecord, stays: Sequence[Period], events: Sequence[Happening]
) -> Iterator[Problem]:
    held = any(stay.end is None for stay in stays)
    if animal.living and not held:
        yield _gap(animal, "living, but nobody is recorded as holding it now")
    if not animal.living and held:
        yield _gap(animal, f"{animal.status}, but still recorded as held")
    if not stays:
        return
    # One that came from outside was held there, where the book does not look.
    captive = animal.birth_type == Animal.BirthType.CAPTIVE and not _came_from_outside(events)
    if captive and animal.birth and stays[0].start > animal.birth[1]:
        yield _gap(animal, f"born by {animal.birth[1]}, but held by nobody until {stays[0].start}")
    last = stays[-1].end
    if animal.death and last and last < animal.death[0] and not away(events, last, animal.death[0]):
        yield _gap(animal, f"held by nobody from {last} to its death")


def _came_from_outside(events: Sequence[Happening]) -> bool:
    return bool(events) and events[0].kind == Event.Kind.TRANSFER


def _death_elsewhere(
    records: Records, animal: AnimalRecord, events: Sequence[Happening]
) -> Iterator[Problem]:
    holder: int | None = None
    for event in events:
        if event.kind == Event.Kind.DEATH and None not in (holder, event.place) and event.place != holder:
            yield _gap(animal, f"dead at {records.place(event.place)}, but {records.place(holder)} held it")
        holder = event.place


def _gap(animal: AnimalRecord, fact: str) -> Problem:
    sentence = f"Animal {animal.number} is {fact}. Record where it was, or that it was lost to follow-up."
    return Problem("C5", (animal.number,), WARN, sentence)
