"""What later plans print of a plan in a column of their own."""

from collections.abc import Mapping
from typing import Any

LEFT_OUT = ("pyramid", "life_tables")
OF_GENETICS = (
    "recorded_living",
    "census",
    "current",
    "known_before",
    "certain_before",
    "recorded",
    "potential",
    "projected",
)


def headline_of(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the headline of a version's figures."""
    demography, genetics, goals = figures["demography"], figures["genetics"], figures["goals"]
    return {
        "demography": {name: value for name, value in demography.items() if name not in LEFT_OUT},
        "genetics": {name: genetics[name] for name in OF_GENETICS},
        "goals": {name: goals[name] for name in ("goal", "years", "target", "size", "assumed")},
    }
