"""Lines over the years as a small drawing; several of them share one axis of years."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from studbook.core.dates import DAYS_IN_YEAR
from studbook.population.figures import TEXT_SINK, WIDTH, Scale, Tick, points, steps

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 190.0, 40.0, 86.0, 12.0, 168.0
NEAREST_LABELS = 12.0
MOST_YEARS, MOST_LEVELS = 6, 5


@dataclass(frozen=True, slots=True)
class Series:
    """One line to draw: what it is called at its end, and a value for each day (None where there is none)."""

    words: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its unbroken pieces, with its words beside its last value. `place` numbers the lines of a chart from 1."""

    place: int
    pieces: list[str]
    end: tuple[float, float]
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Goal:
    """A level to reach or to keep below, with its words at the right."""

    at: float
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template of a chart places."""

    title: str
    summary: str
    lines: list[Line]
    years: list[Tick]
    levels: list[Tick]
    goal: Goal | None
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    top: float = TOP
    bottom: float = BOTTOM


def line_chart(
    title: str,
    days: Sequence[date],
    series: Sequence[Series],
    written: Callable[[float], str],
    *,
    least: float | None = 0.0,
    most: float | None = None,
    goal: tuple[float, str] | None = None,
) -> Chart | None:
    """Return the drawing; None when no line has two values. `least` None lets the lowest value be the foot of the axis."""
    drawn = [each for each in series if sum(value is not None for value in each.values) > 1]
    if not drawn:
        return None
    years = [year_of(day) for day in days]
    across = Scale(years[0], years[-1], LEFT, WIDTH - RIGHT)
    up = _upright(drawn, least, most, goal)
    lines = [_line(place, each, years, across, up, written) for place, each in enumerate(drawn, start=1)]
    ends = [line.end[1] for line in lines] + ([up.place(goal[0])] if goal else [])
    label_y = _apart(ends)
    return Chart(
        title=title,
        summary=f"{title} from {days[0].year} to {days[-1].year}: {', '.join(line.label for line in lines)} at the end.",
        lines=[replace(line, label_y=y) for line, y in zip(lines, label_y, strict=False)],
        years=[Tick(across.place(year), f"{year:.0f}") for year in steps(years[0], years[-1], MOST_YEARS)],
        levels=[Tick(up.place(level), written(level)) for level in steps(up.low, up.high, MOST_LEVELS)],
        goal=Goal(ends[-1], goal[1], label_y[-1]) if goal else None,
    )


def year_of(day: date) -> float:
    """Return a day as a year with its fraction, so that a year begun is drawn as far as it has come."""
    return day.year + day.timetuple().tm_yday / DAYS_IN_YEAR


def _upright(
    series: Sequence[Series], least: float | None, most: float | None, goal: tuple[float, str] | None
) -> Scale:
    values = [value for each in series for value in each.values if value is not None]
    values += [goal[0]] if goal else []
    low = min(values) if least is None else least
    high = max(values) if most is None else most
    return Scale(low, high if high > low else low + 1, BOTTOM, TOP)


def _line(
    place: int,
    series: Series,
    years: Sequence[float],
    across: Scale,
    up: Scale,
    written: Callable[[float], str],
) -> Line:
    pieces: list[list[tuple[float, float]]] = [[]]
    last = 0.0
    for year, value in zip(years, series.values, strict=True):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append((across.place(year), up.place(value)))
            last = value
    whole = [piece for piece in pieces if piece]
    end = whole[-1][-1]
    return Line(place, [points(piece) for piece in whole], end, f"{series.words} {written(last)}", end[1])


def _apart(ends: Sequence[float]) -> list[float]:
    # Labels of lines that end close together are pushed up until they can be read.
    placed: dict[int, float] = {}
    lowest = BOTTOM
    for at in sorted(range(len(ends)), key=lambda at: -ends[at]):
        placed[at] = round(min(ends[at] + TEXT_SINK, lowest), 2)
        lowest = placed[at] - NEAREST_LABELS
    return [placed[at] for at in range(len(ends))]
