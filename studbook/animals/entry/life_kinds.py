"""The kinds of life events that can be logged."""

from typing import Any

from studbook.animals.entry import life, litter_forms, newcomer
from studbook.animals.entry import life_forms as forms
from studbook.animals.entry.entry_kind import EntryKind
from studbook.animals.entry.litter import log_birth
from studbook.animals.models import Animal, ParentKind
from studbook.animals.parents_told import ParentChoice


def birth_of(dam: Animal, **told: Any) -> list[Animal]:
    """Write down a litter of a dam in the book."""
    known = ParentChoice(ParentKind.KNOWN, (dam,))
    return log_birth(dam.programme, dam=known, **told)


LIFE_KINDS = {
    kind.slug: kind
    for kind in (
        EntryKind("birth", "birth", litter_forms.BirthForm, birth_of),
        EntryKind("death", "death", forms.DeathForm, life.log_death),
        EntryKind("release", "release", forms.ReleaseForm, life.log_release),
        EntryKind("lost", "lost to follow-up", forms.LostForm, life.log_lost),
        EntryKind("found", "found again", forms.FoundForm, life.log_found),
    )
}

NEWCOMER_KINDS = {
    kind.slug: kind
    for kind in (
        EntryKind(
            "birth",
            "birth of an unrecorded dam",
            litter_forms.UnrecordedBirthForm,
            log_birth,
            needs_animal=False,
        ),
        EntryKind("capture", "capture", forms.CaptureForm, newcomer.log_capture, needs_animal=False),
        EntryKind(
            "arrival", "arrival from outside", forms.ArrivalForm, newcomer.log_arrival, needs_animal=False
        ),
    )
}
