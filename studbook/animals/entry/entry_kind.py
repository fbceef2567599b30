"""One kind of entry: what the pages call it, the form it is written with, the deed that writes it down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from studbook.animals.models import Animal
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


@dataclass(frozen=True, slots=True)
class Entry:
    """A way to log something of an animal, as the pages offer it: a kind of this room, or a form of a room above.

    `url` is given the code of the programme and the number of the animal; `fits` says of which animals it is offered.
    """

    slug: str
    label: str
    group: str
    url: Callable[[str, str], str]
    fits: Callable[[Animal], bool]


@dataclass(frozen=True, slots=True)
class OfferedEntry:
    """A way to log something of one animal: what the button says and where it leads."""

    slug: str
    label: str
    url: str
