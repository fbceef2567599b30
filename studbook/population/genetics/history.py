"""The population through time: a row for the end of each year, and for any day asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pedigree.errors import NumericalError, PedigreeError
from pedigree.history import HistoryRow, genetic_history
from studbook.population.analysis import NoFiguresError
from studbook.population.basis import Basis, Key, analysis_on
from studbook.population.cache import Kept
from studbook.population.genetics.history_stays import Stays, stays_on

MOST_KEPT = 8
MOST_MOMENTS = 64


@dataclass(frozen=True, slots=True)
class History:
    """A row for each year's end up to the day the book is current to, and that day; empty where nothing is dated."""

    rows: tuple[HistoryRow, ...]
    stays: Stays
    living: int

    @property
    def first_day(self) -> date | None:
        return self.stays.first_day

    @property
    def differs(self) -> bool:
        """Whether the holders of the last day and the animals recorded as living are not as many."""
        return bool(self.rows) and self.rows[-1].living != self.living


_kept: Kept[tuple[Key, date], History] = Kept(MOST_KEPT)
_moments: Kept[tuple[Key, date], HistoryRow] = Kept(MOST_MOMENTS)
_several: Kept[tuple[Key, tuple[date, ...]], tuple[HistoryRow, ...]] = Kept(MOST_KEPT)


def history_on(basis: Basis) -> History:
    """Return the history on a basis. Raises NoFiguresError with a sentence where a figure is impossible."""
    return _kept.get((basis.key, basis.programme.as_of), lambda: _computed(basis))


def moment_on(basis: Basis, past: History, on: date) -> HistoryRow:
    """Return the population on a day; of the days of the yearly rows the row itself."""
    ready = next((row for row in past.rows if row.on == on), None)
    return ready or _moments.get((basis.key, on), lambda: _rows(basis, past.stays, [on])[0])


def moments_on(basis: Basis, days: Sequence[date]) -> tuple[HistoryRow, ...]:
    """Return the population on some days. Raises NoFiguresError where a figure is impossible."""
    return _several.get((basis.key, tuple(days)), lambda: _rows(basis, stays_on(basis), days))


def _computed(basis: Basis) -> History:
    stays, living = stays_on(basis), int(analysis_on(basis).living.sum())
    days = days_of(stays.first_day, basis.programme.as_of)
    return History(_rows(basis, stays, days), stays, living)


def days_of(first: date | None, last: date) -> list[date]:
    """Return the last day of each year from a first one on, and the very last day."""
    if first is None or first > last:
        return []
    ends = [date(year, 12, 31) for year in range(first.year, last.year + 1)]
    return [*(end for end in ends if end < last), last]


def _rows(basis: Basis, stays: Stays, days: Sequence[date]) -> tuple[HistoryRow, ...]:
    pedigree = analysis_on(basis).pedigree
    # The book may have moved on since the analysis: whoever is new to it waits for the next one.
    known = set(pedigree.ids)
    presence = {number: each for number, each in stays.presence.items() if number in known}
    births = {number: day for number, day in stays.births.items() if number in known}
    try:
        return genetic_history(pedigree, presence, days, births=births)
    except (NumericalError, PedigreeError) as error:
        raise NoFiguresError(str(error)) from error
