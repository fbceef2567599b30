"""Lines over a number - a year, an age - as a small drawing; genetics and demography draw with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from studbook.population.figures import TEXT_SINK, WIDTH, Scale, Tick, points, steps

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 190.0, 40.0, 86.0, 12.0, 168.0
NEAREST_LABELS = 12.0
MOST_TICKS, MOST_LEVELS = 6, 5

Point = tuple[float, float | None]
Between = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """One line to draw: what it is called at its end, and a value for each place (None where there is none).

    `kind` names its stroke, "" for that of its place among the lines; `band` holds a lowest and a highest value for places,
    `core` a narrower band within it; without `tells` its last value is not written beside it.
    """

    words: str
    points: Sequence[Point]
    kind: str = ""
    band: Sequence[Between] = ()
    core: Sequence[Between] = ()
    tells: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its unbroken pieces, with its words beside its last value, and the outlines of its bands, "" without."""

    kind: str
    pieces: list[str]
    end: tuple[float, float]
    label: str
    label_y: float
    band: str = ""
    core: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A level to reach or to keep below, with its words at the right."""

    at: float
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template of a chart places; `across` says what the ticks at its foot count, "" for years."""

    title: str
    summary: str
    lines: list[Line]
    ticks: list[Tick]
    levels: list[Tick]
    goal: Goal | None
    across: str = ""
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    top: float = TOP
    bottom: float = BOTTOM


def curve_chart(
    title: str,
    curves: Sequence[Curve],
    written: Callable[[float], str],
    *,
    span: str,
    across: str = "",
    least: float | None = 0.0,
    most: float | None = None,
    goal: tuple[float, str] | None = None,
    told: bool = True,
    whole: bool = False,
) -> Chart | None:
    """Return the drawing; None when no line has two values. `span` says in words from where to where it goes.

    `least` None lets the lowest value be the foot of the axis; without `told` the last value is not written at the end of a line; with `whole` only whole numbers are levels.
    """
    drawn = [each for each in curves if sum(value is not None for _, value in each.points) > 1]
    if not drawn:
        return None
    places = [place for each in drawn for place, _ in each.points]
    scale = Scale(min(places), max(places), LEFT, WIDTH - RIGHT)
    up = _upright(drawn, least, most, goal)
    lines = [
        _line(at, each, scale, up, written if told else _untold) for at, each in enumerate(drawn, start=1)
    ]
    ends = [line.end[1] for line in lines] + ([up.place(goal[0])] if goal else [])
    label_y = _apart(ends)
    return Chart(
        title=title,
        summary=f"{title} {span}: {', '.join(line.label for line in lines)}{' at the end' if told else ''}.",
        lines=[replace(line, label_y=y) for line, y in zip(lines, label_y, strict=False)],
        ticks=[Tick(scale.place(at), f"{at:.0f}") for at in _whole_steps(scale)],
        levels=[
            Tick(up.place(level), written(level))
            for level in steps(up.low, up.high, MOST_LEVELS)
            if not whole or level.is_integer()
        ],
        goal=Goal(ends[-1], goal[1], label_y[-1]) if goal else None,
        across=across,
    )


def _untold(value: float) -> str:
    return ""


def _whole_steps(scale: Scale) -> list[float]:
    return [at for at in steps(scale.low, scale.high, MOST_TICKS) if at.is_integer()]


def _upright(
    curves: Sequence[Curve], least: float | None, most: float | None, goal: tuple[float, str] | None
) -> Scale:
    values = [value for each in curves for _, value in each.points if value is not None]
    values += [end for each in curves for _, *ends in each.band for end in ends]
    values += [goal[0]] if goal else []
    low = min(values) if least is None else least
    high = max(values) if most is None else most
    return Scale(low, high if high > low else low + 1, BOTTOM, TOP)


def _line(at: int, curve: Curve, across: Scale, up: Scale, written: Callable[[float], str]) -> Line:
    pieces: list[list[tuple[float, float]]] = [[]]
    last = 0.0
    for place, value in curve.points:
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append((across.place(place), up.place(value)))
            last = value
    whole = [piece for piece in pieces if piece]
    end = whole[-1][-1]
    label = f"{curve.words} {written(last)}".strip() if curve.tells else curve.words
    return Line(
        curve.kind or str(at),
        [points(piece) for piece in whole],
        end,
        label,
        end[1],
        _outline(curve.band, across, up),
        _outline(curve.core, across, up),
    )


def _outline(band: Sequence[Between], across: Scale, up: Scale) -> str:
    above = [(across.place(at), up.place(high)) for at, _, high in band]
    below = [(across.place(at), up.place(low)) for at, low, _ in reversed(band)]
    return points(above + below)


def _apart(ends: Sequence[float]) -> list[float]:
    # Labels of lines that end close together are pushed up until they can be read.
    placed: dict[int, float] = {}
    lowest = BOTTOM
    for at in sorted(range(len(ends)), key=lambda at: -ends[at]):
        placed[at] = round(min(ends[at] + TEXT_SINK, lowest), 2)
        lowest = placed[at] - NEAREST_LABELS
    return [placed[at] for at in range(len(ends))]
