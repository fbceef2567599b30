"""Yearly rates of death and birth, by sex and age."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pedigree.errors import ScenarioError

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SexRates:
    """The yearly rates of one sex: element x is of age x, in whole years.

    `q` is Qx, the chance to die between age x and x + 1, 1 in the last class: nobody grows older. `m` is Mx,
    the young of its own sex that an animal has at age x, in the mean of all animals of that age.
    """

    q: Values
    m: Values

    @classmethod
    def of(cls, q: ArrayLike, m: ArrayLike) -> SexRates:
        """Return the rates, or refuse what cannot be rates."""
        deaths, births = (np.array(each, dtype=np.float64, ndmin=1) for each in (q, m))
        if deaths.ndim != 1 or deaths.shape != births.shape:
            raise ScenarioError(
                f"Qx has {deaths.size} ages and Mx has {births.size}. Give both for the same ages, from age 0 up."
            )
        for age, (each, young) in enumerate(zip(deaths, births, strict=True)):
            if not 0 <= each <= 1:
                raise ScenarioError(f"Qx at age {age} is {each:g}. Give a chance to die from 0 to 1.")
            if not 0 <= young < np.inf:
                raise ScenarioError(f"Mx at age {age} is {young:g}. Give a number of young from 0 up.")
        if deaths[-1] != 1:
            raise ScenarioError(
                f"Qx at the last age, {len(deaths) - 1}, is {deaths[-1]:g}, so that nobody would die of age. "
                "Set it to 1."
            )
        for array in (deaths, births):
            array.setflags(write=False)
        return cls(deaths, births)

    def __len__(self) -> int:
        return len(self.q)


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """The rates of both sexes."""

    male: SexRates
    female: SexRates

    def tables(self) -> tuple[Values, Values]:
        """Return the chance to survive the year and the Mx, each (2, ages): females first; short tables end early."""
        ages = max(len(self.male), len(self.female))
        survival, births = np.zeros((2, 2, ages))
        for row, sex in enumerate((self.female, self.male)):
            survival[row, : len(sex)] = 1 - sex.q
            births[row, : len(sex)] = sex.m
        return survival, births

    def reproductive_values(self) -> Values:
        """Return the young of its sex that an animal of each sex and age still has before it, (2, ages).

        The animal has lived through the breeding of this year; nothing is discounted for growth.
        """
        survival, births = self.tables()
        value = np.zeros_like(births)
        for age in range(births.shape[1] - 2, -1, -1):
            value[:, age] = survival[:, age] * (births[:, age + 1] + value[:, age + 1])
        return value
