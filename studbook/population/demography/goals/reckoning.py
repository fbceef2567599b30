"""The goals reckoned: how long gene diversity is kept, which births, females and places a size needs."""

from dataclasses import dataclass
from math import isfinite, isnan, nan

import numpy as np

from pedigree.demography.lifetable import LifeTable
from pedigree.demography.needs import (
    births_by_year,
    births_needed,
    females_to_recommend,
    growth_needed,
    years_until_full,
)
from pedigree.goals import gene_diversity_by_year
from studbook.core.downloads import Table
from studbook.population.basis import Basis
from studbook.population.curves import Chart, Curve, curve_chart
from studbook.population.demography.goals.forms import PER_CENT, GoalForm
from studbook.population.demography.goals.measured import ages_by_sex
from studbook.population.demography.rates.reading import what_ifs
from studbook.population.numbers import or_none
from studbook.programmes.models import Programme

LONGEST_LOOK = 1000
TEN = 10
TEN_POINTS = 0.1
HELD, TO_TARGET = "held", "to target"
NO_RATIO = "It needs Ne/N and a generation time: living breeders of both sexes and a life table, or numbers of your own above."


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Gene diversity of one convention under one course of the size: by year, and for how many whole years it stays at the goal.

    `to_loss` is for how many it stays less than ten points below what it is now; None for all years looked at.
    """

    course: str
    gene_diversity: list[float | None]
    sizes: list[float]
    years: int | None
    to_loss: int | None
    at_the_end: float | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Births for one course of the size: in a stable population, in each year from the ages of now, and the females for them."""

    course: str
    growth: float
    stable: float | None
    by_year: list[float]
    sizes: list[float]
    females: int | None

    @property
    def mean(self) -> float:
        return sum(self.by_year) / len(self.by_year)


@dataclass(frozen=True, slots=True)
class Row:
    """A year, and for each course the size with what belongs to it."""

    year: int
    cells: list[tuple[float, float | None]]


@dataclass(frozen=True, slots=True, eq=False)
class Reckoning:
    """Everything the page of goals shows. `kept` and `known` are empty where `no_diversity` says why, `wanted` where `no_births` does."""

    goal: float
    goal_years: int
    kept: list[Course]
    known: list[Course]
    no_diversity: str
    wanted: list[Wanted]
    no_births: str
    spaces: int | None
    size: int
    full: float | None
    chart: Chart | None

    @property
    def decades(self) -> list[Row]:
        """Size and gene diversity of every course, every ten years."""
        years = range(0, self.goal_years + 1, TEN)
        return [
            Row(year, [(each.sizes[year], each.gene_diversity[year]) for each in self.kept]) for year in years
        ]

    @property
    def births_rows(self) -> list[Row]:
        """Size and births of every course, year by year."""
        years = range(len(self.wanted[0].by_year) if self.wanted else 0)
        return [Row(at + 1, [(each.sizes[at], each.by_year[at]) for each in self.wanted]) for at in years]

    @property
    def lacking_size(self) -> int | None:
        return None if self.lacking is None else abs(self.lacking)

    @property
    def lacking(self) -> int | None:
        """How many animals are there less than places; below 0 when there are more."""
        return None if self.spaces is None else self.spaces - self.size

    @property
    def fills(self) -> bool:
        return self.full is not None and isfinite(self.full)


def reckoned(programme: Programme, basis: Basis, form: GoalForm) -> Reckoning:
    """Return the goals by what the form says."""
    target, growth = form.told("target"), form.told("growth")
    size = form.measured.size
    kept, known, no_diversity = _kept(programme, form)
    wanted, no_births = _wanted(basis, form)
    spaces = None if target is None else round(target)
    full = years_until_full(size, spaces, growth) if spaces and growth and size else None
    return Reckoning(
        programme.gene_diversity_goal,
        programme.goal_years,
        kept,
        known,
        no_diversity,
        wanted,
        no_births,
        spaces,
        size,
        full,
        _chart(programme, kept),
    )


def diversity_file(reckoning: Reckoning) -> Table:
    """Return size and gene diversity by year of every course and convention."""
    lines = (
        [each.course, convention, year, each.sizes[year], value]
        for convention, courses in (
            ("unknown parents as founders", reckoning.kept),
            ("known genes only", reckoning.known),
        )
        for each in courses
        for year, value in enumerate(each.gene_diversity)
    )
    return Table(("course", "convention", "year", "animals", "gene_diversity"), lines)


def _kept(programme: Programme, form: GoalForm) -> tuple[list[Course], list[Course], str]:
    summary, ratio, interval = form.measured.summary, form.told("ratio"), form.told("interval")
    if summary is None or ratio is None or interval is None:
        return [], [], NO_RATIO
    if isnan(summary.gene_diversity):
        return [], [], "Nobody lives, so there is no gene diversity to keep."
    return (
        _courses(programme, form, summary.gene_diversity, ratio, interval),
        _courses(programme, form, summary.known_only.gene_diversity, ratio, interval),
        "",
    )


def _courses(programme: Programme, form: GoalForm, now: float, ratio: float, interval: float) -> list[Course]:
    if isnan(now):
        return []
    target, growth = form.told("target"), form.told("growth")
    courses = [_course(programme, form, now, ratio, interval, HELD, 1.0, None)]
    if target is not None and growth is not None and target != form.measured.size:
        courses.append(_course(programme, form, now, ratio, interval, TO_TARGET, growth, target))
    return courses


def _course(
    programme: Programme,
    form: GoalForm,
    now: float,
    ratio: float,
    interval: float,
    course: str,
    growth: float,
    target: float | None,
) -> Course:
    found = gene_diversity_by_year(
        now, ratio, form.measured.size, interval, LONGEST_LOOK, growth=growth, target=target
    )
    shown = slice(0, programme.goal_years + 1)
    diversity = [or_none(value) for value in found.gene_diversity[shown]]
    return Course(
        course,
        diversity,
        [float(size) for size in found.size[shown]],
        found.whole_years(programme.gene_diversity_goal),
        found.whole_years(now - TEN_POINTS),
        diversity[-1],
    )


def _wanted(basis: Basis, form: GoalForm) -> tuple[list[Wanted], str]:
    males, females, why_not = _tables(basis, form)
    size, target, years = form.measured.size, form.told("target"), form.told("years")
    if males is None or females is None:
        return [], why_not
    if not size or years is None:
        return [], "Nobody lives, so no size can be held."
    courses = [(HELD, 1.0)]
    if target is not None and target != size:
        courses.append((TO_TARGET, growth_needed(size, target, round(years))))
    try:
        return [_births(form, males, females, course, growth, round(years)) for course, growth in courses], ""
    except ValueError as refusal:
        return [], str(refusal)


def _tables(basis: Basis, form: GoalForm) -> tuple[LifeTable | None, LifeTable | None, str]:
    rate_set = form.rate_set
    if rate_set is None:
        return form.measured.tables.male, form.measured.tables.female, ""
    male, female = what_ifs(rate_set, basis, rate_set.rates.all())
    return male.edited, female.edited, male.reason or female.reason


def _births(
    form: GoalForm, males: LifeTable, females: LifeTable, course: str, growth: float, years: int
) -> Wanted:
    size = form.measured.size
    sizes = size * growth ** np.arange(1, years + 1, dtype=np.float64)
    by_age = ages_by_sex(form.measured.chosen, males, females)
    by_year = births_by_year(males, females, *by_age, sizes)
    litter, a_year = form.told("litter"), form.told("a_year")
    fulfilment = (form.told("fulfilment") or nan) / PER_CENT
    mean = float(by_year.mean())
    return Wanted(
        course,
        growth,
        or_none(births_needed(males, females, size, growth)),
        by_year.tolist(),
        sizes.tolist(),
        females_to_recommend(mean, litter, fulfilment, a_year) if litter and a_year else None,
    )


def _chart(programme: Programme, kept: list[Course]) -> Chart | None:
    goal = programme.gene_diversity_goal
    return curve_chart(
        "Gene diversity",
        [
            Curve(each.course, [(float(year), value) for year, value in enumerate(each.gene_diversity)])
            for each in kept
        ],
        _share,
        span=f"over {programme.goal_years} years",
        across="years",
        least=None,
        most=1.0,
        goal=(goal, f"goal {_share(goal)}"),
    )


def _share(value: float) -> str:
    return f"{100 * value:.1f}".removesuffix(".0") + " %"
