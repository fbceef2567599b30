"""What is done with the record of a sample: stored, described better, struck out. Its units change by its ledger alone."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import refuse_findings
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail, save_unless_stale
from studbook.programmes.models import Programme
from studbook.reproduction.bank.labels import proposed_label, refuse_used_label
from studbook.reproduction.bank.ledger import refuse_struck
from studbook.reproduction.bank.rights import refuse_foreign_sample, refuse_reserve_to
from studbook.reproduction.bank.rules import (
    findings_of,
    refuse_against_ledger,
    refuse_motility,
    refuse_wrong_donor,
    refuse_wrong_procedure,
)
from studbook.reproduction.models import Procedure, Sample, SampleStep
from studbook.reproduction.models.sample import MOST_UNITS
from studbook.reproduction.striking import strike_out

LONGEST_PLACE = 240
INTERVAL = ("collected_earliest", "collected_latest", "collected_text")


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a sample and may be found out better later."""

    kind: str
    collected: DateInterval
    label: str = ""
    unit: str = Sample.Unit.STRAW
    per_dose: int = 1
    motile_percent: Decimal | None = None
    million_per_unit: Decimal | None = None
    quality: str = ""
    medium: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Storage:
    """Of whom a sample is, how much of it, where it is put, and whose it is."""

    donor: Animal
    units: int
    institution: Institution
    owner: Institution
    tank: str = ""
    canister: str = ""
    position: str = ""
    account: str = Sample.Account.SAVINGS
    embryo_sire: Animal | None = None
    procedure: Procedure | None = None


def store_sample(
    programme: Programme,
    storage: Storage,
    description: Description,
    *,
    by: User | None,
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Sample:
    """Put a sample into the bank; without a label of its own it gets the next free one."""
    _refuse_number(storage.units)
    codes = tuple(acknowledged)
    with keeping(
        programme,
        "store sample",
        by=by,
        right=None,
        about=[storage.donor],
        reason=reason.strip(),
        acknowledged=codes,
    ) as trail:
        sample = Sample(programme=programme, logged_by=by, units_stored=storage.units, **_columns(storage))
        sample.donor = locked(storage.donor)
        refuse_foreign_sample(by, Right.LOG, sample)
        _describe(sample, description)
        refuse_wrong_procedure(sample)
        refuse_findings(findings_of(sample), codes)
        sample.save()
        trail.created([sample])
        # A sample enters the ledger on the day it was collected; when that was put down the trail knows.
        first_line(trail, sample, on=description.collected.latest, by=by, procedure=sample.procedure)
    return sample


def first_line(
    trail: Trail,
    sample: Sample,
    *,
    on: date,
    by: User | None,
    procedure: Procedure | None = None,
    was: str = "",
) -> None:
    """Open the ledger of a new sample with all that was stored."""
    line = SampleStep(
        sample=sample,
        kind=SampleStep.Kind.STORED,
        on=on,
        by=by,
        change=sample.units_stored,
        procedure=procedure,
        institution=sample.institution,
        was=was,
        becomes=sample.place_in_words[:LONGEST_PLACE],
    )
    line.save()
    trail.created([line])


def edit_sample(
    sample: Sample,
    description: Description,
    *,
    by: User | None,
    opened_version: int,
    reason: str,
    acknowledged: Iterable[str] = (),
) -> Sample:
    """Describe a sample better. What its ledger tells, whose and of whom it is, is not described here."""
    why, codes = reason.strip(), tuple(acknowledged)
    if not why:
        raise StudbookError("Say how you know: the reason stays with the sample.", field="why")
    with keeping(
        sample.programme,
        "edit sample",
        by=by,
        right=None,
        about=[sample.donor],
        reason=why,
        acknowledged=codes,
    ) as trail:
        current = Sample.objects.whole().get(pk=sample.pk)
        refuse_foreign_sample(by, Right.CORRECT, current)
        refuse_struck(current)
        before = columns_of(current)
        _describe(current, description)
        refuse_against_ledger(current, before["kind"])
        refuse_findings(findings_of(current), codes)
        named = [field.name for field in fields(Description) if field.name != "collected"]
        save_unless_stale(current, opened_version=opened_version, fields=[*named, *INTERVAL])
        trail.changed(current, before)
    return current


def strike_sample(
    sample: Sample,
    *,
    by: User | None,
    opened_version: int,
    reason: str,
    acknowledged: Iterable[str] = (),
) -> Sample:
    """Strike out a sample that was stored by mistake; one of which something was used or split off stays, and a part too.

    Out of the national reserve the coordinator alone strikes one.
    """

    def asked(current: Sample) -> None:
        refuse_reserve_to(refuse_foreign_sample(by, Right.CORRECT, current), current)
        _refuse_used(current)

    return strike_out(
        sample,
        about=[sample.donor],
        by=by,
        opened_version=opened_version,
        reason=reason,
        acknowledged=acknowledged,
        asked=asked,
    )


def _describe(sample: Sample, description: Description) -> None:
    for each in fields(Description):
        setattr(sample, each.name, getattr(description, each.name))
    sample.label = description.label.strip()
    refuse_wrong_donor(sample)
    refuse_motility(sample, motile_percent=sample.motile_percent, million_per_unit=sample.million_per_unit)
    if not 1 <= sample.per_dose <= 1000:
        raise StudbookError("A dose is made of 1 to 1000. Correct the number.", field="per_dose")
    if not sample.label:
        sample.label = proposed_label(sample.programme, sample.donor, description.collected)
    refuse_used_label(sample.programme, sample.label, but=sample)


def _columns(storage: Storage) -> dict[str, Any]:
    columns = {each.name: getattr(storage, each.name) for each in fields(Storage)}
    for name in Sample.WITHIN:
        columns[name] = columns[name].strip()
    return columns


def _refuse_number(units: int) -> None:
    if not 1 <= units <= MOST_UNITS:
        raise StudbookError(
            f"A sample is of 1 to {MOST_UNITS:,} straws or vials. Correct the number, or store several samples.",
            field="units",
        )


def _refuse_used(sample: Sample) -> None:
    taken = sample.steps.filter(kind__in=(SampleStep.Kind.USED, SampleStep.Kind.SPLIT)).first()
    if taken:
        raise StudbookError(
            f"{sample.label} cannot be struck out: it was {taken.get_kind_display()} on {taken.on}, so there was such a "
            "sample. Discard what is left, or correct what is said of it."
        )
    if sample.split_from_id:
        raise StudbookError(
            f"{sample.label} was split off another sample, whose ledger tells so: struck out, its {sample.units_in_words} "
            "would be lost. Discard it instead, with the reason."
        )
