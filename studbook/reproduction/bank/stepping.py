"""The steps of a sample after it was stored: each is one line of its ledger, and of that of a part split off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.findings import refuse_findings
from studbook.institutions.models import Institution
from studbook.reproduction.bank.labels import proposed_label, refuse_used_label
from studbook.reproduction.bank.ledger import (
    refuse_more_than_stored,
    refuse_unusable,
    set_columns,
    use_units,
    write_step,
)
from studbook.reproduction.bank.rights import refuse_reserve_to
from studbook.reproduction.bank.rules import (
    account_findings,
    place_findings,
    refuse_motility,
    refuse_wrong_use,
)
from studbook.reproduction.bank.storing import LONGEST_PLACE, first_line
from studbook.reproduction.bank.working import working
from studbook.reproduction.models import Procedure, Sample, SampleStep
from studbook.reproduction.models.sample import MOST_UNITS

Kind = SampleStep.Kind
FEWER_IN_RESERVE = "Tell the coordinator how many you counted, who writes down that fewer are left."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sample is put."""

    institution: Institution
    tank: str = ""
    canister: str = ""
    position: str = ""


def move_sample(
    sample: Sample,
    place: Place,
    *,
    on: date,
    by: User | None,
    opened_version: int,
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Sample:
    """Put a whole sample somewhere else, within a tank or to another institution.

    What is in the national reserve the coordinator alone moves to another institution.
    """
    codes = tuple(acknowledged)
    with working(
        sample, "move sample", on=on, by=by, opened_version=opened_version, reason=reason,
        acknowledged=codes, alters_numbers=False,
    ) as work:  # fmt: skip
        current, was = work.sample, work.sample.place_in_words
        moved = _at(place)
        if all(getattr(current, name) == value for name, value in moved.items()):
            raise StudbookError(
                f"{current.label} is at {was} already. Name the place where it is put.", field="institution"
            )
        if current.institution != place.institution:
            refuse_reserve_to(work.standing, current)
        set_columns(work.trail, current, **moved)
        refuse_findings(place_findings(current), codes)
        becomes = current.place_in_words[:LONGEST_PLACE]
        write_step(
            work.trail, current, Kind.MOVED, on=on, by=by, institution=current.institution,
            was=was[:LONGEST_PLACE], becomes=becomes, reason=reason.strip(),
        )  # fmt: skip
    return current


def split_sample(
    sample: Sample,
    place: Place,
    *,
    units: int,
    on: date,
    by: User | None,
    label: str = "",
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Sample:
    """Put a part of a sample somewhere else, under a label of its own; return that part.

    Of the national reserve the coordinator alone does.
    """
    _refuse_none(units)
    codes = tuple(acknowledged)
    with working(sample, "split sample", on=on, by=by, reason=reason, acknowledged=codes) as work:
        current, collected = work.sample, work.sample.collected
        refuse_reserve_to(work.standing, current)
        if units == current.units:
            raise StudbookError(
                f"{current.units_in_words} are all that is left of {current.label}. Move the whole sample.",
                field="units",
            )
        label = label.strip() or (
            proposed_label(current.programme, current.donor, collected) if collected else ""
        )
        refuse_used_label(current.programme, label)
        write_step(
            work.trail, current, Kind.SPLIT, on=on, by=by, change=-units, becomes=label, reason=reason.strip()
        )
        part = Sample.objects.whole().get(pk=current.pk)
        part.pk, part._state.adding = None, True
        part.split_from, part.label, part.version, part.logged_by = current, label, 1, by
        part.units_stored = part.units = units
        for name, value in _at(place).items():
            setattr(part, name, value)
        refuse_findings(place_findings(part), codes)
        part.save(force_insert=True)
        work.trail.created([part])
        first_line(work.trail, part, on=on, by=by, was=f"part of {current.label}")
    return part


def thaw_sample(
    sample: Sample,
    *,
    units: int,
    on: date,
    by: User | None,
    motile_percent: Decimal | None = None,
    reason: str = "",
) -> Sample:
    """Thaw some of a sample to see how it is; what was found after thawing goes to the sample."""
    _refuse_none(units)
    with working(sample, "thaw sample", on=on, by=by, reason=reason) as work:
        refuse_unusable(work.sample, by=by)
        refuse_motility(work.sample, motile_percent=motile_percent)
        write_step(
            work.trail, work.sample, Kind.THAWED, on=on, by=by, change=-units, reason=reason.strip(),
            becomes="" if motile_percent is None else f"{motile_percent} % motile",
        )  # fmt: skip
        if motile_percent is not None:
            set_columns(work.trail, work.sample, motile_percent=motile_percent)
    return work.sample


def use_sample(
    sample: Sample, *, procedure: Procedure, units: int, by: User | None, reason: str = ""
) -> Sample:
    """Use some of a sample in a procedure that is in the book, on its day."""
    _refuse_none(units)
    day = cast(date, procedure.date_latest)
    with working(sample, "use sample", on=day, by=by, reason=reason) as work:
        refuse_wrong_use(work.sample, Procedure.objects.get(pk=procedure.pk))
        use_units(work.trail, work.sample, units, procedure=procedure, on=day, by=by, reason=reason.strip())
    return work.sample


def discard_sample(sample: Sample, *, units: int, on: date, by: User | None, reason: str) -> Sample:
    """Throw some of a sample away, or all; of the national reserve the coordinator alone does."""
    _refuse_none(units)
    why = _said(reason, "Say why it is discarded: thawed by accident, contaminated, no longer wanted.")
    with working(sample, "discard sample", on=on, by=by, reason=why) as work:
        refuse_reserve_to(work.standing, work.sample)
        write_step(work.trail, work.sample, Kind.DISCARDED, on=on, by=by, change=-units, reason=why)
    return work.sample


def count_sample(
    sample: Sample, *, counted: int, on: date, by: User | None, opened_version: int, reason: str = ""
) -> Sample:
    """Say how many were counted in the tank; a difference needs a reason.

    That fewer are left of the national reserve the coordinator alone writes down.
    """
    if not 0 <= counted <= MOST_UNITS:
        raise StudbookError(f"Between 0 and {MOST_UNITS:,} can be counted. Correct it.", field="counted")
    with working(sample, "count sample", on=on, by=by, opened_version=opened_version, reason=reason) as work:
        difference, told = counted - work.sample.units, work.sample.units_in_words
        refuse_more_than_stored(work.sample, counted, field="counted")
        if difference < 0:
            refuse_reserve_to(work.standing, work.sample, remedy=FEWER_IN_RESERVE)
        if difference:
            _said(
                reason,
                f"The ledger says {told} and {counted} are there. Say what may have happened to the difference.",
            )
        write_step(
            work.trail, work.sample, Kind.COUNTED, on=on, by=by, change=difference, reason=reason.strip(),
            was=told, becomes=work.sample.counted(counted),
        )  # fmt: skip
    return work.sample


def change_account(
    sample: Sample,
    *,
    account: str,
    on: date,
    by: User | None,
    opened_version: int,
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Sample:
    """Keep a sample for another purpose. Out of the national reserve the coordinator moves it, for a reason.

    Who is not the coordinator is warned before it goes in.
    """
    codes = tuple(acknowledged)
    with working(
        sample, "change account of sample", on=on, by=by, opened_version=opened_version, reason=reason,
        acknowledged=codes,
    ) as work:  # fmt: skip
        current, was = work.sample, work.sample.get_account_display()
        if current.account == account:
            raise StudbookError(
                f"{current.label} is in the account “{was}” already. Choose another one.", field="account"
            )
        if current.account == Sample.Account.RESERVE:
            refuse_reserve_to(work.standing, current)
            _said(
                reason, "What leaves the national reserve leaves it for a reason. Say what it is needed for."
            )
        refuse_findings(account_findings(current, account, work.standing), codes)
        set_columns(work.trail, current, account=account)
        write_step(
            work.trail, current, Kind.ACCOUNT, on=on, by=by, was=was, becomes=current.get_account_display(),
            reason=reason.strip(),
        )  # fmt: skip
    return current


def change_owner(
    sample: Sample, *, owner: Institution, on: date, by: User | None, opened_version: int, reason: str = ""
) -> Sample:
    """Give a sample to another institution; where it is stored stays. In the national reserve the coordinator alone does."""
    with working(
        sample, "change owner of sample", on=on, by=by, opened_version=opened_version, reason=reason,
        alters_numbers=False,
    ) as work:  # fmt: skip
        current, was = work.sample, work.sample.owner
        if was == owner:
            raise StudbookError(
                f"{current.label} belongs to {was} already. Choose the new owner.", field="owner"
            )
        refuse_reserve_to(work.standing, current)
        set_columns(work.trail, current, owner=owner)
        write_step(
            work.trail, current, Kind.OWNER, on=on, by=by, institution=owner, was=str(was)[:LONGEST_PLACE],
            becomes=str(owner)[:LONGEST_PLACE], reason=reason.strip(),
        )  # fmt: skip
    return current


def _at(place: Place) -> dict[str, object]:
    within = {name: getattr(place, name).strip() for name in Sample.WITHIN}
    return {"institution": place.institution, **within}


def _refuse_none(units: int) -> None:
    if not 1 <= units <= MOST_UNITS:
        raise StudbookError("Say how many: one at least.", field="units")


def _said(reason: str, sentence: str) -> str:
    if not reason.strip():
        raise StudbookError(sentence, field="why")
    return reason.strip()
