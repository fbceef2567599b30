"""Between JSON and the forms: what was sent as a form has it, what was made as JSON has it."""

from typing import Any

from django.db.models import Model
from django.http import QueryDict

from studbook.animals.models import Animal, Event, Observation
from studbook.core.errors import StudbookError

MOST_ITEMS = 50


def flat(sent: Any) -> QueryDict:
    """Return JSON as the fields of a form: a list of objects becomes `young-0-sex`, `young-1-sex`, ... and its `count`."""
    if not isinstance(sent, dict):
        raise StudbookError(
            'The body is no object with the fields of the entry. Send {"on": "2025-05-03", ...}.'
        )
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        if isinstance(value, list):
            _add_list(data, name, value)
        else:
            _add(data, name, value)
    return data


def _add_list(data: QueryDict, name: str, values: list[Any]) -> None:
    if len(values) > MOST_ITEMS:
        raise StudbookError(
            f"“{name}” has {len(values)} items, and at most {MOST_ITEMS} can be sent at once."
        )
    if all(isinstance(each, dict) for each in values):
        data.setdefault("count", str(len(values)))
        for place, each in enumerate(values):
            for key, value in each.items():
                _add(data, f"{name}-{place}-{key}", value)
    else:
        _add(data, name, " ".join(map(str, values)))


def _add(data: QueryDict, name: str, value: Any) -> None:
    if isinstance(value, (dict, list)):
        raise StudbookError(f"“{name}” is no single value. Send text, a number, true or false.")
    if value is not None and value is not False:
        data[name] = "on" if value is True else str(value)


def told(made: Any) -> dict[str, Any]:
    """Return what an entry made: the animals, or one event or observation."""
    if isinstance(made, list):
        return {"animals": [_record(each) for each in made]}
    return _record(made)


def _record(made: Model) -> dict[str, Any]:
    if isinstance(made, Animal):
        return {"studbook_number": made.studbook_number, "version": made.version}
    if isinstance(made, (Event, Observation)):
        noun = "event" if isinstance(made, Event) else "observation"
        return {
            "id": made.pk,
            "record": noun,
            "kind": made.kind,
            "date": str(made.date or ""),
            "studbook_number": made.animal.studbook_number,
            "animal_version": made.animal.version,
            "provisional": made.provisional,
            "version": made.version,
        }
    raise TypeError(f"An entry made {made!r}, which the API does not know.")
