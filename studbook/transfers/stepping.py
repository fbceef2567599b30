"""Take a step of a transfer: one verb of the table, one transaction, one entry in the trail."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils import timezone

from studbook.accounts.models import User
from studbook.animals.deed_rules import refuse_future
from studbook.animals.keeping import keeping
from studbook.core.columns import columns_of
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail, changing, refuse_stale
from studbook.transfers.arriving import arrive
from studbook.transfers.machine import STEPS, State, Step
from studbook.transfers.models import Transfer
from studbook.transfers.moment import Moment, enter, forget_steps, keep, moment_of, note_step
from studbook.transfers.rules import refuse_elsewhere, refuse_not_living, refuse_terms, refuse_unready
from studbook.transfers.sides import left_to_take, place_taken

Deed = Callable[..., State | None]


def take_step(
    transfer: Transfer,
    key: str,
    *,
    by: User,
    opened_version: int | None,
    acting_for: int | None = None,
    note: str = "",
    reason: str = "",
    acknowledged: Sequence[str] = (),
    **fields: Any,
) -> Transfer:
    """Take a step for a side; `fields` are those its form asks for. Raises StudbookError where the table forbids it."""
    step = STEPS[key]
    with _book(transfer, step, by=by, reason=note or reason, acknowledged=acknowledged) as trail:
        moment = moment_of(trail, transfer, by=by)
        moment.place = place_taken(moment.transfer, moment.parties, step, by=by, acting_for=acting_for)
        moment.acknowledged = tuple(acknowledged)
        if opened_version is not None:
            refuse_stale(moment.transfer, opened_version=opened_version)
        refuse_from_here(moment.transfer, step)
        _take(moment, step, note, fields)
        keep(moment, opened_version=opened_version)
    return moment.transfer


def refuse_from_here(transfer: Transfer, step: Step) -> None:
    """Refuse a step that the table does not have from where the transfer stands."""
    if transfer.state not in step.of:
        wanted = " or ".join(f"“{state.label}”" for state in step.of)
        raise StudbookError(
            f"{transfer} is “{transfer.get_state_display()}”, and “{step.label}” is possible from {wanted} only. "
            "Open it anew to see what comes next."
        )


def _take(moment: Moment, step: Step, note: str, fields: dict[str, Any]) -> None:
    chosen = DEEDS[step.key](moment, **fields) or step.to
    left = left_to_take(moment.transfer, step, moment.parties)
    if step.by_all and moment.place not in left:
        raise StudbookError(
            f"{moment.place} has done this already: “{step.label}”, in {moment.transfer}. Nothing is left to do for it."
        )
    if chosen and not (step.by_all and len(left) > 1):
        _enter(moment, chosen)
    note_step(moment, step.key, note=note)


def _enter(moment: Moment, state: State) -> None:
    due = moment.transfer.planned_on if state is State.SCHEDULED else None
    enter(moment.transfer, state, due=due)


@contextmanager
def _book(
    transfer: Transfer, step: Step, *, by: User, reason: str, acknowledged: Sequence[str]
) -> Iterator[Trail]:
    if step.key == "arrive":
        # The rights are those of the receiver, asked under the lock in `place_taken`.
        animals = [line.animal for line in transfer.lines.filter(left_out="").select_related("animal")]
        with keeping(
            transfer.programme,
            step.verb,
            by=by,
            right=None,
            about=animals,
            reason=reason,
            acknowledged=acknowledged,
        ) as trail:
            yield trail
    else:
        with changing(
            transfer.programme,
            step.verb,
            by=by,
            reason=reason,
            alters_numbers=False,
            acknowledged=acknowledged,
        ) as trail:
            yield trail


def _nothing_more(moment: Moment) -> None:
    return None


def _terms(moment: Moment, *, terms: str, young: str = "", young_note: str = "") -> None:
    """Confirm terms for a side; other terms than those that stand take back what the others confirmed."""
    transfer = moment.transfer
    if not terms:
        raise StudbookError(
            "The terms are not stated. Choose donation, exchange, purchase or loan.", field="terms"
        )
    refuse_terms(terms, transfer.receiver, moment.animals)
    if (terms, young, young_note) == (transfer.terms, transfer.young, transfer.young_note):
        return
    transfer.terms, transfer.young, transfer.young_note = terms, young, young_note
    for step in transfer.steps.filter(step="terms", stands=True):
        before = columns_of(step)
        step.stands = False
        step.save(update_fields=["stands"])
        moment.trail.changed(step, before)
    forget_steps(transfer)


def _permits(moment: Moment) -> None:
    refuse_unready(moment.transfer.permits.all(), timezone.localdate())


def _schedule(
    moment: Moment, *, planned_on: date, crate: str = "", vehicle: str = "", escort: str = ""
) -> None:
    if planned_on < timezone.localdate():
        raise StudbookError(
            f"The day of travel lies in the past ({planned_on}). Choose a day to come.", field="planned_on"
        )
    refuse_unready(moment.transfer.permits.all(), planned_on)
    moment.transfer.planned_on = planned_on
    moment.transfer.crate, moment.transfer.vehicle, moment.transfer.escort = crate, vehicle, escort


def _send(moment: Moment, *, on: date) -> None:
    refuse_future("the animals", DateInterval.exact(on), "departure", animals=moment.animals)
    refuse_not_living(moment.animals)
    refuse_elsewhere(moment.transfer, moment.animals, on)
    refuse_unready(moment.transfer.permits.all(), on)
    moment.transfer.sent_on = on


def _end(moment: Moment, *, exit_reason: str, exit_note: str = "") -> None:
    if not exit_reason:
        raise StudbookError("Say why: the reason is kept with the transfer.", field="exit_reason")
    moment.transfer.exit_reason, moment.transfer.exit_note = exit_reason, exit_note


def _lapse(moment: Moment) -> None:
    transfer = moment.transfer
    if transfer.lapses_on is None or transfer.lapses_on >= timezone.localdate():
        raise StudbookError(
            f"{transfer} has until {transfer.lapses_on or 'no day in particular'} and has not lapsed. Withdraw it instead."
        )
    transfer.exit_reason = Transfer.ExitReason.TIME


DEEDS: dict[str, Deed] = {
    "agree": _nothing_more,
    "terms": _terms,
    "permits": _permits,
    "schedule": _schedule,
    "send": _send,
    "arrive": arrive,
    "close": _nothing_more,
    "refuse": _end,
    "withdraw": _end,
    "lapse": _lapse,
    "comment": _nothing_more,
}
