"""The charts of the overview: the census through time, who came and went, survival, the season."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pedigree.demography.seasonality import Season
from pedigree.demography.survival import SurvivalCurve
from studbook.core.dates import DAYS_IN_YEAR
from studbook.institutions.models import Institution
from studbook.population.curves import Chart, Curve, curve_chart
from studbook.population.demography.tables import FEMALES, MALES
from studbook.population.demography.vital import Vital
from studbook.population.demography.yearly import Year
from studbook.population.figures import WIDTH, Scale, Tick, steps
from studbook.population.genetics.chart import Series, line_chart
from studbook.population.numbers import or_none

REGION_NAMES = {value: value or "elsewhere" for value, _ in Institution.Region.choices}
KINDS = {MALES: "males", FEMALES: "females"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEFT, RIGHT, TOP, BOTTOM, GAP = 30.0, 352.0, 10.0, 150.0, 4.0

Count = Callable[[Year], float]


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's births: the bar and its words."""

    month: str
    births: int
    x: float
    y: float
    width: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class SeasonFigure:
    """Everything the template of the season places."""

    width: float
    height: float
    left: float
    right: float
    bars: list[Bar]
    levels: list[Tick]


def census_charts(years: Sequence[Year]) -> list[Chart]:
    """Return the census by sex, by origin and by region, and who came and went; those with something to show."""
    present = sorted(
        {region for year in years for region in year.regions}, key=lambda region: (not region, region)
    )
    by_region: list[tuple[str, str, Count]] = [
        (REGION_NAMES.get(region, region), "", lambda year, region=region: year.regions.get(region, 0))  # type: ignore[misc]
        for region in present
    ]
    charts = [
        _lines("Animals", years, [
            ("all", "all", lambda year: year.census.total),
            ("males", "males", lambda year: year.census.male),
            ("females", "females", lambda year: year.census.female),
        ]),
        _lines("Births and deaths in a year", years, [
            ("births", "", lambda year: year.births.total),
            ("deaths", "", lambda year: year.deaths.total),
        ]),
        _lines("Animals by where they were born", years, [
            ("captive", "", lambda year: year.captive_born),
            ("wild", "", lambda year: year.wild_born),
            ("unknown", "", lambda year: year.unknown_origin),
        ]),
        _lines("Animals by region", years, by_region),
        _lines("Imports and exports in a year", years, [
            ("imports", "", lambda year: year.entries.total),
            ("exports", "", lambda year: year.exits.total),
        ]),
        _lines("Holders", years, [
            ("holders", "", lambda year: year.holders),
            ("breeding", "", lambda year: year.breeding_holders),
        ]),
    ]  # fmt: skip
    return [chart for chart in charts if chart]


def survival_chart(vital: Vital) -> Chart | None:
    """Return the curves of Kaplan and Meier of both sexes with their bands; None when nobody was seen to die."""
    curves = [_survival(kind, vital.sexes[sex].curve) for sex, kind in KINDS.items()]
    return curve_chart(
        "Alive",
        [curve for curve in curves if len(curve.points) > 1],
        _share,
        span="by age in years",
        across="age in years",
        most=1.0,
        told=False,
    )


def season_figure(season: Season) -> SeasonFigure | None:
    """Return births by month as bars; None without a birth on a known day."""
    most = max(season.by_month, default=0)
    if not most:
        return None
    up, step = Scale(0, most, BOTTOM, TOP), (RIGHT - LEFT) / len(MONTHS)
    bars = []
    for at, births in enumerate(season.by_month):
        x, y = LEFT + at * step + GAP / 2, up.place(births)
        bars.append(
            Bar(
                MONTHS[at],
                births,
                round(x, 2),
                y,
                round(step - GAP, 2),
                round(BOTTOM - y, 2),
                round(x + (step - GAP) / 2, 2),
            )
        )
    levels = [Tick(up.place(level), f"{level:.0f}") for level in steps(0, most, 5) if level == int(level)]
    return SeasonFigure(WIDTH, BOTTOM + 20, LEFT, RIGHT, bars, levels)


def _lines(title: str, years: Sequence[Year], columns: Sequence[tuple[str, str, Count]]) -> Chart | None:
    series = [
        Series(words, [float(count(year)) for year in years], kind)
        for words, kind, count in columns
        if any(count(year) for year in years)
    ]
    return line_chart(title, [year.on for year in years], series, _whole, whole=True)


def _survival(kind: str, curve: SurvivalCurve) -> Curve:
    # A curve of steps: level up to the age of a death, then down.
    points: list[tuple[float, float | None]] = [(0.0, 1.0)]
    band: list[tuple[float, float, float]] = [(0.0, 1.0, 1.0)]
    for at in range(len(curve.age)):
        age, alive = float(curve.age[at]) / DAYS_IN_YEAR, float(curve.survival[at])
        points += [(age, points[-1][1]), (age, alive)]
        low, high = or_none(curve.lower[at]), or_none(curve.upper[at])
        if low is not None and high is not None:
            band += [(age, band[-1][1], band[-1][2]), (age, low, high)]
    if len(points) > 1:
        points.append((curve.watched_to / DAYS_IN_YEAR, points[-1][1]))
    return Curve(kind, points, kind, band)


def _whole(value: float) -> str:
    return f"{value:.0f}"


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"
