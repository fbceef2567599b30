"""The ledger of a sample: every unit that comes or goes is a line, and the sum of the lines is what is left."""

from datetime import date
from typing import Any

from studbook.accounts.models import User
from studbook.core.columns import columns_of
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail, save_unless_stale
from studbook.reproduction.models import Procedure, Sample, SampleStep


class NotEnoughUnitsError(StudbookError):
    """More is asked of a sample than is left of it."""

    def __init__(self, sample: Sample, wanted: int) -> None:
        unit = sample.get_unit_display()
        left = f"{sample.units} {unit}{'' if sample.units == 1 else 's'}"
        super().__init__(
            f"{sample.label} of {sample.donor} has {left} left, and {wanted} are asked for. "
            "Take fewer, or another sample; if more are in the tank, count the sample first.",
            field="units",
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
        before = columns_of(sample)
        sample.units += step.change
        save_unless_stale(sample, opened_version=sample.version, fields=["units"])
        trail.changed(sample, before)
    step.save()
    trail.created([step])
    return step


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
    """Take units of a sample for a procedure; the sample is read under the lock."""
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
