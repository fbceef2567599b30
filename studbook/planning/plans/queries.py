"""What the pages of plans read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from studbook.core.findings import REJECT, WARN, Finding
from studbook.planning.banked import stored_for
from studbook.planning.figures import figures_of
from studbook.planning.models import Plan, PlanAnimal, PlanVersion, Recommendation
from studbook.planning.plans.differences import Change, differences, places_concerned
from studbook.planning.plans.judging import judged
from studbook.planning.plans.lines import PlanLines
from studbook.planning.plans.machine import COURSE, LABELS, Step, steps_from
from studbook.planning.plans.reading import lines_of, standing_pairs
from studbook.planning.plans.rows import InstitutionRows, rows_from
from studbook.planning.plans.seen import Seen, look_at
from studbook.planning.plans.sending import Sending, steps_of
from studbook.planning.plans.staleness import Staleness, last_version, staleness_of
from studbook.planning.plans.versions import lines_in
from studbook.planning.queries import COMPANIONS, ChosenPair, chosen_pair, going_in
from studbook.planning.stays import open_stays
from studbook.population.models import Overlay
from studbook.programmes.models import Programme
from studbook.transfers.models import Transfer


@dataclass(frozen=True, slots=True)
class Stage:
    """One state of a plan's course: done, now or to come."""

    label: str
    tense: str
    day: object = None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as its page shows it. `unpublished` are the changes since its last version."""

    plan: Plan
    lines: PlanLines
    institutions: tuple[InstitutionRows, ...]
    pairs: tuple[ChosenPair, ...]
    stale: Staleness
    findings: tuple[Finding, ...]
    version: PlanVersion | None
    unpublished: tuple[Change, ...]
    overlays: tuple[Overlay, ...]

    @property
    def sent(self) -> int:
        return sum(each.is_sent for each in self.lines.animals)

    @property
    def litters(self) -> int:
        return sum(each.litters for each in self.lines.pairs)

    @property
    def has_news(self) -> bool:
        """Tell whether there is something that was not sent out yet."""
        return self.version is None or self.plan.is_in_work or bool(self.unpublished)

    @property
    def steps(self) -> list[Step]:
        return steps_from(self.plan.state)

    @property
    def stages(self) -> list[Stage]:
        return stages_of(self.plan)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a version would freeze, what stands against it, and what follows from it."""

    lines: PlanLines
    institutions: tuple[InstitutionRows, ...]
    pairs: tuple[ChosenPair, ...]
    findings: tuple[Finding, ...]
    seen: Seen
    proposals: tuple[Sending, ...]
    withdrawals: tuple[Transfer, ...]
    former: Plan | None
    unpublished: tuple[Change, ...]

    @property
    def refused(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level == REJECT)

    @property
    def warned(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level == WARN)


def plans_of(programme: Programme) -> QuerySet[Plan]:
    """Return a programme's plans with their counts, the newest first; one query."""
    rows = PlanAnimal.objects.filter(removed_at=None)
    counted = programme.plans.select_related("programme").annotate(
        pair_count=_count(Recommendation.objects.not_withdrawn()),
        row_count=_count(rows),
        sent_count=_count(rows.filter(disposition=PlanAnimal.Disposition.SEND)),
        version_count=_count(PlanVersion.objects.all()),
    )
    return counted.order_by("-starts_on", "-pk")


def _count(records: QuerySet[Any]) -> Coalesce:
    """Count the records of each plan by themselves: joined with the others, each would be met as often as these are."""
    of_plan = records.filter(plan=OuterRef("pk")).order_by().values("plan")
    return Coalesce(Subquery(of_plan.annotate(number=Count("pk")).values("number")), 0)


def page_of(plan: Plan) -> PlanPage:
    """Return what the page of a plan shows; a fixed number of queries beside those of an analysis not kept yet."""
    lines = lines_of(plan)
    stale = staleness_of(plan, lines)
    version = stale.version or last_version(plan)
    return PlanPage(
        plan=plan,
        lines=lines,
        institutions=rows_from(lines),
        pairs=pairs_of_plan(plan, stale),
        stale=stale,
        findings=tuple(judged(plan, lines)) if plan.is_open else (),
        version=version,
        unpublished=differences(lines_in(version), lines) if version and plan.is_open else (),
        overlays=tuple(plan.overlays.select_related("programme").order_by("name", "pk")),
    )


def pairs_of_plan(plan: Plan, stale: Staleness) -> tuple[ChosenPair, ...]:
    """Return a plan's pairs in its order, as they stand now; four queries, five with a banked pair of a dead sire."""
    pairs = list(standing_pairs(plan).select_related(*COMPANIONS))
    if not pairs:
        return ()
    figures = figures_of(plan.programme, tuple(plan.overlays.order_by("pk")))
    stays = open_stays(animal for each in pairs for animal in (each.sire, each.dam))
    going, stored = going_in(plan), stored_for(plan.programme, pairs)
    return tuple(
        chosen_pair(each, figures, stays, stored, stale=stale.of_pair(each.pk), going=going) for each in pairs
    )


def preview_of(plan: Plan) -> Preview:
    """Return what sending a plan out now would freeze, and what would follow."""
    look = look_at(plan)
    lines, version = look.lines, last_version(plan)
    former = Plan.objects.in_force().filter(programme=plan.programme_id).exclude(pk=plan.pk).first()
    steps = steps_of(plan)
    return Preview(
        lines=lines,
        institutions=rows_from(lines),
        pairs=pairs_of_plan(plan, staleness_of(plan, lines)),
        findings=look.findings,
        seen=look.seen,
        proposals=tuple(each for each in steps if each.proposes),
        withdrawals=tuple(each.ends for each in steps if each.ends and each.withdraws),
        former=former,
        unpublished=differences(lines_in(version), lines) if version else (),
    )


def stages_of(plan: Plan) -> list[Stage]:
    """Return the course of a plan: what is done, where it stands, what is to come."""
    if plan.state == Plan.State.DISCARDED:
        return [Stage("Draft", "done", plan.made_at), Stage("Discarded", "now")]
    here = COURSE.index(Plan.State(plan.state))
    days = {
        Plan.State.DRAFT: plan.made_at,
        Plan.State.COMMENTS: plan.reply_by,
        Plan.State.FINAL: plan.published_on,
        Plan.State.CLOSED: plan.closed_on,
    }
    return [
        Stage(LABELS[state], "done" if at < here else "now" if at == here else "to come", days[state])
        for at, state in enumerate(COURSE)
        if not (state == Plan.State.COMMENTS and at < here and plan.reply_by is None)
    ]


def changes_between(first: PlanVersion, second: PlanVersion) -> tuple[Change, ...]:
    return differences(lines_in(first), lines_in(second))


def concerns_somebody(plan: Plan) -> bool:
    """Tell whether the last version says something else of an animal of any institution than the one before it."""
    now, before = plan.versions.defer("inputs", "figures").order_by("-number")[:2]
    return bool(places_concerned(lines_in(before), lines_in(now)))


def counted(pages: Sequence[InstitutionRows]) -> int:
    return sum(len(each.rows) for each in pages)
