"""The weights of one animal as a small drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from studbook.animals.entry.observation_values import IN_KILOGRAMS, Amount, amount_of, kilograms
from studbook.animals.models import Observation

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 320.0, 96.0, 8.0, 312.0, 12.0, 76.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One weight at its place; a provisional one is drawn hollow."""

    x: float
    y: float
    words: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """Everything the template of the drawing places."""

    dots: tuple[Dot, ...]
    first: str
    last: str
    lightest: str
    heaviest: str
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM

    @property
    def points(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)

    @property
    def summary(self) -> str:
        return f"{len(self.dots)} weights from {self.first} to {self.last}, between {self.lightest} and {self.heaviest}."


def curve_of(observations: Sequence[Observation]) -> Curve | None:
    """Return the drawing of the weights among these; None with fewer than two."""
    weights = [
        (_day(each), weight, each)
        for each in observations
        if each.kind == Observation.Kind.WEIGHT and (weight := weight_of(each)) and each.date
    ]
    weights.sort(key=lambda each: (each[0], each[2].pk))
    if len(weights) < 2:
        return None
    days = [day.toordinal() for day, _, _ in weights]
    masses = [float(kilograms(weight)) for _, weight, _ in weights]
    across, up = _scale(min(days), max(days), LEFT, RIGHT), _scale(min(masses), max(masses), BOTTOM, TOP)
    by_mass = sorted((weight for _, weight, _ in weights), key=kilograms)
    dots = tuple(
        Dot(_at(day, across), _at(mass, up), f"{weight}, {each.date}", each.provisional)
        for day, mass, (_, weight, each) in zip(days, masses, weights, strict=True)
    )
    return Curve(dots, str(weights[0][2].date), str(weights[-1][2].date), str(by_mass[0]), str(by_mass[-1]))


def weight_of(observation: Observation) -> Amount | None:
    """Return a weight; None for one in a unit that came with an import and is not known here."""
    amount = amount_of(observation)
    return amount if amount and amount.unit in IN_KILOGRAMS else None


def _day(observation: Observation) -> date:
    return observation.date.middle if observation.date else date.min


def _scale(low: float, high: float, start: float, end: float) -> tuple[float, float, float]:
    return (
        low,
        start if high > low else (start + end) / 2,
        (end - start) / (high - low) if high > low else 0.0,
    )


def _at(value: float, scale: tuple[float, float, float]) -> float:
    low, start, per_unit = scale
    return round(start + (value - low) * per_unit, 1)
