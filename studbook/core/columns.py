"""A record's columns as plain values, as the trail keeps them, and a record made of such columns again."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from django.db.models.fields.files import FieldFile

Columns = Mapping[str, Any]
Record = TypeVar("Record", bound=Model)


def columns_of(record: Model) -> dict[str, Any]:
    """Return a record's columns as plain values, for the trail."""
    return {field.attname: _plain(_as_stored(field, record)) for field in record._meta.concrete_fields}


def record_from(model: type[Record], columns: Columns) -> Record:
    """Return an unsaved record with these columns; one that the columns do not name gets its default."""
    record = model()
    for field in model._meta.concrete_fields:
        if field.attname in columns:
            setattr(record, field.attname, field.to_python(columns[field.attname]))
    return record


def _as_stored(field: "Field[Any, Any]", record: Model) -> Any:
    value = field.value_from_object(record)
    places = getattr(field, "decimal_places", None)
    # The database gives 0.7 back as 0.700000000; both are one state of the record.
    if places is not None and isinstance(value, Decimal) and value.is_finite():
        return value.quantize(Decimal(1).scaleb(-places))
    return value


def _plain(value: Any) -> Any:
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, FieldFile):
        return value.name or ""
    if isinstance(value, bytes | memoryview):
        # What is frozen is kept once; the trail tells which it was.
        return f"sha256:{hashlib.sha256(value).hexdigest()}"
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
