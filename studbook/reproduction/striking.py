"""Striking a record out: it stays in the book with who, when and why, and counts no more."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.keeping import keeping
from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail, save_unless_stale
from studbook.reproduction.models import Record
from studbook.reproduction.recording import recording

RecordT = TypeVar("RecordT", bound=Record)
STRUCK_FIELDS = ["struck_at", "struck_by", "struck_why"]


Beside = Callable[[Trail, RecordT], None]


def strike_out(
    record: RecordT,
    *,
    about: Iterable[Animal] = (),
    at: Institution | None = None,
    by: User | None,
    opened_version: int,
    reason: str,
    acknowledged: Iterable[str] = (),
    right: Right | None = Right.CORRECT,
    beside: Beside[RecordT] | None = None,
    alters_numbers: bool = True,
) -> RecordT:
    """Strike a record out.

    The person must be allowed to correct the records of all animals that it is `about`; or, where it was made `at` an
    institution, what was recorded there. `beside` refuses it under the lock, or does with it what must go together; without
    a `right` it asks for that too.
    """
    why = reason.strip()
    noun = record._meta.verbose_name
    if not why:
        raise StudbookError(f"Say why the {noun} is struck out: the reason stays with it.", field="reason")
    how: dict[str, Any] = {"by": by, "right": right, "about": about, "reason": why}
    how |= {"acknowledged": acknowledged, "alters_numbers": alters_numbers}
    verb = f"strike out {noun}"
    begin = partial(recording, at=at) if at else keeping
    with begin(record.programme, verb, **how) as trail:
        current: RecordT = type(record)._default_manager.get(pk=record.pk)
        if current.is_struck:
            raise StudbookError(f"The {noun} “{current}” was struck out already. Nothing is left to do.")
        before = columns_of(current)
        if beside:
            beside(trail, current)
        current.struck_at, current.struck_by, current.struck_why = timezone.now(), by, why
        save_unless_stale(current, opened_version=opened_version, fields=STRUCK_FIELDS)
        trail.changed(current, before)
    return current


def refuse_rested_on(record: Record, names: Iterable[str]) -> None:
    """Refuse to strike out what other records rest on, with their names."""
    resting = list(names)
    if resting:
        raise StudbookError(
            f"Other records rest on this {record._meta.verbose_name}: {'; '.join(resting)}. Strike these out first, or correct "
            "them so that they rest on another."
        )
