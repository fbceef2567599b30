"""What two records of one animal have, put together: an event told twice stays once, in the order of the days."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from studbook.animals.correcting.events import resequence
from studbook.animals.correcting.facts import EVENT_FACTS, OTHER
from studbook.animals.correcting.rewriting import FAR_BEHIND, rewrite, take_out
from studbook.animals.models import Animal, Event, Identifier, Observation
from studbook.animals.retelling import position_for
from studbook.core.columns import columns_of
from studbook.programmes.changes import Trail

# By what two rows are the same thing told twice.
SAME_BY: dict[type[Model], tuple[str, ...]] = {
    Identifier: ("kind", "value"),
    Observation: ("kind", "date", "institution_id", "what", "product", "quantity", "unit", "note"),
}
FILLED = ("local_id", "cause", "necropsy", "note", "terms", "raw_code")


def unite_events(trail: Trail, one: Animal, two: Animal, choices: Mapping[str, str]) -> None:
    """Give the events of the second record to the first; what both tell stays once, with what either knows of it.

    Of a birth or a death there is one: `choices` says whose, by default that of the record that is kept.
    """
    own = list(one.events.select_related("animal", "institution").order_by("sequence"))
    for event in two.events.select_related("animal", "institution").order_by("sequence"):
        twin = next((each for each in own if _same_event(each, event)), None)
        if twin is None:
            own = _take_over(trail, one, event, own)
        elif choices.get(event.kind) == OTHER and event.kind in EVENT_FACTS:
            own.remove(twin)
            take_out(trail, twin)
            own = _take_over(trail, one, event, own)
        else:
            _fill(trail, twin, event)
            take_out(trail, event)
    resequence(trail, own)


def unite_rows(trail: Trail, model: type[Model], one: Animal, two: Animal) -> None:
    """Give the marks or observations of the second record to the first; the same told twice stays once."""
    own = {_what(model, each) for each in model._base_manager.filter(animal=one.pk)}
    for row in model._base_manager.filter(animal=two.pk):
        if _what(model, row) in own:
            take_out(trail, row)
        else:
            rewrite(trail, row, animal=one)


def _same_event(one: Event, other: Event) -> bool:
    if one.kind != other.kind:
        return False
    if one.kind in EVENT_FACTS:
        return True
    return (one.date, one.institution_id) == (other.date, other.institution_id) or _same_day(one, other)


def _same_day(one: Event, other: Event) -> bool:
    if one.date is None or other.date is None or one.institution_id != other.institution_id:
        return False
    return (one.date.earliest, one.date.latest) == (other.date.earliest, other.date.latest)


def _take_over(trail: Trail, one: Animal, event: Event, own: Sequence[Event]) -> list[Event]:
    place = position_for(own, event.kind, event.date)
    last = max((each.sequence for each in own), default=0)
    before = columns_of(event)
    event.animal, event.sequence, event.version = one, min(last + 1, FAR_BEHIND), event.version + 1
    event.save(update_fields=["animal", "sequence", "version"])
    trail.changed(event, before)
    return [*own[:place], event, *own[place:]]


def _fill(trail: Trail, twin: Event, event: Event) -> None:
    known = {
        name: getattr(event, name) for name in FILLED if not getattr(twin, name) and getattr(event, name)
    }
    if known:
        rewrite(trail, twin, **known)


def _what(model: type[Model], row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in SAME_BY[model])
