"""Recommended pairs as the model of their chance of young sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TERMS: Final = (
    "sire_outside",
    "dam_outside",
    "sire_proven",
    "dam_proven",
    "together",
    "moves",
    "insemination",
)
"""Years the sire and the dam are younger or older than their prime, 5 at most; whether each bred before; years together, 3 at most;
whether one must move; whether the pair is inseminated."""
REFERENCE: Final = (0.0, 0.0, 0.5, 0.5, 0.0, 0.5, 0.0)
"""The average case while there is none: both in their prime, half proven, apart, half to move, natural mating."""
LONGEST_TOGETHER: Final = 3.0
FARTHEST_OUTSIDE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Prime:
    """The ages in years from which and up to which each sex breeds best."""

    sire_from: float
    sire_to: float
    dam_from: float
    dam_to: float

    def __post_init__(self) -> None:
        for first, last in ((self.sire_from, self.sire_to), (self.dam_from, self.dam_to)):
            if not 0 <= first <= last < np.inf:
                raise ValueError(f"A prime from {first:g} to {last:g} years is none. Give two ages in order.")


@dataclass(frozen=True, slots=True)
class Case:
    """A pair on the day it is recommended; None for what is not known.

    `together_years` is 0 where the two live apart; `moves` tells whether one must move to the other.
    """

    sire_age: float | None = None
    dam_age: float | None = None
    sire_proven: bool | None = None
    dam_proven: bool | None = None
    together_years: float | None = None
    moves: bool | None = None
    insemination: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Cases as columns, shape (n,) each, named as in `Case`; NaN for what is not known."""

    sire_age: Floats
    dam_age: Floats
    sire_proven: Floats
    dam_proven: Floats
    together_years: Floats
    moves: Floats
    insemination: Floats

    def __len__(self) -> int:
        return len(self.sire_age)

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Cases:
        """Return the columns of cases."""
        return cls(*(_column([getattr(case, each.name) for case in cases]) for each in fields(Case)))

    def terms(self, prime: Prime) -> Floats:
        """Return the terms of the model, shape (n, 7), in the order of `TERMS`; NaN for what is not known.

        >>> Cases.of([Case(sire_age=12, together_years=5)]).terms(Prime(4, 9, 4, 9))[0, [0, 1, 4]].tolist()
        [3.0, nan, 3.0]
        """
        return np.column_stack(
            [
                _outside(self.sire_age, prime.sire_from, prime.sire_to),
                _outside(self.dam_age, prime.dam_from, prime.dam_to),
                self.sire_proven,
                self.dam_proven,
                np.minimum(self.together_years, LONGEST_TOGETHER),
                self.moves,
                self.insemination,
            ]
        ).reshape(len(self), len(TERMS))


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Recommendations that are over, and whether each had young."""

    cases: Cases
    fulfilled: NDArray[np.bool_]

    def __post_init__(self) -> None:
        if len(self.cases) != len(self.fulfilled):
            raise ValueError(
                f"There are {len(self.cases)} cases and {len(self.fulfilled)} outcomes. Give one for each case."
            )

    @classmethod
    def of(cls, cases: Sequence[Case], fulfilled: Sequence[bool]) -> History:
        """Return cases with what came of them, in one order."""
        return cls(Cases.of(cases), np.array(fulfilled, dtype=np.bool_))


def _column(values: Sequence[float | bool | None]) -> Floats:
    return np.array([np.nan if value is None else float(value) for value in values], dtype=np.float64)


def _outside(age: Floats, first: float, last: float) -> Floats:
    # Few are recommended so far outside that the effect of each further year could be told.
    return np.asarray(np.clip(np.maximum(first - age, age - last), 0.0, FARTHEST_OUTSIDE))
