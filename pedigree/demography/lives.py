"""Lives as data: when each animal was born, was in the population, died, and who its parents are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pedigree._ingest import refusals
from pedigree.errors import UnknownAnimalError
from pedigree.structure import UNKNOWN, UNKNOWN_SEX, Parent, Record

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Stay = tuple[int, int | None]
"""The first day of a stay, and the day of leaving or None; days as `date.toordinal()`."""

FOREVER: Final = float("inf")
NEVER: Final = float("nan")


@dataclass(frozen=True, slots=True)
class LifeRecord:
    """One animal as it is handed in; days are `date.toordinal()`, None where unknown.

    `stays` are the times in the population; an animal that was released and came back has several. `origin` is any
    label by which a census shall count, such as "captive" or "wild". Parents are given as in `Record`. `birth_slack` says by
    how many days the birth may lie before or after the day given.
    """

    id: str
    sex: int = UNKNOWN_SEX
    birth: int | None = None
    death: int | None = None
    stays: tuple[Stay, ...] = ()
    sire: Parent = UNKNOWN
    dam: Parent = UNKNOWN
    origin: str = ""
    birth_slack: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """Times in the population, by row and then by day; `end` is infinite while a stay lasts.

    A stay runs from `start` up to, not including, `end`. Stays of one animal neither overlap nor meet.
    """

    row: Rows
    start: Floats
    end: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Parentage:
    """Offspring and possible parents of one role: rows, WILD or UNKNOWN, with the chance of each."""

    offspring: Rows
    parent: NDArray[np.int64]
    chance: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Lives:
    """The lives of a book, checked once and valid ever after; `from_records` is the only way in.

    Days are NaN where unknown. `contradictory` names animals whose days exclude each other (dead before birth, gone
    before coming): they are left out of every figure and never an exception, since real books hold some.
    """

    ids: tuple[str, ...]
    sex: NDArray[np.int8]
    birth: Floats
    death: Floats
    birth_slack: Floats
    origin: tuple[str, ...]
    stays: Stays
    sires: Parentage
    dams: Parentage
    contradictory: tuple[str, ...]
    _rows: Mapping[str, int]

    @classmethod
    def from_records(cls, records: Iterable[LifeRecord]) -> Lives:
        """Return the lives that the records describe, or refuse them.

        Rows are in the order given. A stay is cut to the time from birth to death; one without an end lasts to the
        death, if there is one; stays that overlap or meet are one.

        Parameters
        ----------
        records :                One for each animal, parents included, in any order.

        Returns
        -------
        The lives, with a row for each record.

        Raises
        ------
        PedigreeError
            An id is empty or twice there, a parent has no row, a sex or a probability is none.

        Notes
        -----
        Time and memory grow with the number of records.

        Examples
        --------
        >>> cub = LifeRecord("3", birth=100, stays=((100, None),), dam="2", sire="1")
        >>> lives = Lives.from_records([cub, LifeRecord("1"), LifeRecord("2")])
        >>> lives.ids, lives.birth.tolist(), lives.stays.end.tolist()
        (('3', '1', '2'), [100.0, nan, nan], [inf])
        """
        given = list(records)
        as_records = [Record(each.id, each.sire, each.dam, each.sex) for each in given]
        for error in refusals(as_records, allow_selfing=True):
            raise error
        wrong = [each for each in given if _contradicts(each)]
        dated = [None if _contradicts(each) else each for each in given]
        rows = {each.id: row for row, each in enumerate(given)}
        return cls(
            ids=tuple(rows),
            sex=_frozen([each.sex for each in given], np.int8),
            birth=_days(None if each is None else each.birth for each in dated),
            death=_days(None if each is None else each.death for each in dated),
            birth_slack=_frozen([each.birth_slack for each in given], np.float64),
            origin=tuple(each.origin for each in given),
            stays=_stays(dated),
            sires=_parentage([each.sire for each in given], rows),
            dams=_parentage([each.dam for each in given], rows),
            contradictory=tuple(each.id for each in wrong),
            _rows=rows,
        )

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, animal: str) -> int:
        """Return the row of an animal, or refuse an id that has none."""
        try:
            return self._rows[animal]
        except KeyError:
            raise UnknownAnimalError(animal) from None

    @property
    def born_in(self) -> NDArray[np.bool_]:
        """Which animals were born into the population: a stay begins with their birth."""
        found = np.zeros(len(self), dtype=np.bool_)
        found[self.stays.row[self.stays.start == self.birth[self.stays.row]]] = True
        return found

    @property
    def died_in(self) -> NDArray[np.bool_]:
        """Which animals died in the population: a stay ends with their death, or on its day."""
        found = np.zeros(len(self), dtype=np.bool_)
        found[self.stays.row[self.stays.end == self.death[self.stays.row]]] = True
        return found


def _contradicts(record: LifeRecord) -> bool:
    birth, death = record.birth, record.death
    if birth is not None and death is not None and death < birth:
        return True
    return any(
        (end is not None and end < start)
        or (birth is not None and end is not None and end < birth)
        or (death is not None and start > death)
        for start, end in record.stays
    )


def _days(days: Iterable[int | None]) -> Floats:
    return _frozen([NEVER if day is None else day for day in days], np.float64)


def _frozen(values: Sequence[Any], kind: type) -> NDArray[Any]:
    array: NDArray[Any] = np.array(values, dtype=kind)
    array.setflags(write=False)
    return array


def _stays(records: Sequence[LifeRecord | None]) -> Stays:
    found = [
        (row, start, end)
        for row, record in enumerate(records)
        if record is not None
        for start, end in _joined(record)
    ]
    rows, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Stays(_frozen(rows, np.intp), _frozen(starts, np.float64), _frozen(ends, np.float64))


def _joined(record: LifeRecord) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(_cut(record)):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _cut(record: LifeRecord) -> Iterator[tuple[float, float]]:
    first = -FOREVER if record.birth is None else record.birth
    last = FOREVER if record.death is None else record.death
    for start, end in record.stays:
        yield max(start, first), min(FOREVER if end is None else end, last)


def _parentage(parents: Sequence[Parent], rows: Mapping[str, int]) -> Parentage:
    found = [
        (row, rows[who] if isinstance(who, str) else who, chance)
        for row, parent in enumerate(parents)
        for who, chance in (parent if isinstance(parent, tuple) else ((parent, 1.0),))
    ]
    young, above, chances = zip(*found, strict=True) if found else ((), (), ())
    return Parentage(_frozen(young, np.intp), _frozen(above, np.int64), _frozen(chances, np.float64))
