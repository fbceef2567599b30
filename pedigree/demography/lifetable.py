"""Life tables: how likely animals of each age die and breed, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pedigree.demography.cautions import Caution, said_of_exposure, said_of_growth
from pedigree.demography.exposure import exposure
from pedigree.demography.growth import Growth, growth_rate
from pedigree.demography.lives import Floats, Lives
from pedigree.demography.spans import Window

Convention = Literal["mid-class", "textbook"]
MID_CLASS: Final[Convention] = "mid-class"
TEXTBOOK: Final[Convention] = "textbook"
HALF_LEFT: Final = 0.5
COUNTS: Final = ("risk", "at_risk", "deaths", "births")
CONVENTIONS: Final = (MID_CLASS, TEXTBOOK)


@dataclass(frozen=True, slots=True, eq=False)
class LifeTable:
    """A life table, a row for each age in whole years; `life_table` makes it of lives, `from_rates` of rates.

    `risk` are the animal-years lived in a class, `at_risk` the animals at risk of dying that Qx divides by, `births`
    the young born to animals of the class, those of parents of unknown age included; NaN in a table of rates.
    Numbers are NaN where nobody was at risk, and where they rest on such an age; `cautions` say why. By
    the mid-class convention R0, T, r, Ex, Vx and cx rest on Lx, by the textbook's on lx; T is ln R0 / r by the first
    and the mean age of parents in a cohort by the second, `cohort_time` is always the latter. Ex and Vx are 0 at
    ages that nobody reaches.
    """

    convention: Convention
    basis: str
    age: NDArray[np.int64]
    risk: Floats
    at_risk: Floats
    deaths: Floats
    births: Floats
    Qx: Floats
    Mx: Floats
    Px: Floats
    lx: Floats
    Lx: Floats
    Ex: Floats
    Vx: Floats
    cx: Floats
    growth: Growth
    cautions: tuple[Caution, ...]

    @classmethod
    def from_rates(
        cls,
        Qx: ArrayLike,  # noqa: N803 - the field's own symbols
        Mx: ArrayLike,  # noqa: N803
        *,
        convention: Convention = MID_CLASS,
        basis: str = "rates given",
    ) -> LifeTable:
        """Return the life table of given rates, such as printed or edited ones.

        The last age must have Qx = 1: nobody lives longer than the table.

        Parameters
        ----------
        Qx : shape (n_ages,)                Chance to die from age x to x + 1, in [0, 1].
        Mx : shape (n_ages,)                Young of the parent's sex per animal of age x and year, at least 0.
        convention :                        "mid-class" or "textbook".
        basis :                             What the rates are, for whoever reads the table.

        Returns
        -------
        The table; risk, deaths and births are NaN.

        Raises
        ------
        ValueError
            The rates are of different lengths, none, outside their bounds, or the last Qx is not 1.

        Notes
        -----
        Time grows with the number of ages.

        Examples
        --------
        >>> table = LifeTable.from_rates([0.5, 1.0], [0.0, 4.0], convention="textbook")
        >>> table.lx.tolist(), table.R0, table.lambda_
        ([1.0, 0.5], 2.0, 2.0)
        """
        deaths, young = np.array(Qx, dtype=np.float64), np.array(Mx, dtype=np.float64)
        _refuse_rates(deaths, young)
        return table_of_rates(deaths, young, convention=convention, basis=basis)

    def __len__(self) -> int:
        return len(self.age)

    @property
    def survivorship(self) -> Floats:
        """What R0, T, r, Ex, Vx and cx rest on: Lx by the mid-class convention, lx by the textbook's."""
        return self.Lx if self.convention == MID_CLASS else self.lx

    @property
    def R0(self) -> float:  # noqa: N802
        """Young of its own sex that a newborn will have in its life."""
        return self.growth.R0

    @property
    def T(self) -> float:  # noqa: N802
        """Generation time in years, by the table's convention."""
        return self.growth.growth_time if self.convention == MID_CLASS else self.growth.cohort_time

    @property
    def cohort_time(self) -> float:
        """The mean age of parents at the births of a cohort, in years."""
        return self.growth.cohort_time

    @property
    def r(self) -> float:
        """The growth rate per year: ln lambda."""
        return self.growth.r

    @property
    def lambda_(self) -> float:
        """The factor by which the population changes in a year, were rates to stay as they are."""
        return self.growth.lambda_

    def median_age(self, start: int = 0) -> float:
        """Return the age in years at which half of those alive at the age `start` are dead, along straight lines of lx.

        From 1 on first-year deaths are left out. NaN where nobody reaches `start`, or a rate before the half is not known.
        """
        reached = np.append(self.lx, self.lx[-1:] * self.Px[-1:])
        left = reached[start:] / reached[start] if start < len(self) and reached[start] > 0 else reached[:0]
        below = np.flatnonzero(~(left > HALF_LEFT))
        if not len(below) or np.isnan(left[below[0]]):
            return float("nan")
        above, under = left[below[0] - 1], left[below[0]]
        return float(start + below[0] - 1 + (above - HALF_LEFT) / (above - under))


def life_table(
    lives: Lives,
    sex: int | None = None,
    *,
    first: int | None = None,
    last: int,
    convention: Convention = MID_CLASS,
) -> LifeTable:
    """Return the life table of one sex, or of all animals, from what was seen in a window of days.

    A class is 365.25 days of age; Qx = deaths / animals at risk, an animal that died being at risk to the end of its class;
    Mx = half of all young per animal-year.

    Parameters
    ----------
    lives :                 All lives of the book, parents outside the population included.
    sex :                   MALE, FEMALE, or None for all animals in one table.
    first, last :           The first and last day looked at, as `date.toordinal()`; None for no beginning.
    convention :            "mid-class" as printed in breeding plans, or "textbook".

    Returns
    -------
    The table, up to the oldest age at which an animal was seen; an age with Qx = 1 follows when one was still living then.

    Raises
    ------
    ValueError
        The window ends before it begins, or the convention is none.

    Notes
    -----
    One pass over the stays for each age.

    References
    ----------
    H. Caswell (2001). Matrix Population Models. Sinauer, 2nd edition.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> stay = ((1, None),)
    >>> records = [LifeRecord("1", birth=1, stays=stay), LifeRecord("2", birth=1, death=184, stays=stay)]
    >>> table = life_table(Lives.from_records(records), last=2000)
    >>> table.Qx.tolist(), table.deaths.tolist()
    ([0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    """
    seen = exposure(lives, sex, Window(first, last))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = seen.deaths / seen.at_risk
        # Where animals were at risk and none lived a day there are no births, unless nobody knows of whom they are.
        young = np.where(
            seen.lived > 0, seen.births / 2 / seen.lived, np.where(seen.at_risk > 0, 0 * seen.births, np.nan)
        )
    closed = bool(len(seen)) and not share[-1] >= 1
    cautions = tuple(said_of_exposure(seen, share, closed=closed))
    counted = dict(zip(COUNTS, (seen.lived, seen.at_risk, seen.deaths, seen.births), strict=True))
    dying = np.minimum(share, 1)
    if closed:
        dying, young = np.append(dying, 1.0), np.append(young, 0.0)
        counted = {name: np.append(counts, 0.0) for name, counts in counted.items()}
    return _table(convention, "as recorded", counted, dying, young, cautions)


def table_of_rates(dying: Floats, young: Floats, *, convention: Convention, basis: str) -> LifeTable:
    """Return the table of rates that may be NaN where they are not known."""
    nothing = dict.fromkeys(COUNTS, np.full(len(dying), np.nan))
    return _table(convention, basis, nothing, dying, young, ())


def _table(
    convention: Convention,
    basis: str,
    counts: Mapping[str, Floats],
    dying: Floats,
    young: Floats,
    cautions: tuple[Caution, ...],
) -> LifeTable:
    if convention not in CONVENTIONS:
        raise ValueError(
            f"{convention!r} is no convention of life tables. Choose {' or '.join(CONVENTIONS)}."
        )
    born = np.cumprod(np.append(1.0, 1 - dying))
    lx, mid = born[:-1], (born[:-1] + born[1:]) / 2
    basis_of_sums = mid if convention == MID_CLASS else lx
    growth = growth_rate(basis_of_sums, young)
    half = 0.0 if convention == MID_CLASS else 0.5
    for array in (dying, young, lx, mid, *counts.values()):
        array.setflags(write=False)
    return LifeTable(
        convention,
        basis,
        np.arange(len(dying)),
        **counts,
        Qx=dying,
        Mx=young,
        Px=1 - dying,
        lx=lx,
        Lx=mid,
        Ex=_years_left(basis_of_sums, half),
        Vx=_young_to_come(basis_of_sums, young, growth.lambda_),
        cx=_stable_ages(basis_of_sums, growth.r),
        growth=growth,
        cautions=(*cautions, *said_of_growth(growth, basis_of_sums * young)),
    )


def _years_left(survivorship: Floats, half: float) -> Floats:
    ahead = np.cumsum(survivorship[::-1])[::-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        left: Floats = np.where(survivorship == 0, 0.0, ahead / survivorship - half)
    return left


def _young_to_come(survivorship: Floats, young: Floats, growth: float) -> Floats:
    value, ahead = np.empty(len(young)), 0.0
    following = 0.0
    for age in range(len(young) - 1, -1, -1):
        here = survivorship[age]
        ahead = 0.0 if here == 0 else young[age] + (following / here * ahead / growth if following else 0.0)
        value[age], following = ahead, here
    return value


def _stable_ages(survivorship: Floats, rate: float) -> Floats:
    with np.errstate(divide="ignore"):
        power = np.log(survivorship) - rate * np.arange(len(survivorship))
    share = np.exp(power - power.max(initial=-np.inf))
    stable: Floats = share / share.sum()
    return stable


def _refuse_rates(dying: Floats, young: Floats) -> None:
    if dying.ndim != 1 or dying.shape != young.shape or not len(dying):
        raise ValueError(
            f"Qx has the shape {dying.shape} and Mx {young.shape}. Give both for the same ages, one at least."
        )
    if not ((dying >= 0) & (dying <= 1)).all():
        raise ValueError("A Qx lies outside [0, 1] or is missing. Give every age a chance to die.")
    if not ((young >= 0) & np.isfinite(young)).all():
        raise ValueError(
            "An Mx is negative, infinite or missing. Give every age a number of young, 0 where none."
        )
    if dying[-1] != 1:
        raise ValueError(f"The last Qx is {dying[-1]:g}. Set it to 1: nobody lives longer than the table.")
