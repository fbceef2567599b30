"""Scenarios side by side: the last projection of each, one line for each in every drawing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isnan

from pedigree.projection.comparing import Compared, compare_projections
from studbook.core.models import Job
from studbook.core.templatetags.studbook import coefficient, decimals, percent
from studbook.population.curves import Chart, Curve, curve_chart
from studbook.population.demography.projections.asking import KIND
from studbook.population.demography.projections.results import FIGURES, Result, result_of
from studbook.population.demography.projections.shown import WORDS, Written, years
from studbook.population.models import Scenario
from studbook.population.numbers import or_none
from studbook.programmes.models import Programme

LETTERS = "ABCD"
MOST_BESIDE = len(LETTERS)
ROWS: dict[str, tuple[str, Written]] = {
    "animals": ("Animals", lambda value: decimals(value, 1)),
    "gene_diversity": ("Gene diversity", lambda value: percent(value, 2)),
    "inbreeding": ("Mean inbreeding", coefficient),
    "founder_genomes": ("Founder genomes surviving", lambda value: decimals(value, 2)),
    "extinction_risk": ("Risk of extinction", lambda value: percent(value, 1)),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """One scenario of a comparison: its latest job with any finished run, what that says, and the open job, if any."""

    letter: str
    scenario: Scenario
    job: Job | None
    result: Result | None
    open_job: Job | None


@dataclass(frozen=True, slots=True)
class CompareCell:
    """A figure of a scenario in a year: mean with error, and the difference to the first with its own."""

    value: str
    error: str
    difference: str
    difference_error: str


@dataclass(frozen=True, slots=True)
class CompareRow:
    label: str
    cells: list[CompareCell]


@dataclass(frozen=True, slots=True)
class MedianTable:
    """A figure's median of every year, a column for each scenario."""

    title: str
    letters: list[str]
    rows: list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Scenarios side by side in a year; `shown` are those with runs, `cautions` say what keeps them from being compared."""

    beside: list[Beside]
    shown: list[Beside]
    year: int
    most: int
    rows: list[CompareRow]
    goals: list[str]
    charts: list[Chart]
    tables: list[MedianTable]
    cautions: list[str]


def beside_of(programme: Programme, scenarios: Sequence[Scenario]) -> list[Beside]:
    """Return scenarios with their jobs; one query, and two for each result that is not kept yet."""
    jobs = programme.jobs.filter(kind=KIND, about__in=[each.pk for each in scenarios]).order_by("-id")
    by_scenario: dict[int, list[Job]] = {}
    for job in jobs:
        by_scenario.setdefault(job.about, []).append(job)
    letters = iter(LETTERS)
    found = [_beside(each, by_scenario.get(each.pk, [])) for each in scenarios]
    return [replace(each, letter=next(letters)) if each.result else each for each in found]


def _beside(scenario: Scenario, jobs: list[Job]) -> Beside:
    job = next((job for job in jobs if job.done and not job.is_open), None)
    return Beside(
        "", scenario, job, result_of(job) if job else None, next((job for job in jobs if job.is_open), None)
    )


def compared(programme: Programme, scenarios: Sequence[Scenario], asked: int | None) -> Comparison:
    """Return scenarios side by side, in the year asked for or the last that all of them have."""
    beside = beside_of(programme, scenarios)
    shown = [each for each in beside if each.result is not None]
    results = [each.result for each in shown if each.result is not None]
    most = min((each.years for each in results), default=0)
    year = most if asked is None else max(0, min(asked, most))
    rows = compare_projections([each.projection for each in results], year)
    return Comparison(
        beside,
        shown,
        year,
        most,
        [_row(name, rows) for name in ROWS],
        [years(each.kept.middle, each.years) for each in results],
        [chart for name in FIGURES if (chart := _chart(name, shown))],
        [table for name in FIGURES if (table := _table(name, shown)).letters],
        list(_cautions(programme, shown)),
    )


def _row(name: str, rows: Sequence[Compared]) -> CompareRow:
    label, written = ROWS[name]
    return CompareRow(
        label,
        [
            CompareCell(
                written(or_none(each.mean)),
                written(or_none(each.error)),
                _signed(written, each.difference),
                written(or_none(each.difference_error)),
            )
            for each in rows
            if each.figure == name
        ],
    )


def _signed(written: Written, value: float) -> str:
    size = written(or_none(abs(value)))
    # What rounds to nothing has no direction, and what has no answer none either.
    if isnan(value) or size == written(0.0):
        return str(size)
    return f"{'+' if value > 0 else '−'}{size}"


def _chart(name: str, shown: Sequence[Beside]) -> Chart | None:
    words = WORDS[name]
    curves = [
        Curve(
            letter,
            [(float(at), or_none(value)) for at, value in enumerate(each.figures[name].wide.middle)],
        )
        for letter, each in _told(name, shown)
    ]
    span = "of each scenario, the median of its runs"
    return curve_chart(words.title, curves, words.written, span=span, across="years", least=words.least)


def _told(name: str, shown: Sequence[Beside]) -> list[tuple[str, Result]]:
    return [(each.letter, each.result) for each in shown if each.result and each.result.figures[name].told]


def _table(name: str, shown: Sequence[Beside]) -> MedianTable:
    words, told = WORDS[name], _told(name, shown)
    medians = [result.figures[name].wide.middle for _, result in told]
    years = range(max(map(len, medians), default=0))
    cells = [[words.written(or_none(each[at])) if at < len(each) else "" for each in medians] for at in years]
    return MedianTable(words.title, [letter for letter, _ in told], list(zip(years, cells, strict=True)))


def _cautions(programme: Programme, shown: Sequence[Beside]) -> Iterator[str]:
    jobs = [each.job for each in shown if each.job is not None]
    if len({job.parameters["assumed"]["seed"] for job in jobs}) > 1:
        yield "The scenarios have different seeds, so that runs of one number share no chance and differences are less sure."
    if len({job.revision for job in jobs}) > 1:
        yield "The projections are of different revisions of the book. Run the older ones again."
    elif any(job.revision != programme.revision for job in jobs):
        yield "The book has moved on since these projections. Run them again."
    if any(each.job and each.job.parameters["scenario_version"] != each.scenario.version for each in shown):
        yield "A scenario was changed since it was run. Run it again."
