"""Gene diversity by animal, as bars: what the samples of a donor keep, or what would be lost with an animal."""

from collections.abc import Iterable
from dataclasses import dataclass

from studbook.population.figures import WIDTH, Scale

MOST_DRAWN = 24
LEFT, RIGHT, TOP, BAR, STEP = 84.0, 62.0, 4.0, 9.0, 15.0
SHOWN = 0.000005  # of gene diversity, what is not nought in three decimals of a percent


@dataclass(frozen=True, slots=True)
class AnimalBar:
    """One animal drawn."""

    label: str
    value: float
    y: float
    text_y: float
    width: float


@dataclass(frozen=True, slots=True)
class AnimalFigure:
    """Everything the template of the drawing places; animals with next to nothing are not drawn."""

    bars: list[AnimalBar]
    height: float
    width: float = WIDTH
    left: float = LEFT
    words: float = WIDTH - RIGHT + 6
    bar: float = BAR


def animal_figure(values: Iterable[tuple[str, float | None]]) -> AnimalFigure | None:
    """Return the drawing of labels and values in their order; None where all are next to nothing."""
    drawn = [(label, value) for label, value in values if value is not None and value >= SHOWN][:MOST_DRAWN]
    if not drawn:
        return None
    across = Scale(0, max(value for _, value in drawn), 0, WIDTH - LEFT - RIGHT)
    bars = [
        AnimalBar(label, value, TOP + at * STEP, TOP + at * STEP + BAR - 1, across.place(value))
        for at, (label, value) in enumerate(drawn)
    ]
    return AnimalFigure(bars, TOP + len(drawn) * STEP)
