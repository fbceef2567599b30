"""Each SEND TO of a published plan becomes a proposal of a transfer; a changed one withdraws it or takes its place."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.planning.models import Plan, PlanAnimal
from studbook.programmes.changes import Trail, columns_of, save_unless_stale
from studbook.transfers.machine import NOT_SENT, OPEN
from studbook.transfers.models import Transfer, TransferAnimal
from studbook.transfers.proposing import propose
from studbook.transfers.stepping import take_step

BY_THE_PLAN = "The plan {plan} says otherwise since."


def send_as_planned(trail: Trail, plan: Plan, *, by: User) -> None:
    """Bring the transfers of a plan in line with its rows, in the transaction that publishes it."""
    for row in _rows_with_transfers(plan):
        if row.removed_at or row.disposition == PlanAnimal.Disposition.HOLD:
            _call_back(row, by)
        elif row.removed_at is None:
            _send(trail, plan, row, by)


def _rows_with_transfers(plan: Plan) -> QuerySet[PlanAnimal]:
    touched = Q(disposition=PlanAnimal.Disposition.SEND, removed_at=None) | Q(transfer__state__in=OPEN)
    return plan.animals.filter(touched).select_related("animal", "destination", "transfer__receiver")


def _send(trail: Trail, plan: Plan, row: PlanAnimal, by: User) -> None:
    # A transfer of these two that was refused or withdrawn is not proposed behind the zoo's back again.
    if row.transfer and row.transfer.receiver_id == row.destination_id:
        return
    under_way = _under_way(row)
    if under_way is not None and under_way.receiver_id == row.destination_id:
        _link(trail, row, under_way)
        return
    if under_way is not None and under_way.state not in NOT_SENT:
        raise StudbookError(
            f"{row.animal} has been sent to {under_way.receiver} in {under_way} already, so the plan cannot send it to "
            f"{row.destination}. Say so in its row, or wait until it has arrived."
        )
    today = timezone.localdate()
    made = propose(
        plan.programme,
        animals=[row.animal.studbook_number],
        by=by,
        to=row.destination,
        note=_note(plan, row),
        lapses_on=plan.ends_on if plan.ends_on > today else None,
        replaces=under_way,
    )
    _link(trail, row, made)


def _call_back(row: PlanAnimal, by: User) -> None:
    transfer = row.transfer
    if transfer is None or transfer.state not in OPEN or _others_travel(row, transfer):
        return
    if transfer.state not in NOT_SENT:
        raise StudbookError(
            f"{row.animal} has been sent to {transfer.receiver} in {transfer} already, so the plan cannot say HOLD any more. "
            "Say SEND TO there, or wait until it has arrived."
        )
    take_step(
        transfer,
        "withdraw",
        by=by,
        opened_version=None,
        exit_reason=Transfer.ExitReason.INTERIM,
        exit_note=BY_THE_PLAN.format(plan=row.plan),
    )


def _under_way(row: PlanAnimal) -> Transfer | None:
    line = (
        TransferAnimal.objects.filter(animal=row.animal, open=True)
        .select_related("transfer__receiver")
        .first()
    )
    return line.transfer if line else None


def _others_travel(row: PlanAnimal, transfer: Transfer) -> bool:
    """Tell whether the transfer carries another animal too: then it is not the plan's to withdraw."""
    return transfer.lines.filter(open=True).exclude(animal=row.animal_id).exists()


def _link(trail: Trail, row: PlanAnimal, transfer: Transfer) -> None:
    before = columns_of(row)
    row.transfer = transfer
    save_unless_stale(row, opened_version=row.version, fields=["transfer"])
    trail.changed(row, before)


def _note(plan: Plan, row: PlanAnimal) -> str:
    return " ".join(filter(None, (f"{plan}.", row.reason.strip())))
