"""What a person writes of a scenario, before it is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

COLUMNS = (
    "base",
    "rate_source",
    "rate_set",
    "smoothing",
    "strategy",
    "years",
    "runs",
    "seed",
    "capacity",
    "limits_litters",
    "exports_surplus",
    "share_male",
    "litter_sizes",
    "fulfilment",
    "litters_per_sire",
    "kinship_limit",
    "lethal_equivalents",
    "extinction_threshold",
    "loci",
    "kinship",
    "uses_bank",
    "bank_success",
    "bank_per_year",
)
"""The columns of a scenario that are assumptions, each one value."""


@dataclass(frozen=True, slots=True)
class ScenarioDraft:
    """A scenario's parts: `assumed` by column, moves and catastrophes by column each, straws by the donor's studbook number."""

    assumed: Mapping[str, Any]
    moves: tuple[Mapping[str, Any], ...] = ()
    catastrophes: tuple[Mapping[str, Any], ...] = ()
    donors: Mapping[str, int] = field(default_factory=dict)
