"""What the pages of projections read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.http import Http404

from studbook.core.keys import keys_of
from studbook.core.models import Job
from studbook.core.templatetags.studbook import percent
from studbook.population.basis import Basis
from studbook.population.demography.projections.asking import KIND
from studbook.population.demography.projections.given import set_words
from studbook.population.models import Scenario, ScenarioQuerySet
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Listed:
    """A scenario of the list with its latest projection."""

    scenario: Scenario
    job: Job | None
    stale: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, and what its bar and its page say."""

    share: float
    words: str

    @property
    def per_cent(self) -> int:
        return int(100 * self.share)


def listed(programme: Programme, scenarios: Sequence[Scenario]) -> list[Listed]:
    """Return scenarios with their latest projection; one query."""
    asked = programme.jobs.filter(kind=KIND, about__in=[each.pk for each in scenarios])
    latest = asked.order_by().values("about").annotate(last=Max("id")).values("last")
    jobs = {job.about: job for job in Job.objects.filter(pk__in=latest)}
    return [
        Listed(each, job, staleness(programme, each, job) if job else "")
        for each in scenarios
        for job in [jobs.get(each.pk)]
    ]


def projections_of(scenario: Scenario) -> list[tuple[Job, str]]:
    """Return the projections of a scenario, newest first, each with what is not up to date of it; one query."""
    jobs = Job.objects.of(KIND, scenario.pk).select_related("asked_by")
    return [(job, staleness(scenario.programme, scenario, job)) for job in jobs]


def progress_of(job: Job) -> Progress:
    """Return how far a job is."""
    done = f"{job.done:,} of {job.wanted:,} runs"
    words = {
        Job.State.QUEUED: f"Waiting, {done} finished." if job.done else "Waiting for its turn.",
        Job.State.RUNNING: f"Running: {done} finished.",
        Job.State.STOPPING: f"Stopping after the runs at hand: {done} finished.",
        Job.State.CANCELLED: f"Cancelled: {done} finished.",
        Job.State.FAILED: f"Failed: {done} finished.",
        Job.State.DONE: f"Done: {job.done:,} runs.",
    }[Job.State(job.state)]
    return Progress(job.share, words)


def staleness(programme: Programme, scenario: Scenario, job: Job) -> str:
    """Say what has changed since a projection was asked for; empty where nothing has."""
    if job.parameters.get("scenario_version") != scenario.version:
        return "The scenario was changed since."
    if job.revision != programme.revision:
        return f"The book has moved on since, from revision {job.revision} to {programme.revision}."
    return ""


def scenarios_named(scenarios: ScenarioQuerySet, words: Sequence[str], *, most: int) -> list[Scenario]:
    """Return those of some scenarios that are named by key, in that order; one query. Raises Http404 where one is not there."""
    words = list(dict.fromkeys(words))[: most + 1]
    if not words:
        return []
    if len(words) > most:
        raise Http404(f"{most} scenarios can be compared at most.")
    keys = keys_of(words)
    found = {each.pk: each for each in scenarios.filter(pk__in=keys)}
    if len(found) < len(words):
        raise Http404("One of these scenarios is not there.")
    return [found[pk] for pk in keys]


def scenario_lines(scenario: Scenario, basis: Basis) -> list[tuple[str, str]]:
    """Return what a scenario assumes, a subject a line; what is not assumed is left out."""
    return [(label, value) for label, value in _lines(scenario, basis) if value]


def _lines(scenario: Scenario, basis: Basis) -> Iterator[tuple[str, str]]:
    yield "Who", set_words(scenario, basis) or "the whole living population"
    yield "Rates", str(scenario.rate_set or scenario.get_rate_source_display())
    yield "Pairs chosen by", scenario.get_strategy_display()
    yield "Years and runs", f"{scenario.years} years, {scenario.runs:,} runs, seed {scenario.seed}"
    yield "Spaces", _spaces(scenario)
    sizes = ", ".join(
        f"{percent(share)} of {size}" for size, share in enumerate(scenario.litter_sizes, start=1)
    )
    yield "Litters", sizes or "single young"
    if scenario.share_male != 0.5:
        yield "Males among young", percent(scenario.share_male)
    if scenario.fulfilment is not None:
        yield "Recommended pairs that breed", percent(scenario.fulfilment)
    if scenario.litters_per_sire:
        yield "Most pairs of a male a year", str(scenario.litters_per_sire)
    if scenario.kinship_limit is not None:
        yield "Highest kinship of a pair", percent(scenario.kinship_limit, 2)
    for move in scenario.moves.all():
        until = f" to {move.last}" if move.last else " on"
        ages = f"aged {move.youngest}" + ("" if move.direction == "in" else f" to {move.oldest or 'any age'}")
        how = ", the most related" if move.most_related else ""
        yield (
            move.get_direction_display().capitalize(),
            f"{move.males}.{move.females} {ages}, every {move.every} year{'' if move.every == 1 else 's'} from year {move.first}{until}{how}",
        )
    for each in scenario.catastrophes.all():
        yield (
            "Catastrophe",
            (
                f"in {percent(each.chance)} of years, survival to {percent(each.survival, 0)} and litters to {percent(each.litters, 0)} of the usual"
            ),
        )
    if scenario.lethal_equivalents:
        yield "Lethal equivalents", f"{scenario.lethal_equivalents:g}"
    if scenario.extinction_threshold:
        yield "Extinct below", f"{scenario.extinction_threshold} animals"
    yield "Genome bank", _bank(scenario)
    yield "Loci", f"{scenario.loci}, kinship {scenario.get_kinship_display()}"


def _spaces(scenario: Scenario) -> str:
    if scenario.capacity is None:
        return "no limit"
    how = ["pairs only into free ones"] if scenario.limits_litters else []
    how += ["surplus leaves"] if scenario.exports_surplus else []
    return f"{scenario.capacity:,}" + (f": {', '.join(how)}" if how else "")


def _bank(scenario: Scenario) -> str:
    donors = ", ".join(f"{each.animal} ({each.straws})" for each in scenario.donors.all())
    if not scenario.uses_bank:
        return f"not used; straws of {donors}" if donors else ""
    most = (
        f", {scenario.bank_per_year} inseminations a year at most"
        if scenario.bank_per_year is not None
        else ""
    )
    return f"straws of {donors}; {percent(scenario.bank_success, 0)} succeed{most}"
