"""C6 and C10: moves that do not fit the holder or the life."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from pedigree.checks import REJECT, Interval, Problem, when
from studbook.animals.models import Event, Observation
from studbook.population.records import Happening, Records

# A move after a release is a recapture, and tells itself that the animal is back; one after a death is told as C2.
DEPARTURES = {Event.Kind.RELEASE: "", Event.Kind.LOST: "lost to follow-up"}
ABSENT = {Event.Kind.RELEASE: "released", Event.Kind.LOST: "lost to follow-up"}
TREATMENTS = {Observation.Kind.CONTRACEPTION, Observation.Kind.REPRODUCTION}


def move_problems(records: Records) -> Iterator[Problem]:
    """Yield C6 (a sender that does not hold the animal) and C10 (a move of an animal that is gone)."""
    for number, events in records.events.items():
        holder: int | None = None
        gone = ""
        for place, event in enumerate(takewhile(_not_dead, events)):
            # The first event of a life tells where the animal came from; before it the book knows of no holder.
            if place and event.kind == Event.Kind.TRANSFER and event.moves is not False:
                found = (
                    _moved_when_gone(number, event, gone) if gone else _sender(records, number, event, holder)
                )
                yield from found
            if event.kind in DEPARTURES:
                holder, gone = None, DEPARTURES[Event.Kind(event.kind)]
            elif event.kind != Event.Kind.OTHER and event.moves is not False:
                holder, gone = event.place, ""


def _not_dead(event: Happening) -> bool:
    return event.kind != Event.Kind.DEATH


def _moved_when_gone(number: str, event: Happening, gone: str) -> Iterator[Problem]:
    sentence = (
        f"Animal {number} is moved {_when(event)}, but it was {gone} before that. "
        "Record how it was found again, or correct one of the two events."
    )
    yield Problem("C10", (number,), REJECT, sentence)


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
    yield Problem("C6", (number,), REJECT, sentence)


def _when(event: Happening) -> str:
    return when(event.date) if event.date else "on a day that is not recorded"


def treatment_problems(records: Records) -> Iterator[Problem]:
    """Yield C10: an animal said to be treated or found breeding while it was released or lost."""
    for number, seen in records.seen.items():
        away = list(_absences(records.events.get(number, [])))
        for each in seen:
            if each.kind in TREATMENTS and each.date:
                for word, start, end in away:
                    if each.date[0] > start[1] and (end is None or each.date[1] < end[0]):
                        sentence = (
                            f"Animal {number} has a {each.kind} {when(each.date)}, but it was {word} {when(start)}. Record how "
                            "it was found again, or correct one of the dates."
                        )
                        yield Problem("C10", (number,), REJECT, sentence)


def _absences(events: Sequence[Happening]) -> Iterator[tuple[str, Interval, Interval | None]]:
    for position, event in enumerate(events):
        if event.kind in ABSENT and event.date:
            back = next((each.date for each in events[position + 1 :] if each.date), None)
            yield ABSENT[Event.Kind(event.kind)], event.date, back
