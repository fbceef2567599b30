"""What was asked on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.cli.outlook import Outlook
from pedigree.cli.reading import FileError, Sheet
from pedigree.cli.wishes import Wishes
from pedigree.demography.lifetable import MID_CLASS, Convention
from pedigree.structure import Pedigree


@dataclass(frozen=True, slots=True)
class LivesAsked:
    """Whose life table, and of which days; a day is None where it was not said."""

    sex: str = "all"
    convention: Convention = MID_CLASS
    first: date | None = None
    last: date | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class ReleaseAsked:
    """How many to release, of whom, and within which limit."""

    males: int | None
    females: int | None
    weight: float
    kinship_limit: float | None
    candidates: Path | None


@dataclass(frozen=True, slots=True)
class BankAsked:
    """Whose genes are banked; how many to bank next, of which sex, by the deaths of how many years; None for no order."""

    donors: tuple[str, ...] = ()
    following: int | None = None
    sex: str = "all"
    years: int = 1


ALL_LIVES: Final = LivesAsked()
EMPTY_BANK: Final = BankAsked()


@dataclass(frozen=True, slots=True)
class Question:
    """A file's animals, the set to measure, and the form of the answer."""

    sheet: Sheet
    chosen: tuple[str, ...] | None
    known_only: bool
    as_json: bool
    drops: int = 10_000
    seed: int = 0
    years: tuple[int | None, int | None] = (None, None)
    days: tuple[date, ...] = ()
    outlook: Outlook | None = None
    wishes: Wishes | None = None
    release: ReleaseAsked | None = None
    founder_kinship: Mapping[tuple[str, str], float] = field(default_factory=dict)
    lives: LivesAsked = ALL_LIVES
    bank: BankAsked = EMPTY_BANK

    @property
    def measured(self) -> tuple[str, ...]:
        """The ids of the living population measured, in the file's order."""
        if self.chosen is not None:
            animals, remedy = self.chosen, "Name at least one animal in the set file."
        else:
            animals, remedy = (
                self.sheet.living,
                "Every row has a death date; name the animals to measure with --set.",
            )
        if not animals:
            raise FileError(f"There is no animal to measure. {remedy}")
        return animals

    def pedigree(self) -> Pedigree:
        """Return the pedigree of the file, or refuse it."""
        return Pedigree.from_records(self.sheet.records, founder_kinship=self.founder_kinship)

    def pruned(self) -> tuple[Pedigree, NDArray[np.bool_]]:
        """Return the pedigree of the animals measured and their ancestors, and which of them are measured."""
        whole = self.pedigree()
        pedigree = whole.pruned_to_ancestors(whole.mask(self.measured))
        return pedigree, pedigree.mask(self.measured)


Answer = Callable[[Question], tuple[str, int]]
