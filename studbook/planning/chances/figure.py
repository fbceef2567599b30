"""The calibration drawn: chances told against shares that came true, with the line where both agree."""

from dataclasses import dataclass

from pedigree.calibrating import Calibration, CalibrationBin
from studbook.core.templatetags.studbook import percent
from studbook.population.figures import WIDTH, Scale, Tick

LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 44.0, 336.0, 10.0, 216.0, 252.0
STEP = 0.1
SMALLEST_TOP, MOST_TICKS = 0.4, 6


@dataclass(frozen=True, slots=True)
class Dot:
    """One bin: its place, the ends of its interval, its words."""

    x: float
    y: float
    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class CalibrationFigure:
    """Everything the template places; `line` are the ends of the line of agreement."""

    dots: tuple[Dot, ...]
    line: tuple[float, float, float, float]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def calibration_figure(calibration: Calibration) -> CalibrationFigure | None:
    """Return the drawing; None without a case."""
    if not calibration.bins:
        return None
    most = max(SMALLEST_TOP, *(max(each.told, each.high) for each in calibration.bins))
    end = min(round(-(-most // STEP) * STEP, 1), 1.0)
    across, up = Scale(0, end, LEFT, RIGHT), Scale(0, end, BOTTOM, TOP)
    marks = _marks(end)
    return CalibrationFigure(
        dots=tuple(_dot(each, across, up) for each in calibration.bins),
        line=(across.place(0), up.place(0), across.place(end), up.place(end)),
        across=tuple(Tick(across.place(mark), percent(mark, 0)) for mark in marks),
        up=tuple(Tick(up.place(mark), percent(mark, 0)) for mark in marks),
    )


def _marks(end: float) -> list[float]:
    count = round(end / STEP)
    every = 1 if count < MOST_TICKS else 2
    return [round(number * STEP, 1) for number in range(0, count + 1, every)]


def _dot(each: CalibrationBin, across: Scale, up: Scale) -> Dot:
    words = (
        f"{each.cases} cases: told {percent(each.told, 0)}, came true {percent(each.share, 0)} "
        f"({percent(each.low, 0)} to {percent(each.high, 0)})"
    )
    return Dot(across.place(each.told), up.place(each.share), up.place(each.low), up.place(each.high), words)
