"""Pairs of a book on a day, past or present, as the model of their chance takes them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pedigree.cases import Cases
from studbook.core.dates import DAYS_IN_YEAR
from studbook.population.demography.book import Book, Member

Floats = NDArray[np.float64]
NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Animals on a day: age in years, whether proven, who holds them (NOBODY: not known), since which day."""

    age: Floats
    proven: Floats
    holder: NDArray[np.int64]
    since: Floats

    def taken(self, at: NDArray[np.intp]) -> "Columns":
        """Return the columns of animals in another order, each as often as it is named."""
        return Columns(self.age[at], self.proven[at], self.holder[at], self.since[at])


class CaseBook:
    """Who was how old, had bred and lived where on any day of a book."""

    def __init__(self, book: Book) -> None:
        self._members = book.by_number
        self._births: defaultdict[str, list[date]] = defaultdict(list)
        for member in book.members:
            for parent in (member.sire, member.dam):
                if isinstance(parent, str) and member.birth:
                    self._births[parent].append(member.birth)

    def columns(self, numbers: Sequence[str], on: date, *, as_they_live: bool = False) -> Columns:
        """Return what is known of animals on a day; of one that is not in the book, nothing.

        With `as_they_live` each is where its open stay is, whatever the day: a book may be current to a day
        that a move has followed.
        """
        rows = [self._row(number, on, as_it_lives=as_they_live) for number in numbers]
        age, proven, holder, since = zip(*rows, strict=True) if rows else ((), (), (), ())
        return Columns(
            np.array(age, dtype=np.float64),
            np.array(proven, dtype=np.float64),
            np.array(holder, dtype=np.int64),
            np.array(since, dtype=np.float64),
        )

    def case(
        self,
        sire: str,
        dam: str,
        on: date,
        *,
        today: date | None = None,
        insemination: bool = False,
        banked: bool = False,
    ) -> Cases:
        """Return the columns of one pair; a banked sample has neither its donor's age nor a time together.

        With `today` the two are where they live then, and together up to then; ages and young stay those of the day.
        """
        sires, dams = (self.columns([each], on, as_they_live=today is not None) for each in (sire, dam))
        found = paired(sires, dams, today or on, insemination=np.array([insemination or banked]))
        if banked:
            return replace(found, sire_age=np.array([np.nan]), together_years=np.array([0.0]))
        return found

    def _row(self, number: str, on: date, *, as_it_lives: bool) -> tuple[float, float, int, float]:
        member = self._members.get(number)
        if member is None:
            return np.nan, np.nan, NOBODY, np.nan
        age = (on - member.birth).days / DAYS_IN_YEAR if member.birth else np.nan
        proven = float(any(day < on for day in self._births.get(number, ())))
        held = _living_at(member) if as_it_lives else _held(member, on)
        return age if age >= 0 else np.nan, proven, *held


def _living_at(member: Member) -> tuple[int, float]:
    for stay in reversed(member.held):
        if stay.end is None and stay.place is not None:
            return stay.place, stay.start.toordinal()
    return NOBODY, np.nan


def _held(member: Member, on: date) -> tuple[int, float]:
    for stay in reversed(member.held):
        if stay.start <= on and (stay.end is None or on < stay.end) and stay.place is not None:
            return stay.place, stay.start.toordinal()
    return NOBODY, np.nan


def paired(sires: Columns, dams: Columns, on: date, *, insemination: NDArray[np.bool_]) -> Cases:
    """Return the cases of sires with dams, in one order, on the day up to which they are together; an insemination moves nobody."""
    known = (sires.holder != NOBODY) & (dams.holder != NOBODY)
    together = known & (sires.holder == dams.holder)
    years = np.where(
        together,
        # An open stay may be entered before it begins.
        np.maximum(on.toordinal() - np.fmax(sires.since, dams.since), 0) / DAYS_IN_YEAR,
        np.where(known, 0.0, np.nan),
    )
    apart = np.where(known, ~together, np.nan)
    return Cases(
        sire_age=sires.age,
        dam_age=dams.age,
        sire_proven=sires.proven,
        dam_proven=dams.proven,
        together_years=years,
        moves=np.where(insemination, 0.0, apart),
        insemination=insemination.astype(np.float64),
    )
