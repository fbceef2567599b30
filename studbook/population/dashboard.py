"""What the first page of a programme reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pedigree.summary import Summary
from studbook.animals.models import Animal
from studbook.core.census import Census
from studbook.core.errors import StudbookError
from studbook.population.age_figure import AgeFigure, age_figure
from studbook.population.analysis import analysis_of
from studbook.population.breeders import holders_of
from studbook.population.census import (
    Life,
    YearCensus,
    census_by_year,
    counted,
    lives_of,
    within_a_year,
    year_before,
)
from studbook.population.census_figure import CensusFigure, census_figure
from studbook.population.quality import ProblemCount, counted_problems, problems_of
from studbook.programmes.models import Programme

MOST_LISTED = 12
MOST_CONCERNS = 6


@dataclass(frozen=True, slots=True)
class Changes:
    """Animals that came or went in the twelve months before the day the book is current to."""

    census: Census
    animals: list[Animal]
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The first page. `summary` is None when there are no figures, and `reason` says why."""

    census: Census
    holders: int
    unheld: int
    summary: Summary | None
    reason: str
    births: Changes
    deaths: Changes
    years: list[YearCensus]
    years_figure: CensusFigure | None
    ages_figure: AgeFigure | None
    concerns: list[ProblemCount]
    problem_count: int
    silent: int


def dashboard_of(programme: Programme) -> Dashboard:
    """Read the dashboard; five queries beside those of an analysis and of problems not kept yet."""
    lives, on = lives_of(programme), programme.as_of
    living = [life for life in lives if life.living]
    held = holders_of(programme)
    summary, reason = _figures(programme)
    problems = problems_of(programme)
    years = census_by_year(lives, on)
    return Dashboard(
        census=counted(life.sex for life in living),
        holders=len(set(held.values())),
        unheld=len(living) - len(held),
        summary=summary,
        reason=reason,
        births=_changes(
            programme, [life for life in lives if within_a_year(life.birth, on)], on, "-birth_latest"
        ),
        deaths=_changes(
            programme, [life for life in lives if within_a_year(life.death, on)], on, "-death_latest"
        ),
        years=years,
        years_figure=census_figure(years),
        ages_figure=age_figure(lives, on),
        concerns=[each for each in counted_problems(problems) if each.severity != "notify"][:MOST_CONCERNS],
        problem_count=len(problems),
        silent=sum(len(each.animals) for each in problems if (each.code, each.severity) == ("C15", "warn")),
    )


def _figures(programme: Programme) -> tuple[Summary | None, str]:
    try:
        analysis = analysis_of(programme)
    except StudbookError as refusal:
        return None, refusal.sentence
    return analysis.summary, analysis.reason


def _changes(programme: Programme, lives: Sequence[Life], on: date, order: str) -> Changes:
    animals = programme.animals.filter(studbook_number__in=[life.number for life in lives])
    listed = list(animals.order_by(order, "number_order")[:MOST_LISTED]) if lives else []
    return Changes(counted(life.sex for life in lives), listed, year_before(on), on)
