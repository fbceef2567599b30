"""How many young die in their first thirty days and in their first year."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from pedigree._wilson import check_level, wilson
from pedigree.demography.exposure import DAYS_IN_YEAR
from pedigree.demography.lives import Lives
from pedigree.demography.spans import Bools, Window, weights

THIRTY_DAYS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Share:
    """Deaths among animals whose fate is known, and the interval of their share; NaN where there is no animal.

    `unknown` animals left alive before their fate was decided, or are too young for it: they are in neither number.
    """

    died: float
    number: float
    unknown: float
    lower: float
    upper: float

    @property
    def share(self) -> float:
        """Deaths over animals."""
        return self.died / self.number if self.number else math.nan


@dataclass(frozen=True, slots=True)
class EarlyMortality:
    """Deaths of the young born in a window: in thirty days, in the first year, and in that year after thirty days."""

    thirty_days: Share
    first_year: Share
    first_year_after_thirty_days: Share


def early_mortality(
    lives: Lives, sex: int | None = None, *, first: int | None = None, last: int, level: float = 0.95
) -> EarlyMortality:
    """Return what share of the young born in a window died in thirty days and in the first year.

    Deaths before day 30 (before 365.25 days) over births on a known day; only young born so long before the last day count.

    Parameters
    ----------
    lives :                 All lives of the book.
    sex :                   MALE, FEMALE, or None for all; an animal of unknown sex counts one half in each sex.
    first, last :           The first and last day looked at, as `date.toordinal()`; None for no beginning.
    level :                 Of the intervals, in (0, 1).

    Returns
    -------
    Three shares, each with deaths, animals, those of unknown fate, and Wilson's interval.

    Raises
    ------
    ValueError
        The window ends before it begins, or the level is no share between 0 and 1.

    Notes
    -----
    One pass over the animals. Dead on the day of birth, stillborn young that have a record included, died at day 0.

    References
    ----------
    E. B. Wilson (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
    Statistical Association 22, 209-212.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> stay = ((1, None),)
    >>> records = [LifeRecord("1", birth=1, stays=stay), LifeRecord("2", birth=1, death=184, stays=stay)]
    >>> found = early_mortality(Lives.from_records(records), last=2000)
    >>> found.thirty_days.share, found.first_year.share
    (0.0, 0.5)
    """
    check_level(level)
    born = lives.born_in & Window(first, last).holds(lives.birth)
    weight = weights(lives, sex)
    watched = _watched_until(lives, last)
    died_at = np.where(lives.died_in & (lives.death <= last), lives.death - lives.birth, np.inf)

    def share(among: Bools, age: float) -> Share:
        old_enough = among & (lives.birth + age <= last + 1)
        dead = old_enough & (died_at < age)
        alive = old_enough & ~dead & (watched >= age)
        return _share(
            float(weight[dead].sum()), float(weight[dead | alive].sum()), float(weight[among].sum()), level
        )

    return EarlyMortality(
        share(born, THIRTY_DAYS),
        share(born, DAYS_IN_YEAR),
        share(born & (died_at >= THIRTY_DAYS) & (watched >= THIRTY_DAYS), DAYS_IN_YEAR),
    )


def _watched_until(lives: Lives, last: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    # The age up to which an animal born into the population was watched without a gap.
    row, start = lives.stays.row, lives.stays.start
    watched = np.zeros(len(lives))
    first = start == lives.birth[row]
    watched[row[first]] = (np.minimum(lives.stays.end, last + 1) - start)[first]
    return watched


def _share(died: float, number: float, among: float, level: float) -> Share:
    if not number:
        return Share(died, number, among, math.nan, math.nan)
    low, high = wilson(died / number, number, level)
    return Share(died, number, among - number, float(low), float(high))
