"""An animal that is not in the book yet: what an import or a form hands to `add_animals`.

Parents are named by studbook number, because they may be drafts themselves.
"""

from dataclasses import dataclass
from decimal import Decimal

from studbook.animals.models import Animal, Event, ParentKind
from studbook.animals.timeline import Direction, TimelineEvent
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution


@dataclass(frozen=True, slots=True)
class ParentDraft:
    """`candidates` are (studbook number, probability) where several are possible; none when nobody wrote them down."""

    kind: str = ParentKind.UNKNOWN
    studbook_number: str = ""
    candidates: tuple[tuple[str, Decimal], ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every animal of the book that the parent is or may be."""
        known = (self.studbook_number,) if self.studbook_number else ()
        return known + tuple(number for number, _ in self.candidates)


@dataclass(frozen=True, slots=True)
class EventDraft:
    kind: str
    date: DateInterval | None = None
    institution: Institution | None = None
    from_institution: Institution | None = None
    local_id: str = ""
    terms: str = ""
    cause: str = ""
    note: str = ""
    raw_code: str = ""
    physical: bool | None = None
    ownership: bool | None = None
    direction: Direction = "none"

    def for_timeline(self) -> TimelineEvent[Institution]:
        return TimelineEvent(
            self.kind,
            self.date,
            self.institution,
            self.from_institution,
            self.local_id,
            self.terms,
            self.physical,
            self.ownership,
            self.direction,
        )


@dataclass(frozen=True, slots=True)
class IdentifierDraft:
    kind: str
    value: str
    institution: Institution | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class AnimalDraft:
    """`events` stand in the order they happened."""

    studbook_number: str
    sex: str = Animal.Sex.UNKNOWN
    house_name: str = ""
    birth: DateInterval | None = None
    death: DateInterval | None = None
    birth_type: str = Animal.BirthType.UNKNOWN
    rearing: str = Animal.Rearing.UNKNOWN
    sire: ParentDraft = ParentDraft()
    dam: ParentDraft = ParentDraft()
    note: str = ""
    events: tuple[EventDraft, ...] = ()
    identifiers: tuple[IdentifierDraft, ...] = ()

    @property
    def parent_numbers(self) -> tuple[str, ...]:
        return self.sire.numbers + self.dam.numbers

    def events_for_timeline(self) -> list[TimelineEvent[Institution]]:
        """Return the events, closed by the death where its date is known and no event tells of it."""
        events = [event.for_timeline() for event in self.events]
        if self.death and not any(event.kind == Event.Kind.DEATH for event in self.events):
            events.append(TimelineEvent(Event.Kind.DEATH, self.death))
        return events
