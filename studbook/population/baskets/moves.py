"""Every animal's mean kinship and rank now and after the steps of a basket, by sex."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree.whatif import Population
from studbook.animals.models import Animal
from studbook.population.baskets.reckoning import Reckoning
from studbook.population.codes import SEX_CODES
from studbook.population.genetics.means import TITLES
from studbook.population.ranks import ranks

MARKS = {"up": "▲", "down": "▼", "same": "=", "new": "+", "back": "+", "out": "×"}
WORDS = {"new": "new", "back": "returns", "out": "leaves", "same": "stays"}


@dataclass(frozen=True, slots=True)
class Move:
    """An animal that is counted now or after; mean kinship and rank are None where it is not. `animal` is None for a newcomer.

    The rank is among those counted of its sex, 1 for the lowest mean kinship.
    """

    label: str
    sex: str
    animal: Animal | None
    mean_kinship: float | None
    rank: int | None
    mean_kinship_after: float | None
    rank_after: int | None

    @property
    def is_new(self) -> bool:
        return self.animal is None

    @property
    def change(self) -> float | None:
        if self.mean_kinship is None or self.mean_kinship_after is None:
            return None
        return self.mean_kinship_after - self.mean_kinship

    @property
    def climb(self) -> int:
        """How many places it rises; negative where it falls, 0 where it stays, comes or goes."""
        if self.rank is None or self.rank_after is None:
            return 0
        return self.rank - self.rank_after

    @property
    def direction(self) -> str:
        """One of new, back, out, up, down and same."""
        if self.rank is None:
            return "new" if self.is_new else "back"
        if self.rank_after is None:
            return "out"
        return "up" if self.climb > 0 else "down" if self.climb < 0 else "same"

    @property
    def words(self) -> str:
        """The movement in words."""
        if self.direction in ("up", "down"):
            return f"{self.direction} {abs(self.climb)}"
        return WORDS[self.direction]

    @property
    def mark(self) -> str:
        """The shape that stands beside the words."""
        return MARKS[self.direction]


@dataclass(frozen=True, slots=True)
class MoveList:
    """The moves of one sex, in the order of the ranks after; those who go come last."""

    sex: str
    title: str
    moves: Sequence[Move]

    @property
    def now(self) -> int:
        return sum(each.rank is not None for each in self.moves)

    @property
    def after(self) -> int:
        return sum(each.rank_after is not None for each in self.moves)


def moves_of(reckoning: Reckoning) -> list[MoveList]:
    """Return the lists of the sexes that have anybody; one query, two where somebody is counted who does not live."""
    before, after = reckoning.before, reckoning.after
    ids, sex, size = after.ids, after.sex, len(before)
    counted = np.append(before.living, np.zeros(len(after) - size, dtype=np.bool_))
    now = _columns(before, counted, sex)
    then = _columns(after, after.living, sex)
    rows = np.flatnonzero(counted | after.living)
    animals = _animals(reckoning, [ids[row] for row in rows if row < size])
    lists = []
    for each, code in SEX_CODES.items():
        own = [int(row) for row in rows if sex[row] == code and (row >= size or ids[row] in animals)]
        moves = [Move(ids[row], each, animals.get(ids[row]), *_at(now, row), *_at(then, row)) for row in own]
        moves.sort(key=lambda move: (move.rank_after is None, move.rank_after or 0, move.rank or 0))
        if moves:
            lists.append(MoveList(each, TITLES[each], moves))
    return lists


Columns = tuple[NDArray[np.float64], NDArray[np.int64]]


def _columns(population: Population, counted: NDArray[np.bool_], sex: NDArray[np.int8]) -> Columns:
    means = np.full(len(sex), np.nan)
    means[: len(population)] = population.mean_kinships
    rank = np.zeros(len(sex), dtype=np.int64)
    for code in SEX_CODES.values():
        rows = np.flatnonzero(counted & (sex == code))
        rank[rows] = ranks(means[rows])
    return means, rank


def _at(columns: Columns, row: int) -> tuple[float | None, int | None]:
    means, rank = columns
    return (float(means[row]), int(rank[row])) if rank[row] else (None, None)


def _animals(reckoning: Reckoning, numbers: Sequence[str]) -> dict[str, Animal]:
    found = {each.studbook_number: each for each in reckoning.basis.living()}
    others = [number for number in numbers if number not in found]
    if others:
        beside = reckoning.basis.programme.animals.filter(studbook_number__in=others)
        found |= {each.studbook_number: each for each in beside}
    return found
