"""Striking a record out: it stays in the book with who, when and why, and counts no more."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.keeping import keeping
from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail, save_unless_stale
from studbook.programmes.models.record import Record

RecordT = TypeVar("RecordT", bound=Record)
STRUCK_FIELDS = ["struck_at", "struck_by", "struck_why"]


def strike_out(
    record: RecordT,
    *,
    about: Iterable[Animal] = (),
    by: User | None,
    opened_version: int,
    reason: str,
    acknowledged: Iterable[str] = (),
    asked: Callable[[RecordT], None] | None = None,
    beside: Callable[[Trail, RecordT], None] | None = None,
    alters_numbers: bool = True,
) -> RecordT:
    """Strike a record out; the person must be allowed to correct the records of all animals that it is about.

    A record that is not its animals' says with `asked` who may, and what stands in the way: it is given the record as
    it is under the lock, and raises. `beside` does what must go together with it.
    """
    why = reason.strip()
    noun = record._meta.verbose_name
    if not why:
        raise StudbookError(f"Say why the {noun} is struck out: the reason stays with it.", field="reason")
    with keeping(
        record.programme,
        f"strike out {noun}",
        by=by,
        right=None if asked else Right.CORRECT,
        about=about,
        reason=why,
        acknowledged=acknowledged,
        alters_numbers=alters_numbers,
    ) as trail:
        current: RecordT = type(record)._default_manager.get(pk=record.pk)
        if asked:
            asked(current)
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
