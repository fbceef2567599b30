"""The drawings of the printed plan, from its figures: the ones of the population's pages, by the same code."""

from collections.abc import Sequence
from datetime import date

from django.template.loader import render_to_string

from studbook.core.census import Census
from studbook.planning.paper.blocks import Figure
from studbook.planning.paper.outcome_figure import outcome_figure
from studbook.planning.paper.plain import Plain
from studbook.planning.paper.remade import day_in
from studbook.population.age_figure import AgeClass
from studbook.population.curves import Chart, Curve, curve_chart
from studbook.population.demography.drawings import KINDS
from studbook.population.demography.pyramid import BreedingAges, drawn_pyramid
from studbook.population.genetics.chart import Series, line_chart
from studbook.population.genetics.founder_figure import founder_figure
from studbook.population.genetics.founders import FounderRow

BY_SEX = (("all", "total", "all"), ("males", "male", "males"), ("females", "female", "females"))
BY_ORIGIN = (
    ("captive", "captive_born", ""),
    ("wild", "wild_born", ""),
    ("unknown", "unknown_origin", ""),
)


def census_figures(rows: Sequence[Plain]) -> list[Figure]:
    """Return the census by sex and by origin through time."""
    return [
        figure
        for title, columns in (
            ("Animals by sex, end of each year", BY_SEX),
            ("Animals by where they were born", BY_ORIGIN),
        )
        if (figure := _lines(title, rows, columns))
    ]


def _lines(title: str, rows: Sequence[Plain], columns: Sequence[tuple[str, str, str]]) -> Figure | None:
    series = [
        Series(words, [float(row[name]) for row in rows], kind)
        for words, name, kind in columns
        if any(row[name] for row in rows)
    ]
    return charted(line_chart(title, _days(rows), series, _whole, whole=True))


def diversity_figures(genetics: Sequence[Plain], goals: Plain) -> list[Figure]:
    """Return gene diversity through time, and as it will be by each course of the size."""
    goal = goals["goal"], f"goal {_share(goals['goal'])}"
    past = line_chart(
        "Gene diversity, end of each year",
        _days(genetics),
        [
            Series("GD", [row["gene_diversity"] for row in genetics]),
            Series("known", [row["known_gene_diversity"] for row in genetics]),
        ],
        _share,
        least=None,
        most=1.0,
        goal=goal,
    )
    future = curve_chart(
        "Gene diversity in years to come",
        [Curve(each["course"], list(enumerate_years(each["gene_diversity"]))) for each in goals["courses"]],
        _share,
        span=f"over {goals['years']} years",
        across="years",
        least=None,
        most=1.0,
        goal=goal,
    )
    return [figure for figure in (charted(past), charted(future)) if figure]


def enumerate_years(values: Sequence[float | None]) -> list[tuple[float, float | None]]:
    """Return values with the year that each is of, the first now."""
    return [(float(year), value) for year, value in enumerate(values)]


def rate_figures(tables: Plain) -> list[Figure]:
    """Return survivorship and fecundity by age, males and females."""
    charts = (
        curve_chart(
            title,
            [
                Curve(kind, [(float(row["age"]), row[column]) for row in tables[sex]["rows"]], kind)
                for sex, kind in KINDS.items()
            ],
            _two,
            span="by age in years",
            across="age in years",
            most=most,
            told=False,
        )
        for title, column, most in (("Survivorship lx", "lx", 1.0), ("Fecundity Mx", "Mx", None))
    )
    return [figure for chart in charts if (figure := charted(chart))]


def charted(chart: Chart | None) -> Figure | None:
    """Return a chart as a figure; None of none."""
    if chart is None:
        return None
    svg = render_to_string("population/_chart_svg.html", {"chart": chart})
    return Figure(chart.title, svg, chart.summary)


def pyramid_figure(told: Plain | None) -> Figure | None:
    """Return the age pyramid; None when nobody of a known age was there."""
    if told is None:
        return None
    rows = told["classes"]
    pyramid = drawn_pyramid(
        day_in(told["on"]),
        [
            AgeClass(each["first"], each["last"], Census(each["male"], each["female"], each["unknown"]))
            for each in rows
        ],
        told["undated"],
        {"M": [each["male_stable"] for each in rows], "F": [each["female_stable"] for each in rows]},
        {
            sex: BreedingAges(ages["first"], ages["last"], ages["observed"])
            for sex, ages in told["breeding"].items()
        },
    )
    if pyramid is None:
        return None
    svg = render_to_string(
        "population/demography/_pyramid_svg.html", {"pyramid": pyramid, "figure": pyramid.figure}
    )
    left_out = [
        f"{count} {words}"
        for count, words in (
            (pyramid.figure.unknown_sex, "of unknown sex"),
            (told["undated"], "without a birth date"),
        )
        if count
    ]
    return Figure(
        "Ages by sex",
        svg,
        f"Males to the left and females to the right by age in years, {sum(each['male'] for each in rows)} males and "
        f"{sum(each['female'] for each in rows)} females.",
        "Shaded: breeding ages. Line: a population of as many that had become stable by the life tables."
        + (f" Not drawn: {' and '.join(left_out)}." if left_out else ""),
    )


def founders_figure(rows: Sequence[Plain]) -> Figure | None:
    """Return each founder's share of the living population's genes, beside its target; None without a founder."""
    drawn = founder_figure([_founder(row) for row in rows])
    if drawn is None:
        return None
    svg = render_to_string("population/genetics/_founder_svg.html", {"figure": drawn})
    left = f" {drawn.left_out} founders that gave least are only in the appendix." if drawn.left_out else ""
    return Figure(
        "Founder representation",
        svg,
        f"Share of the living population's genes from each of {len(rows)} founders, and its target.",
        "Bar: share of the living animals' genes. Upright mark and number in brackets: target, in proportion to how much of "
        f"the founder's genes survives.{left}",
    )


def _founder(row: Plain) -> FounderRow:
    return FounderRow(
        number=row["number"],
        role=row["role"],
        animal=None,
        sex=row["sex"],
        origin=row["origin"],
        living=row["living"],
        descendants=row["descendants"],
        contribution=row["contribution"],
        representation=row["representation"],
        target=row["target"],
        retention=row["retention"],
        retention_error=None,
        lost=row["lost"],
        lost_error=None,
    )


def outcomes_figure(former: Sequence[Plain]) -> Figure | None:
    """Return what came of each former plan's recommendations; None where none of them had its chance."""
    drawn = outcome_figure(former)
    if drawn is None:
        return None
    svg = render_to_string("planning/paper/_outcomes_svg.html", {"figure": drawn})
    return Figure(
        "Outcomes of former plans",
        svg,
        " ".join(f"{bar.plan}, {bar.kind}: {bar.words}." for bar in drawn.bars),
        "Dark: fulfilled. Middle: tried. Pale: not tried. Replaced and open ones are left out.",
    )


def _days(rows: Sequence[Plain]) -> list[date]:
    return [day_in(row["on"]) for row in rows]


def _whole(value: float) -> str:
    return f"{value:.0f}"


def _two(value: float) -> str:
    return f"{value:.2f}"


def _share(value: float) -> str:
    return f"{100 * value:.1f}".removesuffix(".0") + " %"
