"""The ways to the forms of procedures that the pages of an animal offer."""

from django.urls import reverse

from studbook.animals.entry.entry_kind import REPRODUCTION, Entry
from studbook.animals.models import Animal
from studbook.reproduction.procedures.kinds import KINDS, ProcedureKind


def _entry(kind: ProcedureKind) -> Entry:
    def url(code: str, number: str) -> str:
        return reverse("procedure_new", args=[code, number, kind.slug])

    def fits(animal: Animal) -> bool:
        return (not kind.sex or animal.sex == kind.sex) and (animal.is_living or kind.of_the_dead)

    return Entry(kind.slug, kind.label, REPRODUCTION, url, fits)


PROCEDURE_ENTRIES = [_entry(kind) for kind in KINDS.values()]
