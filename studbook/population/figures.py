"""The geometry of the small drawings, for templates that only place what is here. All lengths are in SVG units.

Drawings are 360 wide so that their text stays readable where a telephone shows them at that width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

WIDTH = 360.0
TEXT_SINK = 3.5
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis with its words."""

    at: float
    label: str

    @property
    def text_at(self) -> float:
        """Where the foot of the words stands so that their middle is at the mark of an upright axis."""
        return self.at + TEXT_SINK


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from values to places."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 2)


def steps(low: float, high: float, most: int) -> list[float]:
    """Return round numbers from one value to another, at most so many, as people label axes."""
    size = 10.0**-6
    while True:
        for factor in (1, 2, 5):
            step = size * factor
            first, last = ceil(low / step - ROUNDING), floor(high / step + ROUNDING)
            if last - first + 1 <= most:
                return [round(number * step, 10) for number in range(first, last + 1)]
        size *= 10


def points(places: Sequence[tuple[float, float]]) -> str:
    """Return the `points` of a polyline."""
    return " ".join(f"{x:g},{y:g}" for x, y in places)
