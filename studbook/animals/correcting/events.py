"""Corrections of what happened to an animal; its stays, owners, status and death follow."""

from collections.abc import Iterable, Sequence
from typing import Any

from studbook.accounts.models import User
from studbook.animals.correcting.reasons import correcting, refuse_unchanged
from studbook.animals.correcting.rewriting import FAR_BEHIND, rewrite, take_out
from studbook.animals.keeping import locked
from studbook.animals.models import Animal, Event
from studbook.animals.retelling import position_for, retelling
from studbook.core.dates import DateInterval, interval_columns
from studbook.core.errors import StaleRecordError
from studbook.programmes.changes import Trail, columns_of, refuse_stale, save_unless_stale

Kind = Event.Kind
PLACE = ("institution", "local_id")
# Which facts an event of each kind has, beside its date and note.
FACTS: dict[str, tuple[str, ...]] = {
    Kind.BIRTH: PLACE,
    Kind.CAPTURE: PLACE,
    Kind.TRANSFER: ("institution", "from_institution", "terms", "local_id"),
    Kind.RELEASE: ("institution",),
    Kind.DEATH: ("institution", "cause", "necropsy"),
    Kind.LOST: ("institution",),
    Kind.FOUND: PLACE,
    Kind.OTHER: ("institution", "from_institution", "direction"),
}


def correct_event(
    event: Event,
    *,
    by: User | None,
    reason: str,
    opened_version: int,
    acknowledged: Iterable[str] = (),
    **facts: Any,
) -> None:
    """Correct facts of an event: its date, its note, and what FACTS names for its kind."""
    with correcting(event.animal, "correct event", by=by, reason=reason, acknowledged=acknowledged) as trail:
        animal, current = locked(event.animal), _current(event)
        before, date = columns_of(current), current.date
        with retelling(trail, animal):
            for name in {"date", "note", *FACTS[event.kind]} & facts.keys():
                setattr(current, name, facts[name])
            fields = [*interval_columns("date", None), "note", *FACTS[event.kind]]
            save_unless_stale(current, opened_version=opened_version, fields=fields)
            refuse_unchanged(current, before)
            trail.changed(current, before)
            if current.date != date:
                put_in_order(trail, animal, current)
        _follow_birth_event(trail, current, date)
    event.refresh_from_db()


def remove_event(
    event: Event, *, by: User | None, reason: str, opened_version: int, acknowledged: Iterable[str] = ()
) -> None:
    """Take an event that never happened out of a life; the trail keeps it."""
    with correcting(event.animal, "remove event", by=by, reason=reason, acknowledged=acknowledged) as trail:
        animal, current = locked(event.animal), _current(event)
        refuse_stale(current, opened_version=opened_version)
        with retelling(trail, animal):
            take_out(trail, current)


def put_in_order(trail: Trail, animal: Animal, event: Event) -> None:
    """Move an event whose date was changed to where it belongs among the others; it stays where it is if that fits."""
    events = list(animal.events.order_by("sequence"))
    others = [each for each in events if each.pk != event.pk]
    place = events.index(event)
    if not _fits(others, place, event.date):
        place = position_for(others, event.kind, event.date)
    resequence(trail, [*others[:place], event, *others[place:]])


def resequence(trail: Trail, events: Sequence[Event]) -> None:
    """Give events, all of one animal, their order; those that keep their place are not touched."""
    numbers = sorted(each.sequence for each in events)
    moved = [(each, number) for each, number in zip(events, numbers, strict=True) if each.sequence != number]
    before = {each.pk: columns_of(each) for each, _ in moved}
    for place, (each, _) in enumerate(moved):
        Event.objects.filter(pk=each.pk).update(sequence=FAR_BEHIND + place)
    for each, number in moved:
        each.sequence = number
        each.save(update_fields=["sequence"])
        trail.changed(each, before[each.pk])


def _current(event: Event) -> Event:
    found = Event.objects.select_related("animal", "institution", "from_institution").filter(pk=event.pk)
    if current := found.first():
        return current
    raise StaleRecordError(
        f"{event.animal}: the event “{event}” was taken out by somebody else since you opened it. Nothing is left to do."
    )


def _fits(others: Sequence[Event], place: int, on: DateInterval | None) -> bool:
    if on is None:
        return True
    before, after = others[:place], others[place:]
    return all(not each.date or each.date.earliest <= on.latest for each in before) and all(
        not each.date or each.date.latest >= on.earliest for each in after
    )


def _follow_birth_event(trail: Trail, event: Event, date: DateInterval | None) -> None:
    animal = locked(event.animal)
    if event.kind == Event.Kind.BIRTH and event.date != date and animal.birth == date:
        rewrite(trail, animal, **interval_columns("birth", event.date))
