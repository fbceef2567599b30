"""Between JSON and the forms: what was sent as a form has it, what was made as JSON has it."""

from typing import Any

from django.db.models import Model
from django.http import QueryDict

from studbook.animals.models import Animal, Event, Observation
from studbook.core.errors import StudbookError
from studbook.core.forms import EntryForm

MOST_ITEMS, SHOWN = 50, 40
COUNT, KEYS_OF_THE_PAGE = "count", ("once_key", "csrfmiddlewaretoken")


def flat(sent: Any) -> QueryDict:
    """Return JSON as the fields of a form: a list of objects becomes `young-0-sex`, `young-1-sex`, ... and its `count`."""
    if not isinstance(sent, dict):
        raise StudbookError(
            'The body is no object with the fields of the entry. Send {"on": "2025-05-03", ...}.'
        )
    data = QueryDict(mutable=True)
    for name, value in sorted(sent.items(), key=lambda item: isinstance(item[1], list)):
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
        _count(data, name, len(values))
        for place, each in enumerate(values):
            for key, value in each.items():
                _add(data, f"{name}-{place}-{key}", value)
    else:
        _add(data, name, " ".join(map(str, values)))


def _count(data: QueryDict, name: str, found: int) -> None:
    # A row beyond the count would be lost without a word.
    said = data.setdefault(COUNT, str(found))
    if said != str(found):
        sentence = f"“{COUNT}” says {said[:SHOWN]}, and “{name}” has {found}. Make the two agree, or leave “{COUNT}” out."
        raise StudbookError(sentence, field=COUNT)


def refuse_unknown(form: EntryForm, sent: QueryDict) -> None:
    """Refuse a field that the form does not have: what was meant by it would be lost without a word."""
    unknown = sorted(name for name in sent if name not in form.fields and name not in KEYS_OF_THE_PAGE)
    if unknown:
        named = unknown[0][:SHOWN]
        fields = ", ".join(name for name in form.fields if name not in KEYS_OF_THE_PAGE)
        raise StudbookError(f"“{named}” is no field of this entry. Its fields are {fields}.", field=named)


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
