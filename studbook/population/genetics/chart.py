"""Lines over the years as a small drawing; several of them share one axis of years."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from studbook.core.dates import DAYS_IN_YEAR
from studbook.population.curves import Chart, Curve, curve_chart


@dataclass(frozen=True, slots=True)
class Series:
    """One line to draw: what it is called at its end, and a value for each day (None where there is none)."""

    words: str
    values: Sequence[float | None]
    kind: str = ""


def line_chart(
    title: str,
    days: Sequence[date],
    series: Sequence[Series],
    written: Callable[[float], str],
    *,
    least: float | None = 0.0,
    most: float | None = None,
    goal: tuple[float, str] | None = None,
    whole: bool = False,
) -> Chart | None:
    """Return the drawing; None when no line has two values. The rest is as for `curve_chart`."""
    years = [year_of(day) for day in days]
    curves = [Curve(each.words, list(zip(years, each.values, strict=True)), each.kind) for each in series]
    span = f"from {days[0].year} to {days[-1].year}" if days else ""
    return curve_chart(title, curves, written, span=span, least=least, most=most, goal=goal, whole=whole)


def year_of(day: date) -> float:
    """Return a day as a year with its fraction, so that a year begun is drawn as far as it has come."""
    return day.year + day.timetuple().tm_yday / DAYS_IN_YEAR
