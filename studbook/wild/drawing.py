"""The counts of the wild by year beside the living captive population, as a small drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from studbook.population.census import YearCensus
from studbook.population.figures import TEXT_SINK, WIDTH, Scale, Tick, points, steps
from studbook.population.genetics.chart import year_of
from studbook.wild.models import SurveyCount

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 220.0, 32.0, 70.0, 14.0, 198.0
FEWEST_YEARS = 10
ARROW, HALF = 5.0, 3.0
# More series than these share the last mark; each is named in the list below the drawing.
MARKS = ("circle", "square", "triangle", "diamond", "cross", "bar")
SHAPES = {
    "circle": "",
    "square": "-3,-3 3,-3 3,3 -3,3",
    "triangle": "0,-4 3.6,2.8 -3.6,2.8",
    "diamond": "0,-4.2 4.2,0 0,4.2 -4.2,0",
    "cross": "-1,-4 1,-4 1,-1 4,-1 4,1 1,1 1,4 -1,4 -1,1 -4,1 -4,-1 -1,-1",
    "bar": "-4.5,-1.5 4.5,-1.5 4.5,1.5 -4.5,1.5",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One count: its shape at `x`, `y` (None: only its ends are known), a line from its lowest to its highest number.

    `arrow` points where a count that only says "at least" or "at most" goes on.
    """

    series: int
    shape: str
    x: float
    y: float
    low_y: float | None
    high_y: float | None
    arrow: str
    words: str


@dataclass(frozen=True, slots=True)
class CountSeries:
    """The counts of one area; `shape` is "" for a circle, else the corners around its middle."""

    number: int
    shape: str
    where: str
    counts: int


@dataclass(frozen=True, slots=True)
class WildFigure:
    """Everything the template of the drawing places."""

    summary: str
    captive: str
    captive_label: str
    captive_y: float
    marks: Sequence[Mark]
    series: Sequence[CountSeries]
    years: Sequence[Tick]
    levels: Sequence[Tick]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT


def wild_figure(counts: Iterable[SurveyCount], census: Sequence[YearCensus], on: date) -> WildFigure | None:
    """Return the drawing of the counts that stand, beside the census of the same years; None without a count."""
    told = [each for each in counts if not each.is_struck]
    if not told:
        return None
    last = max(on.year, *(each.last_year for each in told))
    first = min(last - FEWEST_YEARS, *(each.first_year for each in told))
    captive = [each for each in census if first <= each.on.year <= last]
    most = max(
        *(number for each in told for number in _numbers(each)), *(each.census.total for each in captive), 1
    )
    across, up = Scale(first, last + 1, LEFT, WIDTH - RIGHT), Scale(0, most, BOTTOM, TOP)
    names = list(dict.fromkeys(each.where for each in told))
    line = [(across.place(year_of(each.on)), up.place(each.census.total)) for each in captive]
    living = captive[-1].census.total if captive else 0
    return WildFigure(
        summary=_summary(told, captive, first, last),
        captive=points(line),
        captive_label=f"{living} captive" if captive else "",
        captive_y=line[-1][1] + TEXT_SINK if line else 0.0,
        marks=[_mark(each, names.index(each.where), across, up) for each in told],
        series=[
            CountSeries(at + 1, _shape(at), name, sum(each.where == name for each in told))
            for at, name in enumerate(names)
        ],
        years=[
            Tick(across.place(year), f"{year:.0f}") for year in steps(first, last, 6) if year.is_integer()
        ],
        levels=[Tick(up.place(count), f"{count:.0f}") for count in steps(0, most, 6) if count.is_integer()],
    )


def _mark(count: SurveyCount, at: int, across: Scale, up: Scale) -> Mark:
    # A year is drawn by its middle, and so are several.
    x = across.place((count.first_year + count.last_year + 1) / 2)
    known = [up.place(number) for number in _numbers(count)]
    best = count.best if count.best is not None else _only(count)
    y = up.place(best) if best is not None else sum(known) / len(known)
    is_range = len(set(known)) > 1
    return Mark(
        series=at + 1,
        shape=_shape(at),
        x=x,
        y=round(y, 2),
        low_y=max(known) if is_range else None,
        high_y=min(known) if is_range else None,
        arrow=_arrow(count, x, round(y, 2)),
        words=f"{count.years}, {count.where}: {count.number} ({count.get_method_display()})",
    )


def _arrow(count: SurveyCount, x: float, y: float) -> str:
    if count.best is not None or (count.low is None) == (count.high is None):
        return ""
    foot, tip = (y - ARROW, y - 3 * ARROW) if count.low is not None else (y + ARROW, y + 3 * ARROW)
    back = tip + (HALF if tip < foot else -HALF)
    return points([(x, foot), (x, tip), (x - HALF, back), (x, tip), (x + HALF, back)])


def _shape(at: int) -> str:
    return SHAPES[MARKS[min(at, len(MARKS) - 1)]]


def _only(count: SurveyCount) -> int | None:
    numbers = _numbers(count)
    return numbers[0] if len(numbers) == 1 else None


def _numbers(count: SurveyCount) -> list[int]:
    return [each for each in (count.low, count.best, count.high) if each is not None]


def _summary(told: Sequence[SurveyCount], captive: Sequence[YearCensus], first: int, last: int) -> str:
    newest = max(told, key=lambda each: (each.last_year, each.first_year))
    beside = f"; {captive[-1].census.total} living in zoos at the end" if captive else ""
    return (
        f"Animals counted in the wild from {first} to {last}, {len(told)} counts, the newest {newest.number} in "
        f"{newest.where}, {newest.years}{beside}."
    )
