"""A result as its page shows it: charts, the tables behind them, and the answers in a line each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np

from studbook.core.templatetags.studbook import NOTHING, coefficient, decimals, percent
from studbook.population.curves import Chart, Curve, curve_chart
from studbook.population.demography.projections.results import FIGURES, Figure, Floats, Result
from studbook.population.numbers import or_none

Written = Callable[[float | None], str]
HEADROOM = 1.25


@dataclass(frozen=True, slots=True)
class Words:
    """How a figure is called and written; `beside` names what is set beside it, in short `line`; `page` tells how it is made."""

    title: str
    written: Written
    page: str
    beside: str = ""
    line: str = ""
    least: float | None = 0.0


def _whole(value: float | None) -> str:
    return decimals(value, 0)


def _one(value: float | None) -> str:
    return decimals(value, 1)


WORDS = {
    "animals": Words("Animals", _whole, "projection", "without chance or limits", "no limits"),
    "gene_diversity": Words(
        "Gene diversity", percent, "gene-diversity", "by the formula of drift", "by drift", None
    ),
    "inbreeding": Words("Mean inbreeding", coefficient, "inbreeding"),
    "alleles": Words("Founder alleles left", _one, "allele-retention"),
}


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of a figure as it is written; `beside` is "" where nothing is set beside it."""

    year: int
    cells: tuple[str, ...]
    beside: str


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure's chart and table."""

    name: str
    words: Words
    chart: Chart | None
    rows: list[YearRow]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question, its answer, what it rests on."""

    label: str
    value: str
    note: str = ""


def shown_figures(result: Result, spaces: int | None) -> list[ShownFigure]:
    """Return each figure that the runs have."""
    return [
        ShownFigure(
            name, WORDS[name], figure_chart(result, name, spaces), _rows(result.figures[name], WORDS[name])
        )
        for name in FIGURES
        if result.figures[name].told
    ]


def figure_chart(result: Result, name: str, spaces: int | None) -> Chart | None:
    """Return the drawing of a figure: its median in two bands, and the line without chance where there is one."""
    figure, words = result.figures[name], WORDS[name]
    curves = [
        Curve(
            "median",
            _points(figure.wide.middle),
            "1",
            band=_between(figure.wide.low, figure.wide.high),
            core=_between(figure.narrow.low, figure.narrow.high),
        )
    ]
    if figure.beside is not None:
        top = max(float(np.nanmax(figure.wide.high)), spaces or 0) * HEADROOM
        within = figure.beside <= top
        # A line that leaves the drawing tells no value at its edge; the table has all of them.
        line = np.where(np.logical_and.accumulate(within), figure.beside, np.nan)
        curves.append(Curve(words.line, _points(line), "2", tells=bool(within.all())))
    goal = None
    if name == "gene_diversity":
        goal = (result.goal, f"goal {percent(result.goal, 0)}")
    elif name == "animals" and spaces:
        goal = (float(spaces), f"{spaces} spaces")
    span = f"in {result.years} years"
    return curve_chart(
        words.title, curves, words.written, span=span, across="years", least=words.least, goal=goal
    )


def risk_chart(result: Result) -> Chart | None:
    """Return the drawing of the risk of extinction with its interval."""
    risk = result.extinct
    curve = Curve("extinct", _points(risk.share), "1", band=_between(risk.low, risk.high))
    most = max(0.1, float(np.nanmax(risk.high)))
    return curve_chart(
        "Runs extinct", [curve], percent, span=f"in {result.years} years", across="years", most=most
    )


def risk_rows(result: Result) -> list[YearRow]:
    """Return the risk of every year with its interval."""
    risk = result.extinct
    columns = zip(risk.share, risk.low, risk.high, strict=True)
    return [YearRow(year, tuple(percent(each, 2) for each in row), "") for year, row in enumerate(columns)]


def answers(result: Result, goal_years: int) -> Iterator[Answer]:
    """Yield what is asked of a projection first."""
    for name in FIGURES:
        if result.figures[name].told:
            words, (middle, low, high) = WORDS[name], result.at_end(name)
            there = int(result.figures[name].wide.runs[-1])
            left = f", of the {there} that have one" if there < len(result.projection) else ""
            yield Answer(
                f"{words.title} in year {result.years}",
                words.written(or_none(middle)),
                f"{words.written(or_none(low))} to {words.written(or_none(high))} in 90 % of the runs{left}",
            )
    risk = result.extinct
    yield Answer(
        f"Risk of extinction in {result.years} years",
        percent(risk.share[-1], 1),
        f"{percent(risk.low[-1], 1)} to {percent(risk.high[-1], 1)} with 95 % confidence",
    )
    goal = percent(result.goal, 0)
    yield Answer(
        f"Years with gene diversity of {goal} or more",
        years(result.kept.middle, result.years),
        f"{years(result.kept.low, result.years)} to {years(result.kept.high, result.years)} in 90 % of the runs",
    )
    if goal_years <= result.years:
        chance = result.kept.chance
        yield Answer(
            f"Chance to keep {goal} for {goal_years} years",
            percent(chance.share[goal_years], 1),
            f"{percent(chance.low[goal_years], 1)} to {percent(chance.high[goal_years], 1)} with 90 % confidence",
        )
    if result.reached is not None:
        yield Answer(
            f"Years until {result.target} animals",
            years(result.reached.middle, result.years),
            f"{percent(result.reached.chance.share[-1], 0)} of the runs get there",
        )


def years(value: float, most: int) -> str:
    """Return whole years in words: what did not happen before the end takes more than all of them."""
    if value != value:
        return NOTHING
    return f"{value:.0f}" if isfinite(value) else f"more than {most}"


def _rows(figure: Figure, words: Words) -> list[YearRow]:
    wide, narrow = figure.wide, figure.narrow
    columns = (wide.middle, narrow.low, narrow.high, wide.low, wide.high, wide.mean, wide.error)
    return [
        YearRow(
            year,
            (*(words.written(or_none(value)) for value in row[:-1]), _error(row[-1], words)),
            "" if figure.beside is None else words.written(or_none(figure.beside[year])),
        )
        for year, row in enumerate(zip(*columns, strict=True))
    ]


def _error(value: float, words: Words) -> str:
    # An error is smaller than what it is of, and needs a figure more.
    return (
        percent(value, 2)
        if words.written is percent
        else decimals(or_none(value), 5 if words.written is coefficient else 2)
    )


def _points(values: Floats) -> list[tuple[float, float | None]]:
    return [(float(year), or_none(value)) for year, value in enumerate(values)]


def _between(low: Floats, high: Floats) -> list[tuple[float, float, float]]:
    return [
        (float(year), float(least), float(most))
        for year, (least, most) in enumerate(zip(low, high, strict=True))
        if not (np.isnan(least) or np.isnan(most))
    ]
