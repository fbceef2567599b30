"""B17, C6, C9 and C10: births and moves that do not fit the place, the holder, the owner or the life."""

from collections.abc import Iterator, Sequence

from pedigree.checks import WARN, Problem
from studbook.animals.models import Animal, Event
from studbook.institutions.models import Institution
from studbook.population.records import AnimalRecord, Happening, Period, Records

# A move after a release is a recapture, and tells itself that the animal is back.
DEPARTURES = {Event.Kind.DEATH: "dead", Event.Kind.RELEASE: "", Event.Kind.LOST: "lost to follow-up"}


def move_problems(records: Records) -> Iterator[Problem]:
    """Yield C6 (a sender that does not hold the animal) and C10 (a move of an animal that is gone)."""
    for number, events in records.events.items():
        holder: int | None = None
        gone = ""
        for event in events:
            if event.kind == Event.Kind.TRANSFER:
                found = (
                    _moved_when_gone(number, event, gone) if gone else _sender(records, number, event, holder)
                )
                yield from found
            if event.kind in DEPARTURES:
                holder, gone = None, DEPARTURES[Event.Kind(event.kind)]
            elif event.kind != Event.Kind.OTHER:
                holder, gone = event.place, ""


def _moved_when_gone(number: str, event: Happening, gone: str) -> Iterator[Problem]:
    sentence = (
        f"Animal {number} is moved {_when(event)}, but it was {gone} before that. "
        "Record how it was found again, or correct one of the two events."
    )
    yield Problem("C10", (number,), WARN, sentence)


def _sender(records: Records, number: str, event: Happening, holder: int | None) -> Iterator[Problem]:
    sender = records.place(event.sender)
    if event.sender is not None and event.sender == event.place:
        fact = f"is sent by {sender} to itself {_when(event)}"
    elif event.sender is not None and event.sender != holder:
        where = f"{records.place(holder)} held it" if holder is not None else "nobody held it"
        fact = f"is sent by {sender} {_when(event)}, but {where} then"
    else:
        return
    sentence = f"Animal {number} {fact}. Correct the sender, or record the move that is missing."
    yield Problem("C6", (number,), WARN, sentence)


def _when(event: Happening) -> str:
    return f"on {event.date[0]}" if event.date else "on a day that is not recorded"


def owner_problems(records: Records) -> Iterator[Problem]:
    """Yield C9: a living animal without an owner, or a loan returned to somebody who does not own the animal."""
    for animal in records.animals.values():
        periods = records.ownerships.get(animal.number, [])
        if animal.living and not any(period.end is None for period in periods):
            sentence = (
                f"Animal {animal.number} is living, but no owner is recorded. "
                "Ask its holder whose it is, and record the owner."
            )
            yield Problem("C9", (animal.number,), WARN, sentence)
        for event in records.events.get(animal.number, []):
            if event.terms == Event.Terms.LOAN_RETURN:
                yield from _returned(records, animal, event, periods)


def _returned(
    records: Records, animal: AnimalRecord, event: Happening, periods: Sequence[Period]
) -> Iterator[Problem]:
    if event.date is None or event.place is None:
        return
    owners = {
        period.place
        for period in periods
        if period.start <= event.date[1] and (period.end is None or period.end >= event.date[0])
    }
    if owners and event.place not in owners:
        names = " and ".join(sorted(records.place(owner) for owner in owners))
        sentence = (
            f"Animal {animal.number} went to {records.place(event.place)} as a loan return {_when(event)}, but "
            f"belonged to {names}. Correct the terms, the receiver or the owner."
        )
        yield Problem("C9", (animal.number,), WARN, sentence)


def birthplace_problems(records: Records) -> Iterator[Problem]:
    """Yield B17: born in captivity at a wild place, or born wild in captivity."""
    for animal in records.animals.values():
        for event in records.events.get(animal.number, []):
            if event.kind == Event.Kind.BIRTH and event.place is not None:
                yield from _birthplace(records, animal, event.place)


def _birthplace(records: Records, animal: AnimalRecord, place: int) -> Iterator[Problem]:
    kind = records.kinds[place]
    wild_place, known_place = kind == Institution.Kind.WILD, kind != Institution.Kind.UNKNOWN
    if animal.birth_type == Animal.BirthType.CAPTIVE and wild_place:
        fact = f"is recorded born in captivity, but at {records.place(place)}, which is a wild area"
    elif animal.birth_type == Animal.BirthType.WILD and not wild_place and known_place:
        fact = f"is recorded wild-born, but with a birth at {records.place(place)}, which is none"
    else:
        return
    sentence = f"Animal {animal.number} {fact}. Correct the place or the birth type."
    yield Problem("B17", (animal.number,), WARN, sentence)
