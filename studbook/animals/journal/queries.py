"""What the journal reads: the events and observations of a programme as one list, in a fixed number of queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from studbook.animals.models import Animal, Event, Observation
from studbook.core.models import AuditChange
from studbook.programmes.models import Programme

Entry: TypeAlias = Event | Observation
Key: TypeAlias = tuple[str, int]
MODELS: dict[str, type[Event] | type[Observation]] = {"event": Event, "observation": Observation}
RECORDS = {"animals.event": "event", "animals.observation": "observation"}
NO_DAY = date(1, 1, 1)
CHUNK = 2000
ORDERS: dict[str, tuple[str, ...]] = {
    "date": ("day",),
    "number": ("order", "number"),
    "kind": ("sort",),
    "place": ("place",),
}
DEFAULT_ORDER = "-date"


@dataclass(frozen=True, slots=True)
class Logged:
    """Who wrote an entry down, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One line: an event or an observation, and the deed that wrote it down."""

    entry: Entry
    logged: Logged | None

    @property
    def animal(self) -> Animal:
        return self.entry.animal


@dataclass(frozen=True, slots=True)
class Journal:
    """The entries found, in their order; the two tables are read as one."""

    found: Mapping[str, QuerySet[Any]]
    order: str = DEFAULT_ORDER

    def count(self) -> int:
        """Count the entries; two queries."""
        return sum(each.count() for each in self.found.values())

    def __getitem__(self, part: slice) -> list[JournalRow]:
        """Return the rows of one page."""
        return _rows(list(self._keys()[part]))

    def rows(self) -> Iterator[JournalRow]:
        """Yield all rows, for a file; three queries for each two thousand."""
        keys = list(self._keys())
        for start in range(0, len(keys), CHUNK):
            yield from _rows(keys[start : start + CHUNK])

    def _keys(self) -> QuerySet[Any]:
        first, second = (_as_lines(model, found) for model, found in self.found.items())
        turned = "-" if self.order.startswith("-") else ""
        columns = [f"{turned}{each}" for each in ORDERS[self.order.removeprefix("-")]]
        return first.union(second, all=True).order_by(*columns, "-day", "order", "-key", "model")


def entries_of(programme: Programme) -> dict[str, QuerySet[Any]]:
    """Return the events and the observations of a programme, those of void records left out."""
    of_book = {"animal__programme": programme}
    return {
        name: model.objects.filter(**of_book).exclude(animal__status=Animal.Status.VOID)
        for name, model in MODELS.items()
    }


def written_by(record: str, person: int) -> QuerySet[Any]:
    """Return the keys of the records of one kind that a person wrote down."""
    deeds = AuditChange.objects.filter(record=record, before__isnull=True, entry__actor=person)
    return deeds.order_by().values("record_id")


def _as_lines(model: str, found: QuerySet[Any]) -> QuerySet[Any]:
    lines = found.order_by().annotate(
        model=Value(model, CharField()),
        key=F("pk"),
        day=Coalesce("date_latest", NO_DAY),
        order=F("animal__number_order"),
        number=F("animal__studbook_number"),
        sort=F("kind"),
        place=Coalesce("institution__name", Value("")),
    )
    told: QuerySet[Any] = lines.values_list("model", "key", "day", "order", "number", "sort", "place")
    return told


def _rows(keys: Iterable[Sequence[Any]]) -> list[JournalRow]:
    wanted = [(model, pk) for model, pk, *_ in keys]
    entries = {name: _fetched(name, [pk for model, pk in wanted if model == name]) for name in MODELS}
    logged = _logged(wanted)
    return [JournalRow(entries[model][pk], logged.get((model, pk))) for model, pk in wanted]


def _fetched(name: str, keys: list[int]) -> dict[int, Entry]:
    beside = ["animal", "institution", *(["from_institution"] if name == "event" else [])]
    found = MODELS[name]._default_manager.select_related(*beside).in_bulk(keys)
    return dict(found.items())


def _logged(wanted: Sequence[Key]) -> dict[Key, Logged]:
    logged: dict[Key, Logged] = {}
    for record, model in RECORDS.items():
        keys = [pk for name, pk in wanted if name == model]
        written = AuditChange.objects.filter(record=record, record_id__in=keys, before__isnull=True)
        facts = written.order_by("-pk").values_list("record_id", "entry__actor_name", "entry__at")
        logged |= {(model, pk): Logged(by, at) for pk, by, at in facts}
    return logged
