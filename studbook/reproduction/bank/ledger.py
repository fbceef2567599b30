"""The ledger of a sample: every unit that comes or goes is a line, and the sum of the lines is what is left."""

from datetime import date
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.columns import columns_of
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail, save_unless_stale
from studbook.reproduction.bank.rights import refuse_foreign_sample
from studbook.reproduction.models import Procedure, Sample, SampleStep


class NotEnoughUnitsError(StudbookError):
    """More is asked of a sample than is left of it."""

    def __init__(self, sample: Sample, wanted: int) -> None:
        super().__init__(
            f"{sample.label} of {sample.donor} has {sample.units_in_words} left, and {wanted} are asked for. "
            "Take fewer, or another sample; if more are in the tank, count the sample first.",
            field="units",
        )


class MoreThanStoredError(StudbookError):
    """More would be left of a sample than were ever stored of it."""

    def __init__(self, sample: Sample, units: int, in_parts: int, *, field: str) -> None:
        parts = f", {sample.counted(in_parts)} of which its parts hold" if in_parts else ""
        super().__init__(
            f"{sample.label} of {sample.donor} was stored as {sample.counted(sample.units_stored)}{parts}, so {units} cannot "
            "be left. Count again. What was not entered is stored as a sample of its own; a sample stored with a wrong "
            "number is struck out and stored anew.",
            field=field,
        )


def write_step(
    trail: Trail, sample: Sample, kind: str, *, on: date, by: User | None, **columns: Any
) -> SampleStep:
    """Write one line of a sample that is read under the lock, and bring what is left of it into line.

    `columns` are those of the line: change, procedure, institution, was, becomes, reason. Raises NotEnoughUnitsError.
    """
    step = SampleStep(sample=sample, kind=kind, on=on, by=by, **columns)
    if sample.units + step.change < 0:
        raise NotEnoughUnitsError(sample, -step.change)
    if step.change:
        set_columns(trail, sample, units=sample.units + step.change)
    step.save()
    trail.created([step])
    return step


def set_columns(trail: Trail, sample: Sample, **columns: Any) -> None:
    """Give columns of a sample that is read under the lock other values."""
    before = columns_of(sample)
    for name, value in columns.items():
        setattr(sample, name, value)
    save_unless_stale(sample, opened_version=sample.version, fields=list(columns))
    trail.changed(sample, before)


def use_units(
    trail: Trail,
    sample: Sample,
    units: int,
    *,
    procedure: Procedure,
    on: date,
    by: User | None,
    reason: str = "",
) -> SampleStep:
    """Take units of a sample for a procedure; the sample is read under the lock.

    The person must act for the institution that stores or owns it. Nothing is used of a sample that was struck out, or
    of the national reserve: the coordinator moves it to another account first, for a reason.
    """
    refuse_unusable(sample, by=by)
    return write_step(
        trail,
        sample,
        SampleStep.Kind.USED,
        on=on,
        by=by,
        change=-units,
        procedure=procedure,
        institution=procedure.institution,
        reason=reason,
    )


def refuse_more_than_stored(sample: Sample, units: int, *, field: str) -> None:
    """Refuse that more become left of a sample than were stored of it and are not left in its parts; a query for each generation of parts."""
    if units <= sample.units:
        return
    in_parts, wave = 0, [sample.pk]
    while wave:
        parts = list(Sample.objects.filter(split_from__in=wave).values_list("pk", "units"))
        in_parts += sum(left for _, left in parts)
        wave = [pk for pk, _ in parts]
    if units > sample.units_stored - in_parts:
        raise MoreThanStoredError(sample, units, in_parts, field=field)


def refuse_unusable(sample: Sample, *, by: User | None) -> None:
    """Refuse to take units of a sample to use or to test them; the sample is read under the lock."""
    refuse_struck(sample)
    refuse_foreign_sample(by, Right.LOG, sample)
    if sample.account == Sample.Account.RESERVE:
        raise StudbookError(
            f"{sample.label} of {sample.donor} is in the national reserve, which is not drawn on. Take another sample, or "
            "let the coordinator move this one to another account first.",
            field="units",
        )


def refuse_struck(sample: Sample) -> None:
    if sample.is_struck:
        raise StudbookError(
            f"{sample.label} was struck out: {sample.struck_why} Nothing is done with it any more. Store the sample anew "
            "if it is there."
        )
