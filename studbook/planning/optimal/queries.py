"""What the pages of optimal plans read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.http import Http404

from studbook.core.keys import keys_of
from studbook.core.models import Job
from studbook.institutions.models import Institution
from studbook.planning.models import OptimalPlan
from studbook.planning.optimal.work import KIND
from studbook.population.breeders import holders_of
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Listed:
    """An optimal plan with the latest answer to it, and what is not up to date of that."""

    plan: OptimalPlan
    job: Job | None
    stale: str


def listed(programme: Programme, plans: Sequence[OptimalPlan]) -> list[Listed]:
    """Return optimal plans with their latest job; one query."""
    asked = programme.jobs.filter(kind=KIND, about__in=[each.pk for each in plans])
    latest = asked.order_by().values("about").annotate(last=Max("id")).values("last")
    jobs = {
        job.about: job for job in Job.objects.filter(pk__in=latest).select_related("programme", "asked_by")
    }
    return [
        Listed(each, job, staleness(each, job) if job else "")
        for each in plans
        for job in [jobs.get(each.pk)]
    ]


def staleness(plan: OptimalPlan, job: Job) -> str:
    """Say what has changed since an optimal plan was solved; empty where nothing has."""
    if job.parameters.get("plan_version") != plan.version:
        return "The question was changed since. Solve it again."
    if job.revision != plan.programme.revision:
        return f"The book has moved on since, from revision {job.revision} to {plan.programme.revision}. Solve it again."
    return ""


def plans_named(programme: Programme, words: Sequence[str], *, most: int) -> list[OptimalPlan]:
    """Return the optimal plans that are named by key, in that order; one query. Raises Http404 where one is not there."""
    words = list(dict.fromkeys(words))[: most + 1]
    if not words:
        return []
    if len(words) > most:
        raise Http404(f"{most} optimal plans can be compared at most.")
    keys = keys_of(words)
    found = {
        each.pk: each for each in programme.optimal_plans.filter(pk__in=keys).select_related("programme")
    }
    if len(found) < len(words):
        raise Http404("One of these optimal plans is not there.")
    return [found[pk] for pk in keys]


def regions_of(programme: Programme) -> set[str]:
    """Return the regions that living animals are in; two queries."""
    return {holder.region for holder in holders_of(programme).values()}


def without_spaces(programme: Programme) -> int:
    """Return how many institutions with living animals have not said what room they have; three queries."""
    told = set(programme.participations.filter(spaces__isnull=False).values_list("institution", flat=True))
    holders: set[Institution] = set(holders_of(programme).values())
    return sum(holder.pk not in told for holder in holders)


def progress_words(job: Job) -> str:
    """Say how far a job is."""
    finding = (
        "Looking for the best plan."
        if job.done == 0
        else "The plan is found; solving again without each limit."
    )
    return {
        Job.State.QUEUED: "Waiting for its turn.",
        Job.State.RUNNING: finding,
        Job.State.STOPPING: "Stopping after the step at hand.",
        Job.State.CANCELLED: "Cancelled.",
        Job.State.FAILED: "It could not be solved.",
        Job.State.DONE: "Solved.",
    }[Job.State(job.state)]
