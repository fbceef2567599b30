"""The stays and the ownership of an animal told anew from its events, after one was added, changed or taken out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from studbook.animals.models import Animal, Event, Holding, Ownership
from studbook.animals.timeline import Period, Timeline, TimelineEvent, TimelineProblem, build_timeline
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import rejected
from studbook.core.newest_day import newest_day
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail, columns_of

Stored = TypeVar("Stored", Holding, Ownership)
ENDS = (Event.Kind.DEATH,)
BEGINNINGS = (Event.Kind.BIRTH, Event.Kind.CAPTURE)


@contextmanager
def retelling(trail: Trail, animal: Animal) -> Iterator[None]:
    """Change events of an animal inside the block; its stays, owners, status and death follow at the end.

    An event that contradicts its neighbours is refused with what does not fit. The stays of some imported animals do
    not follow from their events; such an animal takes new events at the end only.
    """
    old_events = _events(animal)
    told, stored = _told(old_events), _stored(animal)
    follows = _same(told, stored)
    yield
    events = _events(animal)
    if follows:
        new = _told(events)
        _refuse_new_problems(animal, events, told.problems, new.problems)
    else:
        new = _continued(animal, stored, old_events, events)
    _write_periods(trail, animal, Holding, new.holdings)
    _write_periods(trail, animal, Ownership, new.ownerships)
    _write_life(trail, animal, new, events)


def position_for(events: Sequence[Event], kind: str, on: DateInterval | None) -> int:
    """Return where among the events of an animal, in their order, a new one belongs; the last place that fits.

    Raises RuleError where no place does.
    """
    if kind in BEGINNINGS and not any(each.kind in BEGINNINGS for each in events):
        return 0
    last = next((place for place, each in enumerate(events) if each.kind in ENDS), len(events))
    if on is None:
        return last
    for place in range(last, -1, -1):
        before, after = events[:place], events[place:]
        if all(not each.date or each.date.earliest <= on.latest for each in before) and all(
            not each.date or each.date.latest >= on.earliest for each in after
        ):
            return place
    late = next(
        each for each in events if (each.date and each.date.earliest > on.latest) or each.kind in ENDS
    )
    code = "C2" if late.kind in ENDS and not (late.date and late.date.earliest > on.latest) else "C4"
    sentence = (
        f"{late.animal} has the event “{late}”, which does not leave room for a {Event.Kind(kind).label} of {on}. "
        "Correct one of the dates."
    )
    raise rejected(code, [late.animal.studbook_number], sentence, field="on")


def insert_event(trail: Trail, animal: Animal, event: Event) -> Event:
    """Put an event where its date belongs; those after it move up by one."""
    events = _events(animal)
    place = position_for(events, event.kind, event.date)
    for later in reversed(events[place:]):
        before = columns_of(later)
        later.sequence += 1
        later.save(update_fields=["sequence"])
        trail.changed(later, before)
    event.animal = animal
    event.sequence = events[place - 1].sequence + 1 if place else (events[0].sequence - 1 if events else 1)
    event.save()
    trail.created([event])
    return event


def remove_event(trail: Trail, event: Event) -> None:
    """Take an event out of the book; the trail keeps it."""
    trail.removed([event])
    event.delete()


def _events(animal: Animal) -> list[Event]:
    return list(
        animal.events.select_related("institution", "from_institution", "animal").order_by("sequence")
    )


def _told(events: Sequence[Event]) -> Timeline[Institution]:
    return build_timeline([_for_timeline(each) for each in events], as_of=newest_day())


def _for_timeline(event: Event) -> TimelineEvent[Institution]:
    return TimelineEvent(
        event.kind,
        event.date,
        event.institution,
        event.from_institution,
        event.local_id,
        event.terms,
        event.physical,
        event.ownership,
        event.direction,  # type: ignore[arg-type]  # its choices are the three directions
    )


def _stored(animal: Animal) -> Timeline[Institution]:
    return Timeline(
        holdings=[_period(each) for each in _rows(animal, Holding)],
        ownerships=[_period(each) for each in _rows(animal, Ownership)],
        status=animal.status,
    )


def _rows(animal: Animal, model: type[Stored]) -> list[Stored]:
    return list(
        model._default_manager.filter(animal=animal).select_related("institution").order_by("start", "id")
    )


def _period(row: Holding | Ownership) -> Period[Institution]:
    return Period(row.institution, row.start, row.end, getattr(row, "local_id", ""))


def _same(told: Timeline[Institution], stored: Timeline[Institution]) -> bool:
    return (told.holdings, told.ownerships, told.status) == (
        stored.holdings,
        stored.ownerships,
        stored.status,
    )


def _refuse_new_problems(
    animal: Animal, events: Sequence[Event], old: Sequence[TimelineProblem], new: Sequence[TimelineProblem]
) -> None:
    known = {(each.code, each.sentence) for each in old}
    for problem in new:
        if (problem.code, problem.sentence) not in known:
            sentence = f"{animal}: {problem.sentence} Correct the event “{events[problem.position]}” first, or this one."
            raise rejected(problem.code, [animal.studbook_number], sentence)


def _continued(
    animal: Animal, stored: Timeline[Institution], old: Sequence[Event], new: Sequence[Event]
) -> Timeline[Institution]:
    if [_for_timeline(each) for each in new[: len(old)]] != [_for_timeline(each) for each in old]:
        raise StudbookError(
            f"The stays of {animal} were taken over from a file and do not follow from its events, so nothing can be "
            "changed among them. Add the missing events first, or record this as the last event."
        )
    return build_timeline([_for_timeline(each) for each in new[len(old) :]], onto=stored)


def _write_periods(
    trail: Trail, animal: Animal, model: type[Stored], periods: Sequence[Period[Institution]]
) -> None:
    rows = _rows(animal, model)
    same = next(
        (place for place, (row, each) in enumerate(zip(rows, periods, strict=False)) if _period(row) != each),
        min(len(rows), len(periods)),
    )
    if same < len(rows) and same < len(periods) and _only_ends(rows[same], periods[same]):
        before = columns_of(rows[same])
        stale = rows[same + 1 :]
        _remove(trail, stale)
        rows[same].end = periods[same].end
        rows[same].save(update_fields=["end"])
        trail.changed(rows[same], before)
        same += 1
    else:
        _remove(trail, rows[same:])
    for each in periods[same:]:
        row = model(animal=animal, institution=each.place, start=each.start, end=each.end)
        if isinstance(row, Holding):
            row.local_id = each.local_id
        row.save()
        trail.created([row])


def _only_ends(row: Holding | Ownership, period: Period[Institution]) -> bool:
    told = _period(row)
    return (told.place, told.start, told.local_id) == (period.place, period.start, period.local_id)


def _remove(trail: Trail, rows: Sequence[Holding | Ownership]) -> None:
    trail.removed(rows)
    for row in rows:
        row.delete()


def _write_life(
    trail: Trail, animal: Animal, timeline: Timeline[Institution], events: Sequence[Event]
) -> None:
    before = columns_of(animal)
    death = next((each.date for each in events if each.kind == Event.Kind.DEATH), None)
    animal.status = timeline.status
    if timeline.status != Animal.Status.DEAD:
        animal.death = None
    elif death:
        animal.death = death
    after = columns_of(animal)
    if before != after:
        animal.version += 1
        animal.save(update_fields=["status", "death_earliest", "death_latest", "death_text", "version"])
        trail.changed(animal, before)
