"""What was seen of each life in a window: from which age to which, and whether it ended in death."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree.demography.lives import Floats, Lives, Rows
from pedigree.errors import SexCodeError
from pedigree.structure import FEMALE, MALE, UNKNOWN_SEX

Bools = NDArray[np.bool_]

HALF = 0.5
"""How much of an animal of unknown sex counts among the animals of one sex."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days looked at, both included, as `date.toordinal()`; None for no beginning."""

    first: int | None
    last: int

    def __post_init__(self) -> None:
        if self.first is not None and self.last < self.first:
            raise ValueError(
                f"The window ends {self.first - self.last} days before it begins. Give a last day from the first on."
            )

    @property
    def start(self) -> float:
        """The first day as a number."""
        return -np.inf if self.first is None else float(self.first)

    @property
    def end(self) -> float:
        """The day after the last."""
        return float(self.last) + 1

    def holds(self, day: Floats) -> Bools:
        """Return which days are inside; an unknown day is not."""
        return (day >= self.start) & (day < self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Times in view of animals of known birth: ages in days at entry and exit, and whether the exit was a death.

    `latest` is the age at which the window would have ended the span, had the animal lived. `weight` is 1, or one half for
    an animal of unknown sex among those of one sex. `undated` animals were there but lack a birth date.
    """

    row: Rows
    entry: Floats
    exit: Floats
    died: Bools
    latest: Floats
    weight: Floats
    undated: int


def spans(lives: Lives, sex: int | None, window: Window) -> Spans:
    """Return what a window shows of the animals of one sex, or of all when `sex` is None.

    A death counts in the window that holds its day, on the day of entry too; an animal is in view on the last day to its end.
    """
    weight = weights(lives, sex)
    row, stays = lives.stays.row, lives.stays
    start, end = np.maximum(stays.start, window.start), np.minimum(stays.end, window.end)
    died = (stays.end == lives.death[row]) & window.holds(lives.death[row])
    seen = (weight[row] > 0) & ((start < end) | died)
    undated = seen & np.isnan(lives.birth[row])
    kept = seen & ~undated
    row, birth = row[kept], lives.birth[row[kept]]
    return Spans(
        row,
        start[kept] - birth,
        end[kept] - birth,
        died[kept],
        window.end - birth,
        weight[row],
        len(np.unique(stays.row[undated])),
    )


def weights(lives: Lives, sex: int | None) -> Floats:
    """Return how much each animal counts among those of one sex, or among all when `sex` is None."""
    if sex is None:
        return np.ones(len(lives))
    if sex not in (MALE, FEMALE):
        raise SexCodeError("asked about", sex)
    return np.where(lives.sex == sex, 1.0, np.where(lives.sex == UNKNOWN_SEX, HALF, 0.0))
