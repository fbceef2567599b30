"""One kind of entry: what the pages call it, the form it is written with, the deed that writes it down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from studbook.core.forms import EntryForm

OFTEN, LIFE, REPRODUCTION, IDENTITY = "Often", "Life", "Reproduction", "Identity"
GROUPS = (OFTEN, LIFE, REPRODUCTION, IDENTITY)


@dataclass(frozen=True, slots=True)
class EntryKind:
    """`deed` takes the animal (or the programme, where no animal is needed), the form's fields and `by`."""

    slug: str
    label: str
    form_class: type[EntryForm]
    deed: Callable[..., Any]
    needs_animal: bool = True
    group: str = LIFE
    files: bool = False
