"""Numbers of the science as the pages hold them: no answer is None, never NaN."""

from math import isnan


def or_none(value: float) -> float | None:
    """Return a number, or None where it is NaN."""
    return None if isnan(value) else float(value)
