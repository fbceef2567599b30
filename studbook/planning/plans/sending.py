"""Each SEND TO of a published plan becomes a proposal of a transfer; a changed one withdraws it or takes its place."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.planning.models import Plan, PlanAnimal
from studbook.programmes.changes import Trail, columns_of, save_unless_stale
from studbook.transfers.machine import MOVING, NOT_SENT
from studbook.transfers.models import Transfer, TransferAnimal
from studbook.transfers.proposing import propose
from studbook.transfers.stepping import take_step

BY_THE_PLAN = "The plan {plan} says otherwise since."


@dataclass(frozen=True, slots=True)
class Sending:
    """What publishing does for one row: proposes a transfer, takes over one that goes there already, ends one."""

    row: PlanAnimal
    proposes: bool = False
    takes_over: Transfer | None = None
    ends: Transfer | None = None

    @property
    def withdraws(self) -> bool:
        """Tell whether a transfer ends with none in its place."""
        return not self.proposes and self.ends is not None and self.ends.state in NOT_SENT


def steps_of(plan: Plan) -> tuple[Sending, ...]:
    """Return what publishing a plan would do, for each row of which it would do anything; three queries."""
    touched = Q(disposition=PlanAnimal.Disposition.SEND, removed_at=None) | Q(transfer__state__in=MOVING)
    rows = list(plan.animals.filter(touched).select_related("animal", "destination", "transfer__receiver"))
    lines = TransferAnimal.objects.filter(open=True).select_related("transfer__receiver")
    under_way = {
        each.animal_id: each.transfer for each in lines.filter(animal__in=[r.animal_id for r in rows])
    }
    carried = [row.transfer_id for row in rows if row.transfer_id]
    shared = {
        key
        for key, number in lines.filter(transfer__in=carried)
        .values_list("transfer")
        .annotate(number=Count("pk"))
        .order_by()
        if number > 1
    }
    steps = (
        _send(row, under_way.get(row.animal_id)) if _is_sent(row) else _call_back(row, shared) for row in rows
    )
    return tuple(each for each in steps if each)


def send_as_planned(trail: Trail, plan: Plan, *, by: User) -> None:
    """Bring the transfers of a plan in line with its rows, in the transaction that publishes it."""
    for step in steps_of(plan):
        if step.ends and step.ends.state not in NOT_SENT:
            raise StudbookError(_sent_already(step.row, step.ends))
        if step.takes_over:
            _link(trail, step.row, step.takes_over)
        elif step.proposes:
            _link(trail, step.row, _proposed(plan, step, by))
        elif step.ends:
            take_step(
                step.ends,
                "withdraw",
                by=by,
                opened_version=None,
                exit_reason=Transfer.ExitReason.INTERIM,
                exit_note=BY_THE_PLAN.format(plan=plan),
            )


def _is_sent(row: PlanAnimal) -> bool:
    return row.removed_at is None and row.disposition == PlanAnimal.Disposition.SEND


def _send(row: PlanAnimal, under_way: Transfer | None) -> Sending | None:
    # A transfer of these two that was refused or withdrawn is not proposed behind the zoo's back again.
    if row.transfer and row.transfer.receiver_id == row.destination_id:
        return None
    if under_way and under_way.receiver_id == row.destination_id:
        return Sending(row, takes_over=under_way)
    return Sending(row, proposes=True, ends=under_way)


def _call_back(row: PlanAnimal, shared: Collection[int]) -> Sending | None:
    """End the transfer of a row that wants none; one that carries another animal too is not the plan's to end."""
    transfer = row.transfer
    if transfer is None or transfer.state not in MOVING or transfer.pk in shared:
        return None
    return Sending(row, ends=transfer)


def _sent_already(row: PlanAnimal, transfer: Transfer) -> str:
    begun = f"{row.animal} has been sent to {transfer.receiver} in {transfer} already, so the plan cannot"
    if _is_sent(row):
        return f"{begun} send it to {row.destination}. Say so in its row, or wait until it has arrived."
    return f"{begun} say HOLD any more. Say SEND TO there, or wait until it has arrived."


def _proposed(plan: Plan, step: Sending, by: User) -> Transfer:
    row, today = step.row, timezone.localdate()
    return propose(
        plan.programme,
        animals=[row.animal.studbook_number],
        by=by,
        to=row.destination,
        note=_note(plan, row),
        lapses_on=plan.ends_on if plan.ends_on > today else None,
        replaces=step.ends,
    )


def _link(trail: Trail, row: PlanAnimal, transfer: Transfer) -> None:
    before = columns_of(row)
    row.transfer = transfer
    save_unless_stale(row, opened_version=row.version, fields=["transfer"])
    trail.changed(row, before)


def _note(plan: Plan, row: PlanAnimal) -> str:
    return " ".join(filter(None, (f"{plan}.", row.reason.strip())))
