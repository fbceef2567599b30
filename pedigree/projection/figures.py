"""What is noted of a run at the start and at the end of every year."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Figures = dict[str, NDArray[Any]]

FIGURES: Final[Mapping[str, type]] = MappingProxyType(
    {
        "animals": np.int32,
        "males": np.int32,
        "females": np.int32,
        "births": np.int32,
        "deaths": np.int32,
        "imports": np.int32,
        "exports": np.int32,
        "pairs": np.int32,
        "straws": np.int32,
        "gene_diversity": np.float64,
        "inbreeding": np.float64,
        "alleles": np.float64,
        "heterozygosity": np.float64,
    }
)
"""The figures by name: counts are whole numbers, the others NaN where there is no answer."""


def empty_figures(runs: int, years: int) -> Figures:
    """Return room for the figures of some runs, (runs, years + 1) each; 0 and NaN until they are noted."""
    return {
        name: np.full((runs, years + 1), np.nan if kind is np.float64 else 0, dtype=kind)
        for name, kind in FIGURES.items()
    }
