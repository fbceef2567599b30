"""The rows of an anaesthesia's form: one for each agent that was given."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from studbook.reproduction.models import AnaesthesiaAgent

FEWEST, MOST = 4, 12
NAMES = ("agent", "dose", "unit")


def agent_fields(rows: int) -> dict[str, forms.Field]:
    """Return the fields of so many agents."""
    return {f"agent-{row}-{name}": field for row in range(rows) for name, field in _fields().items()}


def row_count(told: Mapping[str, Any]) -> int:
    """Return how many rows a form shows: a few, or as many as hold something."""
    filled = [row for row in range(MOST) if any(told.get(f"agent-{row}-{name}") for name in NAMES)]
    return max(FEWEST, filled[-1] + 1 if filled else 0)


def agents_in(data: Mapping[str, Any], rows: int) -> Iterator[dict[str, Any]]:
    """Yield the agents that were named, as the columns of their rows."""
    for row in range(rows):
        told = {name: data.get(f"agent-{row}-{name}") for name in NAMES}
        if told["agent"]:
            yield told


def agents_of(agents: Iterable[AnaesthesiaAgent]) -> dict[str, Any]:
    """Return what a form shows of agents that are there."""
    shown: dict[str, Any] = {}
    for row, agent in enumerate(agents):
        dose = None if agent.dose is None else f"{agent.dose.normalize():f}"
        told = {"agent": agent.agent, "dose": dose, "unit": agent.unit}
        shown |= {f"agent-{row}-{name}": value for name, value in told.items()}
    return shown


def _fields() -> dict[str, forms.Field]:
    return {
        "agent": forms.CharField(label="Agent", max_length=80, required=False),
        "dose": forms.DecimalField(
            label="Dose",
            max_digits=10,
            decimal_places=4,
            min_value=Decimal("0.0001"),
            required=False,
            widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
            error_messages={"min_value": "A dose is more than nothing."},
        ),
        "unit": forms.CharField(label="Unit", max_length=12, required=False),
    }
