"""Where EXCHANGE.DBF and MOVES.DBF tell the same story, and where they do not."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from studbook.exchange.records import ImportedAnimal, ImportedDate, ImportedEvent, ImportProblem
from studbook.exchange.sparks_cells import EXCHANGE, MOVES
from studbook.exchange.sparks_events import EventsByAnimal, last_stay


class _Finding(NamedTuple):
    field: str
    code: str
    fact: str


def is_in_population(
    animal: ImportedAnimal, events: Iterable[ImportedEvent], exported_on: date | None
) -> bool:
    """Judge on the day of the export: alive, and in by its last event; without events EXCHANGE's own flag decides."""
    if _died(animal.death, exported_on):
        return False
    # A departure yet to come has not happened; an arrival was seen by someone, and only its date can be wrong.
    last = last_stay((event for event in events if not _departs_later(event, exported_on)), until=None)
    return animal.left_population is False if last is None else last.direction == "in"


def _departs_later(event: ImportedEvent, exported_on: date | None) -> bool:
    day = _day(event.date)
    return event.direction == "out" and bool(exported_on and day and day > exported_on)


def find_disagreements(
    animals: Iterable[ImportedAnimal], mine: EventsByAnimal, exported_on: date | None
) -> Iterator[ImportProblem]:
    for animal in animals:
        events = mine.get(animal.studbook_number, [])
        for field, code, fact in [*_judge_entry(animal, events), *_judge_exit(animal, events, exported_on)]:
            sentence = f"Animal {animal.studbook_number} ({EXCHANGE} row {animal.row}): {fact}"
            yield ImportProblem(EXCHANGE, animal.row, field, animal.studbook_number, code, "warn", sentence)


def find_event_problems(mine: EventsByAnimal, exported_on: date | None) -> Iterator[ImportProblem]:
    for events in mine.values():
        for field, code, event, fact in [
            *_find_future(events, exported_on),
            *_find_after_death(events),
            *_find_twice(events),
        ]:
            sentence = f"Animal {event.studbook_number} ({MOVES} row {event.row}): {fact}"
            yield ImportProblem(MOVES, event.row, field, event.studbook_number, code, "warn", sentence)


def _died(death: ImportedDate | None, exported_on: date | None) -> bool:
    return death is not None and not (exported_on and death.best and death.best > exported_on)


def _judge_entry(animal: ImportedAnimal, events: list[ImportedEvent]) -> Iterator[_Finding]:
    if not events:
        yield _Finding(
            "STUD_ID", "C1", "it has no event in MOVES.DBF. Enter its birth or capture after the import."
        )
        return
    birth, first = _day(animal.birth), _day(events[0].date)
    if birth and first and (birth > first or (events[0].kind == "birth" and birth != first)):
        fact = f"BDATE is {birth} but its first event, {events[0].raw_code}, is dated {first}. Find out which is right."
        yield _Finding("BDATE", "C4", fact)
    entered = _day(animal.entered)
    if entered != first:
        yield _Finding(
            "DATEIN",
            "X6",
            f"DATEIN is {_say(entered)} but its first event is dated {_say(first)}; the event was kept.",
        )


def _judge_exit(
    animal: ImportedAnimal, events: list[ImportedEvent], exported_on: date | None
) -> Iterator[_Finding]:
    death = next((event for event in events if event.kind == "death"), None)
    recorded, told = _day(animal.death), _day(death.date) if death else None
    if (animal.death is None) != (death is None) or recorded != told:
        fact = f"DEATHDATE is {_say(recorded)} but MOVES.DBF has its death {_say(told)}; both were kept. Find out which is right."
        yield _Finding("DEATHDATE", "X6", fact)
    inside = is_in_population(animal, events, exported_on)
    if animal.left_population is None or animal.left_population == inside:
        flag = {True: "left", False: "still in", None: "not said"}[animal.left_population]
        fact = f"DEAD says it is {flag}, but its events say it is {'still in' if inside else 'out'}; the events were kept."
        yield _Finding("DEAD", "X6", fact)


_EventFinding = tuple[str, str, ImportedEvent, str]


def _find_future(events: list[ImportedEvent], exported_on: date | None) -> Iterator[_EventFinding]:
    for event in events:
        day = _day(event.date)
        if exported_on and event.date and event.date.earliest and day and event.date.earliest > exported_on:
            fact = f"{event.raw_code} is dated {day}, after the day the file was written ({exported_on}). Correct the date."
            yield "TRAN_DATE", "C3", event, fact


def _find_after_death(events: list[ImportedEvent]) -> Iterator[_EventFinding]:
    dead = False
    for event in events:
        if dead:
            yield (
                "TRAN_CODE",
                "C2",
                event,
                f"{event.raw_code} follows its death. Remove the event, or the death.",
            )
        dead = dead or event.kind == "death"


def _find_twice(events: list[ImportedEvent]) -> Iterator[_EventFinding]:
    seen: dict[tuple[str, date | None, str], int] = {}
    for event in events:
        key = (event.raw_code, _day(event.date), event.location_mnemonic)
        if key in seen:
            yield (
                "TRAN_CODE",
                "C11",
                event,
                f"the same event stands in row {seen[key]}. Remove one of the two after the import.",
            )
        seen.setdefault(key, event.row)


def _day(when: ImportedDate | None) -> date | None:
    return when.best if when else None


def _say(day: date | None) -> str:
    return f"{day}" if day else "blank"
