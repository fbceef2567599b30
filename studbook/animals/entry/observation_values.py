"""Weights and other amounts as people write them: 4,2 kg, 850 g, 38.5."""

import re
from dataclasses import dataclass
from decimal import Decimal

from studbook.animals.models import Observation
from studbook.core.errors import StudbookError

IN_KILOGRAMS = {"kg": Decimal(1), "g": Decimal("0.001")}
# The heaviest animal there is, with a margin.
HEAVIEST_KG = 200_000
UNUSUAL = 3
MOST_DIGITS, MOST_DECIMALS = 8, 4


@dataclass(frozen=True, slots=True)
class Amount:
    """How much, in the unit it was measured in."""

    quantity: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.quantity.normalize():f} {self.unit}".strip()


def weight_from(words: str) -> Amount:
    """Read a weight; kilograms where no unit is written. Raises StudbookError."""
    match = re.fullmatch(r"([0-9.,]+)\s*(kg|g)?", words.strip().lower())
    weight = Amount(_number(match[1], words), match[2] or "kg") if match else None
    if weight is None:
        raise StudbookError(f"“{words}” is no weight. Write it as 4.2 kg, 4,2 or 850 g.")
    if not 0 < kilograms(weight) <= HEAVIEST_KG:
        raise StudbookError(f"No animal weighs {weight}. Write the weight in kg, or in g with the unit.")
    return weight


def amount_from(words: str, unit: str) -> Amount:
    """Read the quantity of another measurement. Raises StudbookError."""
    return Amount(_number(words.strip(), words), unit.strip())


def kilograms(weight: Amount) -> Decimal:
    """Return a weight in kilograms, so that two can be compared."""
    return weight.quantity * IN_KILOGRAMS[weight.unit]


def amount_of(observation: Observation) -> Amount | None:
    """Return what an observation measured."""
    return Amount(observation.quantity, observation.unit) if observation.quantity is not None else None


def change_in_words(before: Amount, now: Amount) -> str:
    """Return how much heavier or lighter an animal became, in the unit of the new weight."""
    change = (kilograms(now) - kilograms(before)) / IN_KILOGRAMS[now.unit]
    if not change:
        return "no change"
    return f"{'+' if change > 0 else '−'}{Amount(abs(change), now.unit)}"


def is_unusual(before: Amount, now: Amount) -> bool:
    """Tell whether a weight is so far from the last that one digit may have slipped."""
    old, new = kilograms(before), kilograms(now)
    return new >= UNUSUAL * old or UNUSUAL * new <= old


def _number(digits: str, words: str) -> Decimal:
    match = re.fullmatch(r"(\d+)(?:[.,](\d+))?", digits, re.ASCII)
    if not match:
        raise StudbookError(f"“{words}” is no number. Write it as 4.2 or 4,2.")
    whole, part = match[1].lstrip("0"), (match[2] or "").rstrip("0")
    if len(whole) > MOST_DIGITS or len(part) > MOST_DECIMALS:
        raise StudbookError(
            f"“{words}” has more than {MOST_DIGITS} digits before the point or {MOST_DECIMALS} after it. Round it."
        )
    return Decimal(f"{whole or 0}.{part or 0}")
