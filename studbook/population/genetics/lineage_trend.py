"""The share of a lineage through the years, in the animals that were there."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from studbook.population.basis import Basis, analysis_on
from studbook.population.genetics.chart import Chart, Series, line_chart
from studbook.population.genetics.history import History, history_on
from studbook.population.genetics.lineage_carriers import ROUNDING
from studbook.population.genetics.lineages import LineageShare


def lineage_trend(basis: Basis, shared: LineageShare) -> Chart | None:
    """Return the mean share at the end of each year, and with a cap the part of the animals above it."""
    past, ids = history_on(basis), analysis_on(basis).pedigree.ids
    days, share, cap = [row.on for row in past.rows], shared.share, shared.lineage.cap
    there = [_there(past, ids, day) for day in days]
    series = [Series("mean", [_mean(share, present) for present in there])]
    if cap is not None:
        series.append(Series("above", [_mean(share > cap + ROUNDING, present) for present in there]))
    goal = None if cap is None else (cap, f"cap {_share(cap)}")
    return line_chart("Share by year", days, series, _share, goal=goal) if days else None


def _there(past: History, ids: tuple[str, ...], day: date) -> NDArray[np.bool_]:
    presence = past.stays.presence
    return np.array(
        [
            any(first <= day and (left is None or day < left) for first, left in presence.get(each, ()))
            for each in ids
        ],
        dtype=np.bool_,
    )


def _mean(values: NDArray[np.float64] | NDArray[np.bool_], present: NDArray[np.bool_]) -> float | None:
    return float(values[present].mean()) if present.any() else None


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"
