"""Columns of a record in words, as the trail keeps them: dates by their text, other records by their name."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Field, ForeignKey, Model

from studbook.core.columns import Columns

NOTHING = ""
UNSPOKEN = {"version", "number_order", "sequence", "programme_id", "animal_id", "revision"}
DATE_ENDS = ("_earliest", "_latest", "_text")
YES_OR_NO = {True: "yes", False: "no"}


class Wording:
    """Says columns in words; the names of all the records they point at are read beforehand, one query for each model."""

    def __init__(self, told: Iterable[tuple[type[Model], Columns | None]]) -> None:
        wanted: dict[type[Model], set[Any]] = {}
        for model, columns in told:
            for field in _references(model):
                if columns and columns.get(field.attname) is not None:
                    wanted.setdefault(_target(field), set()).add(columns[field.attname])
        self._names = {model: _names(model, keys) for model, keys in wanted.items()}

    def said(self, model: type[Model], columns: Columns | None) -> dict[str, str]:
        """Return what the columns say, by the noun of each fact; a fact that is not there says nothing."""
        if columns is None:
            return {}
        return {
            _label(model, name): self._words(model, name, columns)
            for name in _facts(model)
            if name in columns or f"{name}_text" in columns
        }

    def _words(self, model: type[Model], name: str, columns: Columns) -> str:
        if f"{name}_text" in columns:
            return _date_words(name, columns)
        field = next(each for each in model._meta.concrete_fields if each.attname == name)
        value = columns[name]
        if isinstance(field, ForeignKey):
            kind = f"{field.name}_kind"
            if value is None and kind in columns:
                return _choice(model._meta.get_field(kind), columns[kind])  # type: ignore[arg-type]
            return self._names.get(_target(field), {}).get(value, NOTHING)
        return _choice(field, value)


def _facts(model: type[Model]) -> list[str]:
    """Return the names of what a model's columns tell; a date is one fact, a parent and its kind are one."""
    fields = {each.attname: each for each in model._meta.concrete_fields}
    facts = []
    for name, field in fields.items():
        if field.primary_key or name in UNSPOKEN:
            continue
        base = next((name.removesuffix(end) for end in DATE_ENDS if name.endswith(end)), name)
        if base != name and f"{base}_text" in fields:
            facts += [base] if name.endswith(DATE_ENDS[0]) else []
        elif not (name.endswith("_kind") and f"{name.removesuffix('_kind')}_id" in fields):
            facts.append(name)
    return facts


def _label(model: type[Model], name: str) -> str:
    fields = {each.attname: each for each in model._meta.concrete_fields}
    return str(fields[name].verbose_name) if name in fields else name.replace("_", " ")


def _date_words(name: str, columns: Columns) -> str:
    if columns.get(f"{name}_earliest") is None:
        return NOTHING
    ends = sorted({columns[f"{name}_earliest"], columns[f"{name}_latest"]})
    return str(columns[f"{name}_text"] or " to ".join(ends))


def _choice(field: "Field[Any, Any]", value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return YES_OR_NO[value]
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(dict(field.flatchoices).get(value, value))


def _references(model: type[Model]) -> list["ForeignKey[Any, Any]"]:
    return [each for each in model._meta.concrete_fields if isinstance(each, ForeignKey)]


def _target(field: "ForeignKey[Any, Any]") -> type[Model]:
    target: type[Model] = field.remote_field.model
    return target


def _names(model: type[Model], keys: set[Any]) -> dict[Any, str]:
    # Not the default manager: a record left out of everything else still has its name in the trail.
    return {each.pk: str(each) for each in model._base_manager.filter(pk__in=keys)}
