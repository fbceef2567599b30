"""The life of a plan: each verb one action, one transaction, one entry in the trail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StudbookError
from studbook.core.findings import refuse_findings
from studbook.planning.models import Plan, PlanVersion
from studbook.planning.paper.frozen import inputs_of
from studbook.planning.plans.freezing import Prepared, freeze, prepared
from studbook.planning.plans.machine import STEPS, Step
from studbook.planning.plans.pinning import pin_pairs
from studbook.planning.plans.seen import Look, look_at, refuse_unseen
from studbook.planning.plans.sending import send_as_planned
from studbook.programmes.changes import Trail, changing, columns_of, refuse_stale, save_unless_stale

FIELDS = ["state", "reply_by", "published_on", "closed_on"]


class PlanStateError(StudbookError):
    """The plan is not where this step can be taken from."""

    status = 409


def circulate(
    plan: Plan,
    *,
    by: User | None,
    opened_version: int,
    reply_by: date,
    seen: str = "",
    acknowledged: Sequence[str] = (),
    note: str = "",
) -> PlanVersion:
    """Send a plan out for comments until a day; a version is frozen."""
    _refuse_past(reply_by)
    return _send_out(
        plan, "circulate", by=by, opened_version=opened_version, seen=seen, acknowledged=acknowledged, note=note,
        reply_by=reply_by,
    )  # fmt: skip


def take_back(plan: Plan, *, by: User | None, opened_version: int) -> None:
    """End the time for comments."""
    with _stepping(plan, "take-back", by=by, opened_version=opened_version) as (trail, current):
        _enter(trail, current, STEPS["take-back"])


def publish(
    plan: Plan,
    *,
    by: User,
    opened_version: int,
    seen: str = "",
    acknowledged: Sequence[str] = (),
    note: str = "",
) -> PlanVersion:
    """Put a plan in force: frozen, its SEND TO rows proposed as transfers; the one in force until now ends with it."""
    return _send_out(
        plan, "publish", by=by, opened_version=opened_version, seen=seen, acknowledged=acknowledged, note=note,
        published_on=timezone.localdate(),
    )  # fmt: skip


def publish_change(
    plan: Plan,
    *,
    by: User,
    opened_version: int,
    note: str,
    seen: str = "",
    acknowledged: Sequence[str] = (),
) -> PlanVersion:
    """Publish what was changed in a plan in force, with a note why."""
    if not note.strip():
        raise StudbookError("An interim change needs a note. Write what changed and why.", field="note")
    return _send_out(
        plan, "change", by=by, opened_version=opened_version, seen=seen, acknowledged=acknowledged, note=note
    )  # fmt: skip


def close_plan(plan: Plan, *, by: User | None, opened_version: int, note: str = "") -> PlanVersion:
    """End a plan in force; a last version is frozen."""
    _current(plan, STEPS["close"], opened_version)
    ready = prepared(inputs_of(plan))
    with _stepping(plan, "close", by=by, opened_version=opened_version, reason=note) as (trail, current):
        return _closed(trail, current, note=note, by=by, ready=ready)


def discard_plan(plan: Plan, *, by: User | None, opened_version: int, reason: str) -> None:
    """Put a draft away that will not be published."""
    reason = reason.strip()
    if not reason:
        raise StudbookError(
            "A plan is discarded with a reason. Write why it will not be published.", field="reason"
        )
    with _stepping(plan, "discard", by=by, opened_version=opened_version, reason=reason) as (trail, current):
        _enter(trail, current, STEPS["discard"])


def _send_out(
    plan: Plan,
    key: str,
    *,
    by: User | None,
    opened_version: int,
    seen: str,
    acknowledged: Sequence[str],
    note: str,
    reply_by: date | None = None,
    published_on: date | None = None,
) -> PlanVersion:
    step, note = STEPS[key], note.strip()
    ready = _prepared(plan, step, opened_version=opened_version, seen=seen, acknowledged=acknowledged)
    with _stepping(
        plan, key, by=by, opened_version=opened_version, reason=note, acknowledged=acknowledged
    ) as (trail, current):
        _looked_at(current, seen, acknowledged)
        if published_on:
            _end_former(trail, current, by, ready)
        _enter(trail, current, step, reply_by=reply_by, published_on=published_on)
        if current.state == Plan.State.FINAL and by is not None:
            send_as_planned(trail, current, by=by)
        pin_pairs(trail, current)
        kind = step.freezes or PlanVersion.Kind.DRAFT
        return freeze(trail, current, kind, note=note, by=by, ready=ready.get(current.pk))


def _prepared(
    plan: Plan, step: Step, *, opened_version: int, seen: str, acknowledged: Sequence[str]
) -> dict[int, Prepared]:
    """Compute what the step freezes before the lock is taken: of the plan, and of the one that ends with it.

    What the step would be refused for is refused before, and asked again under the lock.
    """
    current = _current(plan, step, opened_version)
    ready = {current.pk: prepared(_looked_at(current, seen, acknowledged).inputs)}
    if step.key == "publish":
        for each in _in_force(current):
            ready[each.pk] = prepared(inputs_of(each))
    return ready


def _current(plan: Plan, step: Step, opened_version: int) -> Plan:
    current = Plan.objects.select_related("programme").get(pk=plan.pk)
    _refuse_from_here(current, step)
    refuse_stale(current, opened_version=opened_version)
    return current


def _looked_at(plan: Plan, seen: str, acknowledged: Sequence[str]) -> Look:
    """Return the plan as it is now; refuse it where it is not what was seen, or where something stands against it."""
    look = look_at(plan)
    if seen:
        refuse_unseen(plan, look, seen)
    refuse_findings(look.findings, acknowledged)
    return look


@contextmanager
def _stepping(
    plan: Plan,
    key: str,
    *,
    by: User | None,
    opened_version: int,
    reason: str = "",
    acknowledged: Sequence[str] = (),
) -> Iterator[tuple[Trail, Plan]]:
    step = STEPS[key]
    with changing(
        plan.programme,
        step.verb,
        by=by,
        right=Right.PLAN,
        reason=reason,
        alters_numbers=False,
        acknowledged=acknowledged,
    ) as trail:
        yield trail, _current(plan, step, opened_version)


def _refuse_from_here(plan: Plan, step: Step) -> None:
    if plan.state not in step.of:
        wanted = " or ".join(f"“{state.label}”" for state in step.of)
        raise PlanStateError(
            f"{plan} is “{plan.get_state_display()}”, and “{step.label}” is possible from {wanted} only. Open it anew to see "
            "what comes next."
        )


def _enter(
    trail: Trail,
    plan: Plan,
    step: Step,
    *,
    reply_by: date | None = None,
    published_on: date | None = None,
    closed_on: date | None = None,
) -> None:
    before = columns_of(plan)
    plan.state = step.to
    plan.reply_by = reply_by or plan.reply_by
    plan.published_on = published_on or plan.published_on
    plan.closed_on = closed_on or plan.closed_on
    save_unless_stale(plan, opened_version=plan.version, fields=FIELDS)
    trail.changed(plan, before)


def _closed(
    trail: Trail, plan: Plan, *, note: str, by: User | None, ready: Prepared | None = None
) -> PlanVersion:
    _enter(trail, plan, STEPS["close"], closed_on=timezone.localdate())
    return freeze(trail, plan, PlanVersion.Kind.CLOSING, note=note.strip(), by=by, ready=ready)


def _end_former(trail: Trail, plan: Plan, by: User | None, ready: Mapping[int, Prepared]) -> None:
    for each in _in_force(plan):
        _closed(trail, each, note=f"{plan} takes its place.", by=by, ready=ready.get(each.pk))


def _in_force(plan: Plan) -> Iterable[Plan]:
    return Plan.objects.in_force().filter(programme=plan.programme_id).select_related("programme")


def _refuse_past(reply_by: date) -> None:
    if reply_by < timezone.localdate():
        raise StudbookError(
            f"The day to reply by lies in the past ({reply_by}). Choose a day to come.", field="reply_by"
        )
