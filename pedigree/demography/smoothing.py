"""Smoother rates for small populations: always named, never done unasked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from pedigree.demography.lifetable import LifeTable, table_of_rates
from pedigree.demography.lives import Floats

SPANS: Final = (3, 5, 7)
INFANT: Final = 1
"""Ages that keep their own chance to die: the first year is unlike any other."""


def smoothed_table(table: LifeTable, span: int = 3) -> LifeTable:
    """Return a life table whose rates at each age are those of the ages about it taken together.

    A moving average over an odd number of ages, weighed by animals at risk; the first year keeps its own Qx, the last age Qx = 1.

    Parameters
    ----------
    table :                 A life table.
    span :                  Ages taken together: 3, 5 or 7.

    Returns
    -------
    The table, its `basis` naming the smoothing; the counts stay as recorded.

    Raises
    ------
    ValueError
        The span is none of the three.

    Notes
    -----
    Rates given without counts weigh alike. Ages where nobody was at risk weigh nothing and so are filled from their neighbours.

    Examples
    --------
    >>> table = LifeTable.from_rates([0.5, 0.1, 0.3, 0.2, 1.0], [0.0, 0.0, 3.0, 0.0, 0.0])
    >>> smoothed = smoothed_table(table)
    >>> smoothed.Qx.round(6).tolist(), smoothed.Mx.tolist(), smoothed.basis
    ([0.5, 0.2, 0.2, 0.25, 1.0], [0.0, 1.0, 1.0, 1.5, 0.0], 'moving average of 3 ages')
    """
    if span not in SPANS:
        raise ValueError(f"A span of {span} ages is not offered. Choose {', '.join(map(str, SPANS))}.")
    dying, young = table.Qx.copy(), table.Mx.copy()
    aged = slice(INFANT, -1)
    dying[aged] = _average(table.Qx[aged], _weight(table.at_risk)[aged], span)
    young[:-1] = _average(table.Mx[:-1], _weight(table.risk)[:-1], span)
    return _with_rates(table, dying, young, f"moving average of {span} ages")


def filled_table(table: LifeTable) -> LifeTable:
    """Return a life table in which ages where nobody was at risk have rates between those of their neighbours.

    A straight line from the age before the gap to the age after it; a gap at the first age stays.

    Parameters
    ----------
    table :                 A life table.

    Returns
    -------
    The table, its `basis` naming what was done; the same table when it has no gap.

    Notes
    -----
    One pass over the ages.

    Examples
    --------
    >>> from pedigree.demography.lifetable import life_table
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> lives = Lives.from_records([LifeRecord("1", birth=1, stays=((1, 300), (1100, 1300)))])
    >>> table = life_table(lives, last=2000)
    >>> table.Qx.tolist(), filled_table(table).Qx.tolist()
    ([0.0, nan, nan, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0, 1.0])
    """
    gaps = np.isnan(table.Qx)
    if not gaps.any():
        return table
    return _with_rates(table, _bridged(table.Qx), _bridged(table.Mx), "gaps filled by straight lines")


def _with_rates(table: LifeTable, dying: Floats, young: Floats, basis: str) -> LifeTable:
    found = table_of_rates(dying, young, convention=table.convention, basis=basis)
    kept = tuple(each for each in table.cautions if each.code != "gap" or np.isnan(dying).any())
    counts = {name: getattr(table, name) for name in ("risk", "at_risk", "deaths", "births")}
    return replace(found, cautions=(*kept, *found.cautions), **counts)


def _weight(counts: Floats) -> Floats:
    return np.ones(len(counts)) if np.isnan(counts).any() else counts


def _average(rates: Floats, weight: Floats, span: int) -> Floats:
    if not len(rates):
        return rates
    known = ~np.isnan(rates)
    weight = np.where(known, weight, 0.0)
    window = np.ones(span)
    above = np.convolve(np.where(known, rates, 0.0) * weight, window, "full")
    below = np.convolve(weight, window, "full")
    middle = slice(span // 2, span // 2 + len(rates))
    with np.errstate(invalid="ignore", divide="ignore"):
        average: Floats = np.where(below[middle] > 0, above[middle] / below[middle], rates)
    return average


def _bridged(rates: Floats) -> Floats:
    age, known = np.arange(len(rates)), ~np.isnan(rates)
    if not known.any():
        return rates
    bridged = np.interp(age, age[known], rates[known])
    first: Floats = np.where(age < age[known][0], np.nan, bridged)
    return first
