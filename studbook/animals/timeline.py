"""From the events of one animal to who held it, who owned it, and whether it is in the population.

Pure functions: nothing here reads or writes the database. A place may be anything that can be compared, an
institution or its mnemonic.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Generic, Literal, TypeVar

from studbook.core.dates import FIRST_DAY, DateInterval

Place = TypeVar("Place")
Direction = Literal["in", "out", "none"]

OPENING = {"birth", "capture", "transfer", "found"}
STATUS_AFTER = {"death": "dead", "release": "released", "lost": "lost"}


@dataclass(frozen=True, slots=True)
class TimelineEvent(Generic[Place]):
    """An event as the timelines need it; `direction` gives an event of kind "other" its meaning."""

    kind: str
    date: DateInterval | None
    place: Place | None = None
    sender: Place | None = None
    local_id: str = ""
    terms: str = ""
    physical: bool | None = None
    ownership: bool | None = None
    direction: Direction = "none"

    @property
    def effect(self) -> str:
        """What the event does to the timelines: a code nobody knows still brings an animal in or takes it out."""
        if self.kind == "other":
            return {"in": "transfer", "out": "lost", "none": "other"}[self.direction]
        return self.kind


@dataclass(slots=True)
class Period(Generic[Place]):
    """A stay or a time of ownership, from `start` up to, not including, `end`."""

    place: Place
    start: date
    end: date | None = None
    local_id: str = ""


@dataclass(frozen=True, slots=True)
class TimelineProblem:
    """Something that does not fit, kept all the same; `position` is the event's place in the order."""

    code: str
    position: int
    sentence: str


@dataclass(slots=True)
class Timeline(Generic[Place]):
    """The outcome: a day for each event, both sequences of periods, the status, and what did not fit."""

    days: list[date | None] = field(default_factory=list)
    holdings: list[Period[Place]] = field(default_factory=list)
    ownerships: list[Period[Place]] = field(default_factory=list)
    status: str = "living"
    problems: list[TimelineProblem] = field(default_factory=list)

    @property
    def holder(self) -> Place | None:
        return _open_place(self.holdings)

    @property
    def owner(self) -> Place | None:
        return _open_place(self.ownerships)

    @property
    def last_owner(self) -> Place | None:
        return self.ownerships[-1].place if self.ownerships else None

    def report(self, code: str, position: int, sentence: str) -> None:
        self.problems.append(TimelineProblem(code, position, sentence))


def build_timeline(
    events: Sequence[TimelineEvent[Place]],
    *,
    as_of: date | None = None,
    onto: Timeline[Place] | None = None,
) -> Timeline[Place]:
    """Return the timelines of one animal from its events in the order they happened, going on from `onto` if given.

    A departure that lies wholly after `as_of`, the day the book is current to, has not happened yet and moves nothing.
    """
    timeline: Timeline[Place] = onto or Timeline()
    timeline.days = choose_days([event.date for event in events])
    _report_order(timeline, events)
    for position, (event, day) in enumerate(zip(events, timeline.days, strict=True)):
        if timeline.status == "dead":
            timeline.report("C2", position, f"A {event.kind} is recorded after the death.")
        elif _departs_later(event, as_of):
            timeline.report(
                "C3", position, f"The {event.kind} of {event.date} lies after the day of the book, {as_of}."
            )
        elif event.effect != "other":
            _report_sender(timeline, position, event)
            _move(timeline, position, event, day)
            timeline.status = STATUS_AFTER.get(event.effect, "living")
    return timeline


def choose_days(dates: Sequence[DateInterval | None]) -> list[date | None]:
    """Return one day for each date: the middle of what the date itself and its neighbours allow.

    No event comes before the earliest day of one before it, nor after the latest day of one after it. The days never
    run backwards, even where the dates do. A date without any bound, and no neighbour to lend one, has no day.
    """
    floors = list(accumulate((_earliest(each) for each in dates), max))
    ceilings = list(accumulate((_latest(each) for each in reversed(dates)), min))[::-1]
    return _days_between(floors, ceilings)


def owner_moves(terms: str, ownership: bool | None) -> bool:
    """Tell whether a transfer moves the ownership too: a loan and its return do not, a plain transfer does."""
    if terms:
        return terms not in ("loan", "loan return")
    return ownership is not False


def _earliest(given: DateInterval | None) -> date:
    # "before 2001" is stored from the first day of the book on, which says nothing of when it was.
    return given.earliest if given and given.earliest > FIRST_DAY else date.min


def _latest(given: DateInterval | None) -> date:
    return given.latest if given else date.max


def _days_between(floors: list[date], ceilings: list[date]) -> list[date | None]:
    days = [_day_between(floor, ceiling) for floor, ceiling in zip(floors, ceilings, strict=True)]
    dated = [
        day for day, floor, ceiling in zip(days, floors, ceilings, strict=True) if _bounded(floor, ceiling)
    ]
    if not dated:
        return days
    for position, (floor, ceiling) in enumerate(zip(floors, ceilings, strict=True)):
        if floor == date.min:
            days[position] = min(ceiling, dated[0] or ceiling)
        elif ceiling == date.max:
            days[position] = max(floor, dated[-1] or floor)
    return days


def _bounded(floor: date, ceiling: date) -> bool:
    return floor != date.min and ceiling != date.max


def _day_between(floor: date, ceiling: date) -> date | None:
    if floor == date.min:
        return None if ceiling == date.max else ceiling
    if ceiling == date.max or ceiling < floor:
        return floor
    return floor + (ceiling - floor) // 2


def _departs_later(event: TimelineEvent[Place], as_of: date | None) -> bool:
    # An arrival was seen by someone, and a death too: there only the date can be wrong.
    leaves = event.effect in ("release", "lost")
    return leaves and bool(as_of and event.date and event.date.earliest > as_of)


def _report_order(timeline: Timeline[Place], events: Sequence[TimelineEvent[Place]]) -> None:
    for position in range(1, len(events)):
        event, floor = events[position], max(_earliest(each.date) for each in events[:position])
        if event.date and event.date.latest < floor:
            sentence = f"The {event.kind} of {event.date} is listed after an event that came later ({floor})."
            timeline.report("C4", position, sentence)


def _report_sender(timeline: Timeline[Place], position: int, event: TimelineEvent[Place]) -> None:
    holder = timeline.holder
    if event.kind != "transfer" or event.sender is None or holder is None or event.sender == holder:
        return
    sentence = f"The transfer of {event.date} was sent by {event.sender}, but the animal was at {holder}."
    timeline.report("C6", position, sentence)


def _move(timeline: Timeline[Place], position: int, event: TimelineEvent[Place], day: date | None) -> None:
    if day is None:
        timeline.report("C1", position, f"The {event.kind} has no date, so no stay can be drawn from it.")
        return
    opens = event.effect in OPENING
    owner = _owner_after(timeline, event) if opens else None
    if event.physical is not False or not opens:
        _succeed(timeline.holdings, event.place if opens else None, day, event.local_id)
        if opens and event.place is None:
            timeline.report("C5", position, f"The {event.kind} of {event.date} names no place.")
    if owner != timeline.owner:
        _succeed(timeline.ownerships, owner, day)


def _owner_after(timeline: Timeline[Place], event: TimelineEvent[Place]) -> Place | None:
    if event.effect == "found":
        return timeline.last_owner or event.place
    if timeline.status == "released" or owner_moves(event.terms, event.ownership):
        return event.place
    return timeline.last_owner or event.sender or timeline.holder or event.place


def _succeed(periods: list[Period[Place]], place: Place | None, day: date, local_id: str = "") -> None:
    if periods and periods[-1].end is None:
        day = max(day, periods[-1].start)
        periods[-1].end = day
    if place is not None:
        periods.append(Period(place, day, None, local_id))


def _open_place(periods: Sequence[Period[Place]]) -> Place | None:
    return periods[-1].place if periods and periods[-1].end is None else None
