"""The history of a record of the wild: who did what to it and why, each fact before and after, without its place for most."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db.models import Model

from studbook.animals.correcting.history import FactChange, RecordChange, record_change
from studbook.core.columns import Columns
from studbook.core.models import AuditChange, AuditEntry
from studbook.core.trail import MOST_DEEDS
from studbook.core.wording import Wording
from studbook.wild.models.coarse import TENTHS
from studbook.wild.places import PLACE_COLUMNS, PLACE_FACTS

# What the line of the deed itself tells.
UNTOLD = frozenset(("logged_by_id", "logged_at", "made_by_id", "made_at", "struck_by_id", "struck_at"))


@dataclass(frozen=True, slots=True)
class DeedOn:
    """One deed on a record."""

    entry: AuditEntry
    changes: tuple[RecordChange, ...]


def history_of(record: Model, *, with_places: bool) -> list[DeedOn]:
    """Return the latest deeds on a record, newest first; a query, and one for each kind of record it names."""
    model, hidden = type(record), UNTOLD if with_places else UNTOLD | PLACE_COLUMNS
    found = AuditChange.objects.filter(record=model._meta.label_lower, record_id=record.pk)
    changes = list(found.select_related("entry").order_by("-pk")[:MOST_DEEDS])
    for change in changes:
        change.before, change.after = _shown(change.before, hidden), _shown(change.after, hidden)
    wording = Wording((model, each) for change in changes for each in (change.before, change.after))
    return [DeedOn(each.entry, (_in_degrees(record_change(each, model, wording)),)) for each in changes]


def _in_degrees(change: RecordChange) -> RecordChange:
    """Tell places in degrees, as they were typed, and not in the tenths that are stored."""
    return replace(change, facts=tuple(_fact_in_degrees(each) for each in change.facts))


def _fact_in_degrees(fact: FactChange) -> FactChange:
    if fact.fact not in PLACE_FACTS:
        return fact
    noun, _, _ = fact.fact.partition(" ")
    return FactChange(noun, _degrees_of(fact.before), _degrees_of(fact.after))


def _degrees_of(tenths: str) -> str:
    return f"{int(tenths) / TENTHS:.1f}°" if tenths else ""


def _shown(columns: Columns | None, hidden: Collection[str]) -> Columns | None:
    return None if columns is None else {name: value for name, value in columns.items() if name not in hidden}
