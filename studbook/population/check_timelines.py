"""C5, C6 and C9: every instant of a known life has one holder, a sender has what it sends, every animal an owner."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from pedigree.checks import WARN, Problem
from studbook.animals.models import Animal, Event
from studbook.population.records import AnimalRecord, Happening, Records, Stay

ARRIVALS = {Event.Kind.BIRTH, Event.Kind.CAPTURE, Event.Kind.TRANSFER, Event.Kind.FOUND}
DEPARTURES = {Event.Kind.DEATH, Event.Kind.RELEASE, Event.Kind.LOST}
ABSENCES = {Event.Kind.LOST, Event.Kind.RELEASE}


def gap_problems(records: Records) -> Iterator[Problem]:
    """Yield C5: a time of an animal's known life at which nobody is recorded as holding it."""
    for animal in records.animals.values():
        stays = records.holdings.get(animal.number, [])
        absences = [event for event in records.events.get(animal.number, []) if event.kind in ABSENCES]
        for earlier, later in pairwise(stays):
            if earlier.end and earlier.end < later.start and not _away(absences, earlier.end, later.start):
                yield _gap(animal, f"held by nobody from {earlier.end} to {later.start}")
        yield from _gaps_at_the_ends(animal, stays)


def _away(absences: Sequence[Happening], start: date, end: date) -> bool:
    return any(event.date is None or (event.date[0] <= end and event.date[1] >= start) for event in absences)


def _gaps_at_the_ends(animal: AnimalRecord, stays: Sequence[Stay]) -> Iterator[Problem]:
    if animal.living and not any(stay.end is None for stay in stays):
        yield _gap(animal, "living, but nobody is recorded as holding it now")
    if not animal.living and any(stay.end is None for stay in stays):
        yield _gap(animal, f"{animal.status}, but still recorded as held")
    if not stays:
        return
    captive = animal.birth_type == Animal.BirthType.CAPTIVE
    if captive and animal.birth and stays[0].start > animal.birth[1]:
        yield _gap(animal, f"born by {animal.birth[1]}, but held by nobody until {stays[0].start}")
    last = stays[-1].end
    if animal.status == Animal.Status.DEAD and animal.death and last and last < animal.death[0]:
        yield _gap(animal, f"held by nobody from {last} to its death")


def _gap(animal: AnimalRecord, fact: str) -> Problem:
    sentence = f"Animal {animal.number} is {fact}. Record where it was, or that it was lost to follow-up."
    return Problem("C5", (animal.number,), WARN, sentence)


def sender_problems(records: Records) -> Iterator[Problem]:
    """Yield C6: a transfer whose sender does not hold the animal on that day, or sends it to itself."""
    for number, events in records.events.items():
        holder: int | None = None
        for event in events:
            if event.kind == Event.Kind.TRANSFER:
                yield from _sender(records, number, event, holder)
            if event.kind in ARRIVALS:
                holder = event.place
            elif event.kind in DEPARTURES:
                holder = None


def _sender(records: Records, number: str, event: Happening, holder: int | None) -> Iterator[Problem]:
    when = f"in the transfer of {event.date[0]}" if event.date else "in a transfer without a date"
    if event.sender is not None and event.sender == event.place:
        fact = f"is sent by {records.place(event.sender)} to itself {when}"
    elif event.sender is not None and event.sender != holder:
        where = f"{records.place(holder)} held it" if holder is not None else "nobody held it"
        fact = f"is sent by {records.place(event.sender)} {when}, but {where} then"
    else:
        return
    sentence = f"Animal {number} {fact}. Correct the sender, or record the move that is missing."
    yield Problem("C6", (number,), WARN, sentence)


def owner_problems(records: Records) -> Iterator[Problem]:
    """Yield C9: a living animal without an owner."""
    for animal in records.animals.values():
        owned = any(stay.end is None for stay in records.ownerships.get(animal.number, []))
        if animal.living and not owned:
            sentence = (
                f"Animal {animal.number} is living, but no owner is recorded. "
                "Ask its holder whose it is, and record the owner."
            )
            yield Problem("C9", (animal.number,), WARN, sentence)
