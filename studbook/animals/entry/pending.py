"""The entries that wait to be confirmed: what each says, who logged it, who may decide."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db.models import QuerySet

from studbook.accounts.rights import Right, Standing
from studbook.animals.entry.observation_words import words_of
from studbook.animals.keeping import places_of
from studbook.animals.models import Animal, Event, Observation
from studbook.core.models import AuditChange
from studbook.core.once import new_key
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme

Entry: TypeAlias = Event | Observation
Key: TypeAlias = tuple[str, int]
MOST_SHOWN = 100
MODELS: dict[str, type[Event] | type[Observation]] = {"event": Event, "observation": Observation}


@dataclass(frozen=True, slots=True)
class Pending:
    """One entry that waits. `value` is what a form sends for it: which entry, and the version the person saw."""

    entry: Entry
    words: str
    holder: int | None
    may_decide: bool
    logged_by: str
    logged_at: datetime | None

    @property
    def animal(self) -> Animal:
        return self.entry.animal

    @property
    def value(self) -> str:
        return f"{self.entry._meta.model_name}-{self.entry.pk}-{self.entry.version}"

    @property
    def new_key(self) -> str:
        """A key for one form about this entry."""
        return new_key()

    @property
    def file(self) -> bool:
        return isinstance(self.entry, Observation) and bool(self.entry.file)


def provisional_entries(programme: Programme) -> tuple[QuerySet[Event], QuerySet[Observation]]:
    """Return the events and the observations of a programme that nobody has confirmed."""
    events = Event.objects.filter(animal__programme=programme, provisional=True)
    observations = Observation.objects.filter(animal__programme=programme, provisional=True)
    void = {"animal__status": Animal.Status.VOID}
    return events.exclude(**void), observations.exclude(**void)


def pending_of(
    programme: Programme,
    standing: Standing,
    *,
    holder: int | None = None,
    kind: str = "",
    animal: Animal | None = None,
) -> list[Pending]:
    """Return what waits, the oldest entry first within each animal; a fixed number of queries."""
    entries = [
        each
        for found in provisional_entries(programme)
        for each in _narrowed(found, kind, animal).select_related("animal", "institution")
    ]
    places = {each.pk: (at, owner) for each, at, owner in places_of({entry.animal_id for entry in entries})}
    authors = _authors_of(entries)
    rows = [_row(entry, standing, places[entry.animal_id], authors) for entry in entries]
    wanted = [row for row in rows if holder is None or row.holder == holder]
    return sorted(wanted, key=lambda row: (row.animal.number_order, row.animal.pk, _order_of(row.entry)))


def count_waiting_for(programme: Programme, standing: Standing) -> int:
    """Count the entries that wait for this person to decide."""
    if not standing.has_somewhere(Right.CONFIRM):
        return 0
    if Right.CONFIRM in standing:
        return sum(found.count() for found in provisional_entries(programme))
    animals = [
        pk for found in provisional_entries(programme) for pk in found.values_list("animal", flat=True)
    ]
    mine = {
        animal.pk
        for animal, holder, owner in places_of(set(animals))
        if standing.may_on(Right.CONFIRM, holder=holder, owner=owner)
    }
    return sum(pk in mine for pk in animals)


def holders_of(rows: Iterable[Pending]) -> list[Institution]:
    """Return the institutions that hold the animals of these entries."""
    return list(Institution.objects.filter(pk__in={row.holder for row in rows if row.holder}))


def _narrowed(found: QuerySet[Entry], kind: str, animal: Animal | None) -> QuerySet[Entry]:
    found = found.filter(kind=kind) if kind else found
    return found.filter(animal=animal) if animal else found


def _row(
    entry: Entry,
    standing: Standing,
    places: tuple[int | None, int | None],
    authors: dict[Key, tuple[str, datetime]],
) -> Pending:
    holder, owner = places
    by, at = authors.get(key_of(entry), ("", None))
    may = standing.may_on(Right.CONFIRM, holder=holder, owner=owner)
    return Pending(entry, words_of(entry), holder, may, by, at)


def key_of(entry: Entry) -> Key:
    return entry._meta.label_lower, entry.pk


def _authors_of(entries: Sequence[Entry]) -> dict[Key, tuple[str, datetime]]:
    found: dict[Key, tuple[str, datetime]] = {}
    for model in (Event, Observation):
        keys = [each.pk for each in entries if isinstance(each, model)]
        for change in _made(model._meta.label_lower, keys):
            found[(change.record, change.record_id)] = (change.entry.actor_name, change.entry.at)
    return found


def _made(record: str, keys: Collection[int]) -> QuerySet[AuditChange]:
    made = AuditChange.objects.filter(record=record, record_id__in=keys, before__isnull=True)
    return made.select_related("entry")


def _order_of(entry: Entry) -> tuple[str, bool, int]:
    return str(entry.date_earliest or ""), isinstance(entry, Observation), entry.pk
