"""When a released animal was out in the wild, from its events: the stays only tell who held it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from studbook.animals.models import Event
from studbook.animals.timeline import OPENING, Direction, TimelineEvent, build_timeline
from studbook.core.dates import DateInterval
from studbook.population.basis import Basis
from studbook.population.stays import Stay

LEAVING = {"death", "lost"}


def wild_spans_on(basis: Basis) -> dict[str, list[Stay]]:
    """Return the times between a release and a recapture, death or loss, by studbook number; one query.

    `place` is the area that the release names, None where it names none.
    """
    # Only animals that were ever released are read, and of those every event, since the days of all depend on each other.
    released = Event.objects.filter(animal__programme=basis.programme, kind=Event.Kind.RELEASE)
    events = Event.objects.filter(animal__in=released.order_by().values("animal"))
    if basis.confirmed_only:
        events = events.filter(provisional=False)
    rows = events.order_by("animal", "sequence").values_list(
        "animal__studbook_number", "kind", "date_earliest", "date_latest", "institution_id", "direction"
    )
    lives: defaultdict[str, list[TimelineEvent[int]]] = defaultdict(list)
    for number, kind, earliest, latest, place, direction in rows:
        date = DateInterval(earliest, latest) if earliest and latest else None
        lives[number].append(TimelineEvent(kind, date, place, direction=cast(Direction, direction)))
    return {number: _spans(basis, told) for number, told in lives.items()}


def _spans(basis: Basis, events: Sequence[TimelineEvent[int]]) -> list[Stay]:
    as_of = basis.programme.as_of
    spans: list[Stay] = []
    for event, day in zip(events, build_timeline(events, as_of=as_of).days, strict=True):
        if day is None:
            continue
        outside = bool(spans) and spans[-1].end is None
        if outside and (event.effect in OPENING or event.effect in LEAVING):
            spans[-1] = Stay(spans[-1].start, max(spans[-1].start, day), spans[-1].place)
        elif event.effect == "release" and not outside and day <= as_of:
            spans.append(Stay(day, None, event.place))
    return spans
