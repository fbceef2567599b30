"""How likely animals of given ages are to die within some years."""

from __future__ import annotations

from typing import Final

import numpy as np

from pedigree.demography.cautions import FEW
from pedigree.demography.lifetable import LifeTable
from pedigree.demography.lives import Floats

FIRST_YEAR: Final = 1
"""The first year of life is like no other, and is never taken together with later ones."""


def chance_of_death(table: LifeTable, ages: Floats, years: float, *, few: int = FEW) -> Floats:
    """Return the chance of animals of given ages to die within so many years.

    1 - the product of Px over the ages passed through, a part of a year counting as that power of Px. Where fewer than `few` animals
    were at risk at an age, the ages around it are taken together, as many on both sides, until enough were.

    Parameters
    ----------
    table :                             The life table of their sex, or of all.
    ages : shape (n_animals,)           Ages in years, from 0; NaN where unknown, which counts as any age after the first year.
    years :                             The span, above 0.
    few :                               Animals at risk that make a rate of its own; 0 takes every age by itself.

    Returns
    -------
    shape (n_animals,)                  Chance to die, in [0, 1]; NaN where the table tells of nobody.

    Raises
    ------
    ValueError
        The span is not above 0, or an age below 0.

    Notes
    -----
    Time n_animals x years. Past the table's end the last ages taken together stand for all that follow. Of a table of rates alone every
    rate is taken as it is.

    References
    ----------
    H. Caswell (2001). Matrix Population Models. Sinauer, 2nd edition. Taking ages together is ours.

    Examples
    --------
    One in ten dies in the second year, one in two in the third: of those one and a half years old 1 - 0.9^0.5 x 0.5^0.5 within a year.

    >>> table = LifeTable.from_rates([0.2, 0.1, 0.5, 1.0], [0.0, 0.0, 0.0, 0.0])
    >>> chance_of_death(table, np.array([0.0, 1.0, 1.5]), 1.0).round(4).tolist()
    [0.2, 0.1, 0.3292]
    """
    if not 0 < years < np.inf:
        raise ValueError(f"A span of {years:g} years is none. Give a number above 0.")
    if (ages < 0).any():
        raise ValueError("An age is below 0. Give the years since birth.")
    rates, chance = pooled_rates(table, few=few), np.full(len(ages), np.nan)
    if not len(rates):
        return chance
    stay = 1 - rates
    for place, age in enumerate(ages.tolist()):
        if np.isnan(age):
            chance[place] = 1 - (1 - _of_all(table)) ** years
            continue
        alive, at, end = 1.0, age, age + years
        while at < end:
            after = min(np.floor(at) + 1, end)
            alive *= stay[min(int(at), len(stay) - 1)] ** (after - at)
            at = after
        chance[place] = 1 - alive
    return chance


def pooled_rates(table: LifeTable, *, few: int = FEW) -> Floats:
    """Return Qx of each age, of several ages together where too few animals were at risk at one."""
    rates, at_risk, deaths = table.Qx.copy(), table.at_risk, table.deaths
    for age in np.flatnonzero(at_risk < few).tolist():
        if age < FIRST_YEAR:
            continue
        first, last, reach = age, age + 1, 0
        while at_risk[first:last].sum() < few and (first > FIRST_YEAR or last < len(table)):
            reach += 1
            first, last = max(FIRST_YEAR, age - reach), min(len(table), age + reach + 1)
        seen = at_risk[first:last].sum()
        rates[age] = min(1.0, deaths[first:last].sum() / seen) if seen > 0 else np.nan
    return rates


def _of_all(table: LifeTable) -> float:
    seen = table.at_risk[FIRST_YEAR:].sum()
    return min(1.0, float(table.deaths[FIRST_YEAR:].sum() / seen)) if seen > 0 else float("nan")
