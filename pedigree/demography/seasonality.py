"""In which season young are born, and whether there is one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from pedigree.demography.exposure import DAYS_IN_YEAR
from pedigree.demography.fecundity import SURE, TOGETHER, litters
from pedigree.demography.lives import Lives
from pedigree.demography.spans import Window

MONTHS: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class Season:
    """Births by calendar month, and whether they keep to a season; numbers are NaN without litters.

    `concentration` is 0 when litters fall evenly on the year and 1 when all on one day; `mean_day` is the day of the year, 0 on
    1 January, about which they lie; `p` is the chance of so much concentration without a season. `left_out` births
    have a date too uncertain to tell.
    """

    by_month: tuple[int, ...]
    litters: int
    mean_day: float
    concentration: float
    p: float
    left_out: int


def birth_season(lives: Lives, *, first: int | None = None, last: int, together: int = TOGETHER) -> Season:
    """Return how the births into the population in a window fall on the year, and whether they keep to a season.

    Rayleigh's test on the days of litters, so that litter-mates count once; young of no certain dam count as a litter each.

    Parameters
    ----------
    lives :                 All lives of the book.
    first, last :           The first and last day looked at, as `date.toordinal()`; None for no beginning.
    together :              Days within which young of one dam are one litter.

    Returns
    -------
    Births by month, mean day, concentration, and the chance of so much of it without a season.

    Raises
    ------
    ValueError
        The window ends before it begins.

    Notes
    -----
    One pass over the births. The test finds one season in the year; two opposite ones cancel out.

    References
    ----------
    J. H. Zar (2010). Biostatistical Analysis. Pearson, 5th edition, chapter 27.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> birth = date(2000, 1, 1).toordinal()
    >>> season = birth_season(Lives.from_records([LifeRecord("1", birth=birth, stays=((birth, None),))]), last=birth)
    >>> season.by_month[0], season.mean_day, season.concentration
    (1, 0.0, 1.0)
    """
    born = lives.born_in & Window(first, last).holds(lives.birth)
    sure = born & (lives.birth_slack <= SURE)
    days = [date.fromordinal(int(day)) for day in lives.birth[sure]]
    by_month = np.bincount([day.month - 1 for day in days], minlength=MONTHS)
    first_days = _litter_days(lives, first, last, together, set(np.flatnonzero(sure).tolist()))
    mean_day, concentration, p = _rayleigh(first_days)
    left_out = int((born & ~sure).sum())
    return Season(tuple(by_month.tolist()), len(first_days), mean_day, concentration, p, left_out)


def _litter_days(lives: Lives, first: int | None, last: int, together: int, sure: set[int]) -> list[date]:
    days, grouped = list[int](), set[int]()
    for litter in litters(lives, first=first, last=last, together=together):
        rows = {lives.row(young) for young in litter.young}
        grouped |= rows
        if rows & sure:
            days.append(litter.day)
    days += [int(lives.birth[row]) for row in sorted(sure - grouped)]
    return [date.fromordinal(day) for day in days]


def _rayleigh(days: Sequence[date]) -> tuple[float, float, float]:
    if not days:
        return math.nan, math.nan, math.nan
    turns = np.array([2 * math.pi * (day.timetuple().tm_yday - 1) / DAYS_IN_YEAR for day in days])
    east, north = float(np.cos(turns).mean()), float(np.sin(turns).mean())
    concentration, number = min(math.hypot(east, north), 1.0), len(days)
    length = number * concentration
    # Zar's approximation, good from a handful of litters on.
    p = math.exp(math.sqrt(1 + 4 * number + 4 * (number**2 - length**2)) - (1 + 2 * number))
    mean_day = (math.atan2(north, east) % (2 * math.pi)) * DAYS_IN_YEAR / (2 * math.pi)
    return mean_day, concentration, min(p, 1.0)
