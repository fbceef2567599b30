"""JSON read as the forms of the pages read what they are sent; nothing of it is lost without a word."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from studbook.core.errors import StudbookError

MOST_ITEMS, SHOWN = 50, 40
LISTS = ("acknowledged", "animals")
COUNT, KEYS_OF_THE_PAGE = "count", ("once_key", "csrfmiddlewaretoken")


def fields_of(sent: Any) -> QueryDict:
    """Return a body as the fields of a form: a list of objects becomes `young-0-sex`, `young-1-sex`, ... and its `count`.

    Null is a field left empty. The names in LISTS may be lists of single values, which a page has with spaces between.
    """
    if isinstance(sent, QueryDict):
        return sent
    if not isinstance(sent, dict):
        raise StudbookError(
            'The body is no object with the fields of the form. Send {"on": "2025-05-03", ...}.'
        )
    data = QueryDict(mutable=True)
    for name, value in sorted(sent.items(), key=lambda item: isinstance(item[1], list)):
        if isinstance(value, list):
            _add_list(data, name, value)
        else:
            _add(data, name, value)
    return data


def refuse_unknown(form: forms.Form, sent: Iterable[str]) -> None:
    """Refuse a field that the form does not have: what was meant by it would be lost without a word."""
    unknown = sorted(name for name in sent if name not in form.fields and name not in KEYS_OF_THE_PAGE)
    if unknown:
        named = unknown[0][:SHOWN]
        fields = ", ".join(name for name in form.fields if name not in KEYS_OF_THE_PAGE)
        raise StudbookError(f"“{named}” is no field of this entry. Its fields are {fields}.", field=named)


def _add_list(data: QueryDict, name: str, values: list[Any]) -> None:
    if len(values) > MOST_ITEMS:
        raise StudbookError(
            f"“{name}” has {len(values)} items, and at most {MOST_ITEMS} can be sent at once."
        )
    if values and all(isinstance(each, dict) for each in values):
        _count(data, name, len(values))
        for place, each in enumerate(values):
            for key, value in each.items():
                _add(data, f"{name}-{place}-{key}", value)
    elif name in LISTS and all(isinstance(each, (str, int)) for each in values):
        _add(data, name, " ".join(map(str, values)))
    else:
        raise _no_single_value(name)


def _count(data: QueryDict, name: str, found: int) -> None:
    # A row beyond the count would be lost without a word.
    said = data.get(COUNT) or str(found)
    data[COUNT] = said
    if said != str(found):
        sentence = f"“{COUNT}” says {said[:SHOWN]}, and “{name}” has {found}. Make the two agree, or leave “{COUNT}” out."
        raise StudbookError(sentence, field=COUNT)


def _add(data: QueryDict, name: str, value: Any) -> None:
    if isinstance(value, (dict, list)):
        raise _no_single_value(name)
    # A box that is not ticked is not sent by a page.
    if value is not False:
        data[name] = "on" if value is True else "" if value is None else str(value)


def _no_single_value(name: str) -> StudbookError:
    return StudbookError(
        f"“{name}” is no single value. Send text, a number, true or false.", field=name[:SHOWN]
    )
