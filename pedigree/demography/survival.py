"""How many are still alive at an age: the curve of Kaplan and Meier, and what is read from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from pedigree._masks import check_mask
from pedigree.demography.lives import Floats, Lives
from pedigree.demography.spans import Bools, Window, spans

LEVEL: Final = 0.95
HALF_LEFT: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class SurvivalCurve:
    """The share still alive after each age at which somebody died, and its interval; ages in the unit given.

    The interval is NaN where nobody is left: there is none by this method. `start` is the age from which on the curve
    counts, `watched_to` the age up to which somebody was watched.
    """

    start: float
    age: Floats
    at_risk: Floats
    deaths: Floats
    survival: Floats
    lower: Floats
    upper: Floats
    level: float
    watched_to: float

    def survival_at(self, age: float) -> float:
        """Return the share of those alive at the start that is alive at an age; NaN past the oldest animal seen."""
        if age > self.watched_to and not (len(self.survival) and self.survival[-1] == 0):
            return math.nan
        before = int(np.searchsorted(self.age, age, side="right"))
        return float(self.survival[before - 1]) if before else 1.0


@dataclass(frozen=True, slots=True)
class MedianLife:
    """The age at which half are dead, with its interval, in the unit of the curve; NaN when the curve does not fall so far."""

    age: float
    lower: float
    upper: float


def kaplan_meier(
    entry: Floats,
    exit_: Floats,
    died: Bools,
    weight: Floats | None = None,
    *,
    level: float = LEVEL,
    start: float = 0.0,
) -> SurvivalCurve:
    """Return the survival curve of animals seen from an age at entry to an age at exit.

    S(t) = product of 1 - d/n over the ages up to t; an animal is at risk from after its entry to its exit, from birth on if born in view.

    Parameters
    ----------
    entry, exit_ : shape (n_spans,)     Ages at which each came into view and left it, in one unit.
    died : shape (n_spans,)             True where the exit was a death.
    weight : shape (n_spans,)           How much each counts; 1 if not given.
    level :                             Of the interval, in (0, 1).
    start :                             The age from which on survival is counted; what lies before it is left out.

    Returns
    -------
    The curve, a row for each age with a death, and its pointwise interval by Greenwood's variance of log(-log S).

    Raises
    ------
    ValueError
        An exit lies before its entry, or the level outside (0, 1).
    MaskError
        `died` is not True or False for each.

    Notes
    -----
    One sort. Of a death at some age those were at risk who leave alive at it, and those were not who come in at it.

    References
    ----------
    E. L. Kaplan and P. Meier (1958). Nonparametric estimation from incomplete observations. Journal of the American
    Statistical Association 53, 457-481. J. D. Kalbfleisch and R. L. Prentice (1980). The Statistical Analysis of Failure
    Time Data. Wiley.

    Examples
    --------
    >>> curve = kaplan_meier(np.zeros(4), np.array([1.0, 2.0, 2.0, 5.0]), np.array([True, True, False, True]))
    >>> curve.age.tolist(), curve.survival.tolist()
    ([1.0, 2.0, 5.0], [0.75, 0.5, 0.0])
    """
    check_mask("died", died, len(entry))
    if (exit_ < entry).any():
        raise ValueError(
            "An animal leaves before it comes into view. Give ages at exit from that at entry on."
        )
    if not 0 < level < 1:
        raise ValueError(f"{level:g} is no level of an interval. Give one between 0 and 1, such as 0.95.")
    counts = np.ones(len(entry)) if weight is None else weight
    kept = exit_ >= start
    exit_, died, counts = exit_[kept], died[kept], counts[kept]
    entry = np.maximum(entry[kept], start)
    # Who is there at the start is at risk from the start on, and who dies on the day of entry was at risk of that.
    at_once = (entry == start) | (died & (entry == exit_))
    entry = np.where(at_once, np.nextafter(entry, -np.inf), entry)
    age = np.unique(exit_[died])
    deaths = np.bincount(np.searchsorted(age, exit_[died]), counts[died], len(age)).astype(np.float64)
    at_risk = _weight_before(age, entry, counts) - _weight_before(age, exit_, counts)
    survival = np.cumprod(1 - deaths / at_risk).astype(np.float64)
    # What the last death leaves is none, and rounding of weights must not make it a little.
    survival[np.abs(survival) < 1e-12] = 0
    lower, upper = _interval(survival, deaths, at_risk, level)
    watched_to = float(exit_.max(initial=start))
    return SurvivalCurve(start, age, at_risk, deaths, survival, lower, upper, level, watched_to)


def survival_curve(
    lives: Lives,
    sex: int | None = None,
    *,
    first: int | None = None,
    last: int,
    start: float = 0.0,
    level: float = LEVEL,
) -> SurvivalCurve:
    """Return the survival curve of one sex, or of all animals, from what was seen in a window of days; ages in days.

    Animals count from the age at which they came in; those living, sent out or lost leave the curve alive.

    Parameters
    ----------
    lives :                 All lives of the book.
    sex :                   MALE, FEMALE, or None for all; an animal of unknown sex counts one half in each sex.
    first, last :           The first and last day looked at, as `date.toordinal()`; None for no beginning.
    start :                 Age in days from which on survival is counted; 365.25 leaves first-year deaths out.
    level :                 Of the interval.

    Returns
    -------
    The curve; empty when nobody was seen to die.

    Raises
    ------
    ValueError
        The window ends before it begins, or the level is none.

    Notes
    -----
    One sort of the stays.

    References
    ----------
    As for `kaplan_meier`.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> stay = ((1, None),)
    >>> records = [LifeRecord("1", birth=1, stays=stay), LifeRecord("2", birth=1, death=184, stays=stay)]
    >>> survival_curve(Lives.from_records(records), last=2000).survival.tolist()
    [0.5]
    """
    seen = spans(lives, sex, Window(first, last))
    return kaplan_meier(seen.entry, seen.exit, seen.died, seen.weight, level=level, start=start)


def median_life(curve: SurvivalCurve) -> MedianLife:
    """Return the age at which half of those alive at the start of a curve are dead.

    The first age with a death after which at most half are alive; its interval is where the bounds of the curve do that.

    Parameters
    ----------
    curve :                 A survival curve.

    Returns
    -------
    The age and its bounds, in the unit of the curve, counted from birth; NaN where the curve, or a bound, stays above one half.

    Notes
    -----
    One look along the curve.

    References
    ----------
    R. Brookmeyer and J. Crowley (1982). A confidence interval for the median survival time. Biometrics 38, 29-41.

    Examples
    --------
    >>> curve = kaplan_meier(np.zeros(3), np.array([1.0, 2.0, 5.0]), np.array([True, True, True]))
    >>> median_life(curve).age
    2.0
    """
    return MedianLife(
        *(_first_half(curve.age, bound) for bound in (curve.survival, curve.lower, curve.upper))
    )


def _first_half(age: Floats, survival: Floats) -> float:
    reached = np.flatnonzero(survival <= HALF_LEFT)
    return float(age[reached[0]]) if len(reached) else math.nan


def _weight_before(age: Floats, days: Floats, counts: Floats) -> Floats:
    order = np.argsort(days, kind="stable")
    sums = np.append(0.0, np.cumsum(counts[order]))
    before: Floats = sums[np.searchsorted(days[order], age)]
    return before


def _interval(survival: Floats, deaths: Floats, at_risk: Floats, level: float) -> tuple[Floats, Floats]:
    normal = NormalDist().inv_cdf((1 + level) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = np.cumsum(deaths / (at_risk * (at_risk - deaths)))
        log = np.log(survival)
        reach = normal * np.sqrt(variance) / log
        # reach is negative, log S lying below 0; where nobody is left it is NaN, and so are the bounds.
        lower, upper = np.exp(log * np.exp(-reach)), np.exp(log * np.exp(reach))
    return lower, upper
