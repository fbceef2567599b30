"""Which animals count as living, or do not, only by entries that nobody has confirmed yet."""

from collections import defaultdict
from dataclasses import dataclass
from typing import cast

from studbook.animals.models import Animal, Event
from studbook.animals.timeline import Direction, TimelineEvent, build_timeline
from studbook.core.dates import DateInterval
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Studbook numbers: `arrived` are living, and `left` are not, by provisional entries alone."""

    arrived: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.arrived) + len(self.left)


def unconfirmed_in(programme: Programme) -> Unconfirmed:
    """Return whom the provisional entries of a programme bring among the living or take out; one query."""
    arrived, left = set(), set()
    for number, (status, events) in _events(programme).items():
        before = _status(events)
        if status == Animal.Status.LIVING and before != Animal.Status.LIVING:
            arrived.add(number)
        elif status != Animal.Status.LIVING and before == Animal.Status.LIVING:
            left.add(number)
    return Unconfirmed(frozenset(arrived), frozenset(left))


def _events(programme: Programme) -> dict[str, tuple[str, list[TimelineEvent[int]]]]:
    # Only animals with a provisional event are read, and of those only what is confirmed.
    concerned = Event.objects.filter(animal__programme=programme, provisional=True).values("animal")
    rows = Event.objects.filter(animal__in=concerned).order_by("animal", "sequence").values_list(
        "animal__studbook_number", "animal__status", "provisional",
        "kind", "date_earliest", "date_latest", "institution_id", "direction",
    )  # fmt: skip
    confirmed: defaultdict[str, list[TimelineEvent[int]]] = defaultdict(list)
    status: dict[str, str] = {}
    for number, now, provisional, kind, earliest, latest, place, direction in rows:
        status[number] = now
        if not provisional:
            date = DateInterval(earliest, latest) if earliest and latest else None
            confirmed[number].append(TimelineEvent(kind, date, place, direction=cast(Direction, direction)))
    return {number: (now, confirmed[number]) for number, now in status.items()}


def _status(events: list[TimelineEvent[int]]) -> str | None:
    return build_timeline(events).status if events else None
