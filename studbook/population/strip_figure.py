"""Every mean kinship of a sex as a row of dots, with one animal marked: where a pair stands among the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studbook.population.analysis import Analysis
from studbook.population.figures import WIDTH, Scale, Tick, steps

LEFT, RIGHT, DOT, ROW = 12.0, 12.0, 4.0, 76.0
TALLEST = 11


@dataclass(frozen=True, slots=True)
class Strip:
    """The dots of one sex; `marked` is the place of the animal in question."""

    sex: str
    label: str
    label_y: float
    base: float
    flag_y: float
    dots: list[tuple[float, float]]
    marked: float
    marked_label: str
    name_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class StripFigure:
    """Everything the template of the two strips places."""

    width: float
    height: float
    axis: float
    tick_y: float
    mean: float
    mean_y: float
    mean_label: str
    mean_anchor: str
    strips: list[Strip]
    ticks: list[Tick]


def strip_figure(analysis: Analysis, sire: str, dam: str) -> StripFigure:
    """Return the drawing for two animals of the population."""
    shown = analysis.mean_kinships[analysis.measured]
    # A dead donor may lie beyond all the living.
    both = analysis.mean_kinships[analysis.population.rows((sire, dam))]
    low, high = float(min(shown.min(), both.min())), float(max(shown.max(), both.max()))
    margin = (high - low) * 0.04 or 0.01
    across = Scale(low - margin, high + margin, LEFT, WIDTH - RIGHT)
    mean = across.place(float(shown.mean()))
    axis = 2 * ROW + 6
    return StripFigure(
        width=WIDTH,
        height=axis + 34,
        axis=axis,
        tick_y=axis + 12,
        mean=mean,
        mean_y=axis + 26,
        mean_label=f"population mean {shown.mean():.4f}",
        mean_anchor=_anchor(mean),
        strips=[
            _strip(analysis, across, "M", "males", sire, ROW - 8),
            _strip(analysis, across, "F", "females", dam, 2 * ROW - 6),
        ],
        ticks=_ticks(across),
    )


def _ticks(across: Scale) -> list[Tick]:
    values = steps(across.low, across.high, 7)
    # 0.10 beside 0.09: as many decimals for each as the longest needs
    places = max((len(f"{value:g}".partition(".")[2]) for value in values), default=0)
    return [Tick(across.place(value), f"{value:.{places}f}") for value in values]


def _strip(analysis: Analysis, across: Scale, sex: str, label: str, number: str, base: float) -> Strip:
    values = analysis.mean_kinships[analysis.living_of_sex(sex)]
    own = float(analysis.mean_kinships[analysis.population.row(number)])
    place = across.place(own)
    return Strip(
        sex=sex,
        label=label,
        label_y=base - ROW + 18,
        base=base,
        flag_y=base - ROW + 24,
        dots=_dots(values, across, base),
        marked=place,
        marked_label=f"{number}: {own:.4f}",
        name_x=min(max(place, 70.0), WIDTH - 4),
        anchor=_anchor(place),
    )


def _dots(values: NDArray[np.float64], across: Scale, base: float) -> list[tuple[float, float]]:
    columns = [round(across.place(float(value)) / DOT) for value in np.sort(values)]
    tallest = max(Counter(columns).values(), default=1)
    rise = DOT * min(1.0, TALLEST / tallest)
    return [(column * DOT, round(base - rise * height, 2)) for column, height in _stacked(columns)]


def _stacked(columns: Sequence[int]) -> list[tuple[int, int]]:
    height: Counter[int] = Counter()
    stacked = []
    for column in columns:
        stacked.append((column, height[column]))
        height[column] += 1
    return stacked


def _anchor(place: float) -> str:
    return "start" if place < WIDTH / 3 else "end" if place > 2 * WIDTH / 3 else "middle"
