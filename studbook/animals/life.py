"""An animal's life as one readable list: what happened, where, at what age, and when nobody is recorded to have held it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from studbook.animals.models import Animal, Event, Holding
from studbook.core.dates import DateInterval, age_years
from studbook.institutions.models import Institution

MOVES = {Event.Kind.TRANSFER, Event.Kind.CAPTURE}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list. A gap has no event; its `when` is the time without a holder."""

    when: DateInterval | None
    age: float | None
    event: Event | None = None
    gap_until: date | None = None

    @property
    def is_gap(self) -> bool:
        return self.event is None

    @property
    def origin(self) -> Institution | None:
        """Where a move started, if the record names another place than its end."""
        if self.event is None or self.event.from_institution_id == self.event.institution_id:
            return None
        return self.event.from_institution

    @property
    def is_move(self) -> bool:
        return self.event is not None and self.event.kind in MOVES


def life_of(animal: Animal, events: Sequence[Event], stays: Sequence[Holding]) -> list[Entry]:
    """Return the events in their order, with each gap between stays put before the event that ends it."""
    entries = [Entry(event.date, _age(animal, event.date), event) for event in events]
    for start, end in gaps_of(animal, stays):
        entries.insert(_place(entries, end), _gap(animal, start, end))
    return entries


def gaps_of(animal: Animal, stays: Sequence[Holding]) -> list[tuple[date, date | None]]:
    """Return the times without a holder: between two stays, and since the last one of a living animal."""
    ordered = sorted(stays, key=lambda stay: (stay.start, stay.end is None, stay.end or stay.start))
    gaps: list[tuple[date, date | None]] = [
        (before.end, after.start)
        for before, after in pairwise(ordered)
        if before.end is not None and before.end < after.start
    ]
    if animal.is_living and ordered and ordered[-1].end is not None:
        gaps.append((ordered[-1].end, None))
    return gaps


def _place(entries: list[Entry], end: date | None) -> int:
    if end is None:
        return len(entries)
    later = (place for place, entry in enumerate(entries) if entry.when and entry.when.latest >= end)
    return next(later, len(entries))


def _gap(animal: Animal, start: date, end: date | None) -> Entry:
    when = DateInterval.exact(start)
    return Entry(when, _age(animal, when), gap_until=end)


def _age(animal: Animal, when: DateInterval | None) -> float | None:
    if when is None or animal.birth is None:
        return None
    return max(age_years(animal.birth, when.middle), 0.0)
