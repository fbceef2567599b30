"""Rows written back to what they were: taken out, changed in place or put in anew under their old key.

The order keeps every constraint at each step: what must not stand twice goes first, events step aside before they
take each other's places, and what comes back comes last.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model, ProtectedError

from studbook.animals.correcting.states import MODELS, Key, Rows, same_facts
from studbook.animals.models import Animal, Event, Holding, Identifier, Ownership, ParentCandidate
from studbook.core.columns import Columns, columns_of, record_from
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail

Record = TypeVar("Record", bound=Model)
# Rows of which two may not stand at once, to which nothing points: taken out and put in, never changed in place.
REPLACED: tuple[type[Model], ...] = (Holding, Ownership, Identifier, ParentCandidate)
KEPT = ("id", "programme_id", "studbook_number", "number_order")
FAR_BEHIND = 30_000


def write_rows(
    trail: Trail,
    now: Rows,
    wanted: Rows,
    versions: Mapping[Key, int],
    models: Mapping[str, type[Model]] = MODELS,
) -> None:
    """Make the rows `now` the rows `wanted`; what is in neither stays as it is."""
    different = [key for key in sorted({*now, *wanted}) if not same_facts(now.get(key), wanted.get(key))]
    goes = [key for key in different if key in now and (key not in wanted or models[key[0]] in REPLACED)]
    comes = [key for key in different if key in wanted and (key not in now or models[key[0]] in REPLACED)]
    stays = [key for key in different if key not in goes and key not in comes]
    for key in goes:
        _take_out(models[key[0]], key[1])
    _step_aside(key[1] for key in stays if models[key[0]] is Event)
    for key in stays:
        _change(trail, models[key[0]], now[key], wanted[key])
    for key in sorted(comes, key=lambda each: each[0] != Animal._meta.label_lower):
        _put_in(trail, models[key[0]], now.get(key), wanted[key], versions.get(key, 0))
    trail.removed(record_from(models[key[0]], now[key]) for key in goes if key not in wanted)


def take_out(trail: Trail, row: Model) -> None:
    """Take a row out of the book; the trail keeps it."""
    trail.removed([row])
    _take_out(type(row), row.pk)


def rewrite(trail: Trail, row: Record, **columns: Any) -> Record:
    """Give a row these columns and a new version, if it has versions."""
    before = columns_of(row)
    for name, value in columns.items():
        setattr(row, name, value)
    if hasattr(row, "version"):
        row.version += 1
    row.save(force_update=True)
    trail.changed(row, before)
    return row


def _take_out(model: type[Model], pk: int) -> None:
    if model is Animal:
        raise StudbookError("An animal is never deleted from the book. Void its record instead.")
    try:
        model._base_manager.filter(pk=pk).delete()
    except ProtectedError as error:
        names = ", ".join(sorted({str(each) for each in error.protected_objects}))
        raise StudbookError(
            f"The {model._meta.verbose_name} cannot be taken out: {names} rests on it. Take that back first."
        ) from error


def _step_aside(events: Iterable[int]) -> None:
    for place, pk in enumerate(events):
        Event.objects.filter(pk=pk).update(sequence=FAR_BEHIND + place)


def _change(trail: Trail, model: type[Model], now: Columns, wanted: Columns) -> None:
    kept = {name: now[name] for name in (*KEPT, "version") if name in now}
    row = record_from(model, {**now, **wanted, **kept})
    if "version" in now:
        row.version = now["version"] + 1  # type: ignore[attr-defined]  # a column of the model
    row.save(force_update=True)
    trail.changed(row, dict(now))


def _put_in(trail: Trail, model: type[Model], now: Columns | None, wanted: Columns, version: int) -> None:
    row = record_from(model, wanted)
    if "version" in wanted:
        row.version = version + 1  # type: ignore[attr-defined]  # a column of the model
    row.save(force_insert=True)
    if now is None:
        trail.created([row])
    else:
        trail.changed(row, dict(now))
