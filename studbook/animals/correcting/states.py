"""An animal and all that belongs to it as it was after some deed, read back from the trail, and made so again.

The trail holds each record before and after each deed. Going back from what stands now, newest change first, gives the
state after any deed, also for records that came in before the trail named their animal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model, Q

from studbook.animals.models import (
    Animal,
    Event,
    Holding,
    Identifier,
    Observation,
    Ownership,
    ParentCandidate,
)
from studbook.core.columns import Columns, columns_of
from studbook.core.models import AuditChange, AuditEntry

Key = tuple[str, int]
Rows = dict[Key, Columns]

BELONGING: tuple[type[Model], ...] = (Event, Observation, Identifier, Holding, Ownership, ParentCandidate)
OF_AN_ANIMAL: tuple[type[Model], ...] = (Animal, *BELONGING)
MODELS = {model._meta.label_lower: model for model in OF_AN_ANIMAL}


@dataclass(slots=True)
class State:
    """The rows by record and key, and for each the last version the trail knows, which a row never falls behind."""

    rows: Rows
    versions: dict[Key, int] = field(default_factory=dict)


def state_now(animal: Animal) -> Rows:
    """Return an animal's rows as they stand; seven queries."""
    standing = [Animal._base_manager.get(pk=animal.pk)]
    belonging = [row for model in BELONGING for row in model._base_manager.filter(animal=animal.pk)]
    return {key_of(row): columns_of(row) for row in (*standing, *belonging)}


def state_after(animal: Animal, entry: AuditEntry) -> State:
    """Return an animal's rows as they were after a deed."""
    state = State(state_now(animal))
    for change in changes_on(animal, state.rows):
        key = (change.record, change.record_id)
        state.versions[key] = max(state.versions.get(key, 0), _version(change.before), _version(change.after))
        if change.entry_id <= entry.pk:
            continue
        if change.before is None:
            state.rows.pop(key, None)
        else:
            state.rows[key] = change.before
    return state


def changes_on(animal: Animal, rows: Iterable[Key]) -> list[AuditChange]:
    """Return all changes of an animal and of what belongs or belonged to it, newest first; two queries."""
    own = AuditChange.objects.filter(animal=animal.pk, record__in=MODELS)
    keys = {*rows, *own.values_list("record", "record_id")}
    wanted = Q(pk__in=[])
    for record in MODELS:
        wanted |= Q(record=record, record_id__in=[pk for name, pk in keys if name == record])
    return list(AuditChange.objects.filter(wanted).order_by("-pk"))


def key_of(row: Model) -> Key:
    return row._meta.label_lower, row.pk


def same_facts(one: Columns | None, other: Columns | None) -> bool:
    """Tell whether two states of a row say the same, whatever their versions.

    A column that the book had not yet when one of them was written says nothing there, as an empty one does.
    """
    if one is None or other is None:
        return one is other
    names = {*one, *other} - {"version"}
    return all(
        one[name] == other[name] if name in one and name in other else _says_nothing(one, other, name)
        for name in names
    )


def _says_nothing(one: Columns, other: Columns, name: str) -> bool:
    return (one if name in one else other)[name] in (None, "")


def _version(columns: Columns | None) -> int:
    return int((columns or {}).get("version", 0))
