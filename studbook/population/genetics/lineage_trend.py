"""The share of a lineage through the years, in the animals that were there."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pedigree.structure import Pedigree
from studbook.population.basis import Basis, analysis_on
from studbook.population.curves import Chart
from studbook.population.genetics.chart import Series, line_chart
from studbook.population.genetics.history import History, history_on
from studbook.population.genetics.lineage_carriers import ROUNDING
from studbook.population.genetics.lineages import LineageShare


def lineage_trend(basis: Basis, shared: LineageShare) -> Chart | None:
    """Return the mean share at the end of each year, and with a cap the part of the animals above it."""
    past, pedigree = history_on(basis), analysis_on(basis).pedigree
    days, share, cap = [row.on for row in past.rows], shared.share, shared.lineage.cap
    there = present_on(past, pedigree, days)
    series = [Series("mean", [_mean(share, present) for present in there])]
    if cap is not None:
        series.append(Series("above", [_mean(share > cap + ROUNDING, present) for present in there]))
    goal = None if cap is None else (cap, f"cap {_share(cap)}")
    return line_chart("Share by year", days, series, _share, goal=goal) if days else None


def present_on(past: History, pedigree: Pedigree, days: Sequence[date]) -> list[NDArray[np.bool_]]:
    """Return for each day which animals of the pedigree were there."""
    # The book may have moved on since the analysis: whoever is new to it waits for the next one.
    rows = {number: row for row, number in enumerate(pedigree.ids)}
    stays = np.array(
        [
            (rows[number], first.toordinal(), (left or date.max).toordinal())
            for number, each in past.stays.presence.items()
            if number in rows
            for first, left in each
        ],
        dtype=np.int64,
    ).reshape(-1, 3)
    row, first, left = stays.T
    present = [np.zeros(len(pedigree), dtype=np.bool_) for _ in days]
    for mask, day in zip(present, days, strict=True):
        mask[row[(first <= day.toordinal()) & (day.toordinal() < left)]] = True
    return present


def _mean(values: NDArray[np.float64] | NDArray[np.bool_], present: NDArray[np.bool_]) -> float | None:
    return float(values[present].mean()) if present.any() else None


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"
