"""The census by year as a small drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from studbook.population.census import YearCensus
from studbook.population.figures import TEXT_SINK, WIDTH, Scale, Tick, points, steps

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 170.0, 30.0, 76.0, 10.0, 150.0
NEAREST_LABELS = 12.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its words at its right end. `kind` tells its stroke apart: all, males, females."""

    kind: str
    label: str
    points: str
    label_y: float


@dataclass(frozen=True, slots=True)
class CensusFigure:
    """Everything the template of the census drawing places."""

    width: float
    height: float
    left: float
    right: float
    label_x: float
    end_x: float
    lines: list[Line]
    years: list[Tick]
    counts: list[Tick]


def census_figure(years: Sequence[YearCensus]) -> CensusFigure | None:
    """Return the drawing; None when there are fewer than two years to join."""
    if len(years) < 2:
        return None
    first, last = years[0].on.year, years[-1].on.year
    across = Scale(first, last, LEFT, WIDTH - RIGHT)
    up = Scale(0, max(each.census.total for each in years), BOTTOM, TOP)
    columns = {
        "all": ("all", [each.census.total for each in years]),
        "males": ("males", [each.census.male for each in years]),
        "females": ("females", [each.census.female for each in years]),
    }
    places = {kind: [(across.place(y.on.year), up.place(n)) for y, n in zip(years, counts, strict=True)]
              for kind, (_, counts) in columns.items()}  # fmt: skip
    label_y = _apart({kind: line[-1][1] for kind, line in places.items()})
    return CensusFigure(
        width=WIDTH, height=HEIGHT, left=LEFT, right=WIDTH - RIGHT, label_x=LEFT - 4, end_x=WIDTH - RIGHT + 5,
        lines=[
            Line(kind, f"{columns[kind][1][-1]} {kind}", points(places[kind]), label_y[kind]) for kind in columns
        ],
        years=[Tick(across.place(year), f"{year:.0f}") for year in steps(first, last, 5)],
        counts=[Tick(up.place(count), f"{count:.0f}") for count in steps(0, up.high, 5)],
    )  # fmt: skip


def _apart(ends: dict[str, float]) -> dict[str, float]:
    # Labels of lines that end close together are pushed up until they can be read.
    placed: dict[str, float] = {}
    lowest = BOTTOM
    for kind, y in sorted(ends.items(), key=lambda end: -end[1]):
        placed[kind] = min(y + TEXT_SINK, lowest)
        lowest = placed[kind] - NEAREST_LABELS
    return placed
