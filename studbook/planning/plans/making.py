"""Begin a plan, and change what its document says."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StudbookError
from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.saying import hold_rows
from studbook.planning.plans.targets import refuse_ended
from studbook.population.models import Overlay
from studbook.programmes.changes import Trail, changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

DOCUMENT = ("title", "starts_on", "ends_on", "litters_wanted", "summary", "decided_by", "assumptions")


class PlanInWorkError(StudbookError):
    """A programme works on one plan at a time."""

    status = 409

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            f"{plan} is in work already ({plan.get_state_display()}), and a programme works on one plan at a time. Go on with "
            "that one, or publish or discard it first."
        )


def make_plan(
    programme: Programme,
    *,
    by: User | None,
    title: str,
    starts_on: date,
    ends_on: date,
    litters_wanted: int | None = None,
    overlays: Sequence[Overlay] = (),
    summary: str = "",
    decided_by: str = "",
    assumptions: str = "",
) -> Plan:
    """Begin a draft; the pairs that waited for a plan go into it, with a row for each of their animals."""
    plan = Plan(programme=programme, made_by=by)
    _write(plan, title, starts_on, ends_on, litters_wanted, summary, decided_by, assumptions)
    with changing(programme, "make plan", by=by, right=Right.PLAN, alters_numbers=False) as trail:
        if in_work := Plan.objects.in_work().filter(programme=programme).first():
            raise PlanInWorkError(in_work)
        _refuse_used_title(plan)
        plan.save()
        trail.created([plan])
        _assume(trail, plan, overlays)
        _take_in(trail, plan)
    return plan


def edit_plan(
    plan: Plan,
    *,
    by: User | None,
    opened_version: int,
    title: str,
    starts_on: date,
    ends_on: date,
    litters_wanted: int | None = None,
    overlays: Sequence[Overlay] = (),
    summary: str = "",
    decided_by: str = "",
    assumptions: str = "",
) -> Plan:
    """Change what the document says."""
    with changing(plan.programme, "edit plan", by=by, right=Right.PLAN, alters_numbers=False) as trail:
        current = Plan.objects.select_related("programme").get(pk=plan.pk)
        refuse_ended(current)
        before = columns_of(current)
        _write(current, title, starts_on, ends_on, litters_wanted, summary, decided_by, assumptions)
        _refuse_used_title(current)
        save_unless_stale(current, opened_version=opened_version, fields=list(DOCUMENT))
        trail.changed(current, before)
        _assume(trail, current, overlays)
    return current


def _write(
    plan: Plan,
    title: str,
    starts_on: date,
    ends_on: date,
    litters_wanted: int | None,
    summary: str,
    decided_by: str,
    assumptions: str,
) -> None:
    plan.title = title.strip()
    if not plan.title:
        raise StudbookError("A plan needs a title. Write a few words and the years it is for.", field="title")
    if starts_on >= ends_on:
        raise StudbookError(
            f"The plan would end on {ends_on}, not after its first day, {starts_on}. Choose a later last day.",
            field="ends_on",
        )
    plan.starts_on, plan.ends_on, plan.litters_wanted = starts_on, ends_on, litters_wanted
    plan.summary, plan.decided_by, plan.assumptions = summary.strip(), decided_by.strip(), assumptions.strip()


def _refuse_used_title(plan: Plan) -> None:
    others = Plan.objects.filter(programme=plan.programme_id, title=plan.title).exclude(pk=plan.pk)
    if others.exists():
        raise StudbookError(
            f"A plan “{plan.title}” is in the book already. Choose another title.", field="title"
        )


def _assume(trail: Trail, plan: Plan, overlays: Iterable[Overlay]) -> None:
    """Let the plan's numbers stand on these overlays."""
    wanted, links = {each.pk for each in overlays}, Plan.overlays.through.objects.filter(plan=plan)
    gone = list(links.exclude(overlay__in=wanted))
    kept = {each.overlay_id for each in links} & wanted
    trail.removed(gone)
    links.exclude(overlay__in=wanted).delete()
    trail.created(
        [Plan.overlays.through.objects.create(plan=plan, overlay_id=each) for each in sorted(wanted - kept)]
    )


def _take_in(trail: Trail, plan: Plan) -> None:
    waiting: Any = Recommendation.objects.not_withdrawn().filter(programme=plan.programme_id, plan=None)
    pairs = list(waiting.select_related("sire", "dam"))
    for pair in pairs:
        before = columns_of(pair)
        pair.plan = plan
        save_unless_stale(pair, opened_version=pair.version, fields=["plan"])
        trail.changed(pair, before)
    hold_rows(trail, plan, [animal for each in pairs for animal in (each.sire, each.dam)])
