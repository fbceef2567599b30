"""How old animals have become: the records."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pedigree.demography.census import present_on
from pedigree.demography.lives import Lives


@dataclass(frozen=True, slots=True)
class RecordAge:
    """An animal's id, sex and age in days, at its death or on the day asked about; `slack` is how far its birth may be off."""

    animal: str
    sex: int
    age_days: float
    living: bool
    slack: float


def record_ages(lives: Lives, day: int, *, sex: int | None = None, number: int = 1) -> tuple[RecordAge, ...]:
    """Return the animals that became oldest up to a day, the oldest first.

    Age at death, wherever it died, or on the day for those living in the population; equals in the order of the book.

    Parameters
    ----------
    lives :                 The lives.
    day :                   As `date.toordinal()`.
    sex :                   MALE, FEMALE or UNKNOWN_SEX; None for all.
    number :                How many animals.

    Returns
    -------
    At most `number` animals; none without a birth date.

    Notes
    -----
    One sort of the animals.

    Examples
    --------
    >>> from pedigree.demography.lives import LifeRecord, Lives
    >>> lives = Lives.from_records([LifeRecord("1", birth=1, death=500), LifeRecord("2", birth=1, stays=((1, None),))])
    >>> [(record.animal, record.age_days, record.living) for record in record_ages(lives, 400)]
    [('2', 399.0, True)]
    """
    dead = lives.death <= day
    living = present_on(lives, day) & ~dead
    age = np.where(dead, lives.death, day) - lives.birth
    counted = (dead | living) & (age >= 0)
    if sex is not None:
        counted &= lives.sex == sex
    rows = np.flatnonzero(counted)
    oldest = rows[np.argsort(-age[rows], kind="stable")][:number]
    return tuple(
        RecordAge(
            lives.ids[row],
            int(lives.sex[row]),
            float(age[row]),
            bool(living[row]),
            float(lives.birth_slack[row]),
        )
        for row in oldest.tolist()
    )
