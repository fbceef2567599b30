"""What the pages of plans look up."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def of_key(found: Mapping[int, Sequence[Any]] | None, key: int) -> Sequence[Any]:
    """Return what is kept under a key, nothing where nothing is."""
    return found.get(key, ()) if isinstance(found, Mapping) else ()
