"""Success rates as bars with their intervals, a row each."""

from collections.abc import Sequence
from dataclasses import dataclass

from studbook.planning.outcomes.rates import Rate
from studbook.population.figures import WIDTH, Scale, Tick

LEFT, RIGHT, TOP, ROW, BAR = 8.0, 352.0, 6.0, 38.0, 12.0
LONGEST_LABEL = 40
MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class RateBar:
    """One bar: the share, what was tried beyond it, the ends of the interval, and the words above."""

    label: str
    words: str
    text_y: float
    y: float
    middle: float
    fulfilled_end: float
    attempted_width: float
    low: float
    high: float

    @property
    def fulfilled_width(self) -> float:
        return round(self.fulfilled_end - LEFT, 2)


@dataclass(frozen=True, slots=True)
class RateFigure:
    width: float
    height: float
    left: float
    bar: float
    axis: float
    bars: tuple[RateBar, ...]
    ticks: tuple[Tick, ...]


def rate_figure(rates: Sequence[Rate]) -> RateFigure | None:
    """Return the drawing of at most twelve rates; None where none has anything to count."""
    shown = [each for each in rates if each.number][:MOST_ROWS]
    if not shown:
        return None
    across = Scale(0.0, 1.0, LEFT, RIGHT)
    axis = TOP + ROW * len(shown)
    return RateFigure(
        width=WIDTH,
        height=axis + 18,
        left=LEFT,
        bar=BAR,
        axis=axis,
        bars=tuple(_bar(each, across, TOP + ROW * at) for at, each in enumerate(shown)),
        ticks=tuple(Tick(across.place(share / 4), f"{25 * share} %") for share in range(5)),
    )


def _bar(rate: Rate, across: Scale, top: float) -> RateBar:
    share, tried = rate.share or 0.0, rate.attempted_share or 0.0
    end = across.place(share)
    label = rate.label if len(rate.label) <= LONGEST_LABEL else f"{rate.label[: LONGEST_LABEL - 1]}…"
    return RateBar(
        label=label,
        words=f"{100 * share:.0f} % of {rate.number}",
        text_y=top + 12,
        y=top + 17,
        middle=top + 17 + BAR / 2,
        fulfilled_end=end,
        attempted_width=round(across.place(share + tried) - end, 2),
        low=across.place(rate.low or 0.0),
        high=across.place(rate.high or 0.0),
    )
