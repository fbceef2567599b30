"""Plain values: what JSON holds, and what comes back from it the same."""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any

import numpy as np

Plain = Mapping[str, Any]
PlainDict = dict[str, Any]


def plain(value: Any) -> Any:
    """Return a value as JSON holds it. A number that is not finite is no answer, and becomes None."""
    if value is None or (isinstance(value, bool | int) and not isinstance(value, np.generic)):
        return value
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value]


def columns_of(thing: Any, *names: str) -> dict[str, Any]:
    """Return some attributes of a thing by their names, as plain values."""
    return {name: plain(getattr(thing, name)) for name in names}
