"""Contribution against target of each founder: a bar, and a mark where it should end."""

from collections.abc import Sequence
from dataclasses import dataclass

from studbook.population.figures import WIDTH, Scale
from studbook.population.genetics.founders import FounderRow

MOST_DRAWN = 24
LEFT, RIGHT, TOP, BAR, STEP = 84.0, 86.0, 4.0, 9.0, 15.0
HALF = 36.0


@dataclass(frozen=True, slots=True)
class FounderBar:
    """One founder drawn: `width` of its contribution, `target` where its target ends (None without a gene drop)."""

    row: FounderRow
    y: float
    text_y: float
    width: float
    target: float | None


@dataclass(frozen=True, slots=True)
class FounderFigure:
    """Everything the template of the founders' drawing places; `left_out` founders of least contribution are not drawn."""

    bars: list[FounderBar]
    height: float
    left_out: int
    width: float = WIDTH
    left: float = LEFT
    words: float = WIDTH - RIGHT + 6
    bar: float = BAR


def founder_figure(rows: Sequence[FounderRow]) -> FounderFigure | None:
    """Return the drawing, the greatest contribution first; None without a founder."""
    drawn = sorted(rows, key=lambda row: -row.contribution)[:MOST_DRAWN]
    if not drawn:
        return None
    most = max(max(row.contribution, row.target or 0.0) for row in drawn)
    across = Scale(0, most, 0, WIDTH - LEFT - RIGHT)
    bars = [
        FounderBar(
            row,
            TOP + at * STEP,
            TOP + at * STEP + BAR - 1,
            across.place(row.contribution),
            None if row.target is None else LEFT + across.place(row.target),
        )
        for at, row in enumerate(drawn)
    ]
    return FounderFigure(bars, TOP + len(drawn) * STEP, len(rows) - len(drawn))


@dataclass(frozen=True, slots=True)
class DifferenceBar:
    """How far a founder lies above its target (to the right) or below it (to the left), for a cell of the table."""

    x: float
    width: float
    above: bool


def difference_bars(rows: Sequence[FounderRow]) -> list[DifferenceBar | None]:
    """Return the bar of each row, all to one scale; None without a target."""
    most = max((abs(row.difference) for row in rows if row.difference is not None), default=0.0)
    return [None if row.difference is None else difference_bar(row.difference, most) for row in rows]


def difference_bar(difference: float, most: float) -> DifferenceBar:
    """Return the bar of one difference, as long as half the drawing where it is the most."""
    width = round(HALF * abs(difference) / most, 2) if most else 0.0
    return DifferenceBar(HALF if difference > 0 else round(HALF - width, 2), width, difference > 0)
