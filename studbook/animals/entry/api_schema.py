"""The fields of each kind of entry, told to other programs in the words of its form."""

from collections.abc import Iterable
from typing import Any

from django import forms

from studbook.animals.entry.entry_kind import EntryKind
from studbook.animals.entry.litter_forms import LitterForm, young_fields
from studbook.programmes.sent import COUNT, KEYS_OF_THE_PAGE

Schema = dict[str, Any]
JSON_TYPES: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.BooleanField, "boolean"),
    (forms.IntegerField, "integer"),
)


def body_of(kinds: Iterable[EntryKind]) -> dict[str, Schema]:
    """Return the schema of what is sent: the fields of one of these kinds."""
    schemas = [_schema(kind) for kind in kinds]
    return {media: {"anyOf": schemas} for media in ("application/json", "multipart/form-data")}


def _schema(kind: EntryKind) -> Schema:
    fields = {
        name: field for name, field in kind.form_class.base_fields.items() if name not in KEYS_OF_THE_PAGE
    }
    schema: Schema = {
        "type": "object",
        "title": kind.label,
        "description": f"With `kind` {kind.slug}.",
        "properties": {name: _property(field) for name, field in fields.items()},
    }
    required = [name for name, field in fields.items() if field.required and name != COUNT]
    if issubclass(kind.form_class, LitterForm):
        schema["properties"]["young"] = _rows(young_fields())
    return schema | ({"required": required} if required else {})


def _rows(fields: dict[str, forms.Field]) -> Schema:
    properties = {name: _property(field) for name, field in fields.items()}
    return {"type": "array", "items": {"type": "object", "properties": properties}}


def _property(field: forms.Field) -> Schema:
    json_type = next((name for kind, name in JSON_TYPES if isinstance(field, kind)), "string")
    told: Schema = {"type": json_type, "description": ". ".join(_words(field))}
    if isinstance(field, forms.FileField):
        told["format"] = "binary"
    if isinstance(field, forms.CharField) and field.max_length:
        told["maxLength"] = field.max_length
    return told


def _words(field: forms.Field) -> list[str]:
    words = [str(field.label or "").strip("."), str(field.help_text or "").strip(".")]
    # A choice that is known only with an animal, such as its own marks, is not listed.
    choices = [str(value) for value, _ in getattr(field, "choices", ()) if str(value)]
    return [each for each in (*words, f"One of {', '.join(choices)}" if choices else "") if each]
