"""Seeded captive pedigrees: overlapping generations, founders at the start and imported later, some sires unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

UNKNOWN: Final = -2
WILD: Final = -1
FIRST_FOUNDERS: Final = 20
MOST_FOUNDERS: Final = 103
UNKNOWN_SIRES: Final = 0.02
BREEDING_AGES: Final = (3, 12)
YEARLY_DEATHS: Final = 0.12
OLDEST: Final = 16

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Book:
    """A pedigree as plain arrays, parents above offspring; codes below 0 are parents without a row."""

    sire: Rows
    dam: Rows
    generation: Rows
    male: NDArray[np.bool_]
    living: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.sire)

    def chosen(
        self, most: int, *, among: NDArray[np.bool_] | None = None, seed: int = 0
    ) -> NDArray[np.bool_]:
        """Return a mask of so many of the living, or of the living among some."""
        living = self.living if among is None else self.living & among
        mask = np.zeros(len(self), dtype=np.bool_)
        mask[np.random.default_rng(seed).permutation(np.flatnonzero(living))[:most]] = True
        return mask


def captive_book(size: int, seed: int = 1) -> Book:
    """Return a book of so many animals, ordered by generation, from about thirty generations of keeping."""
    herd = _Herd(size, np.random.default_rng(seed))
    while herd.born < size:
        herd.live_one_year()
    return _by_generation(herd)


class _Herd:
    def __init__(self, size: int, rng: np.random.Generator) -> None:
        self.rng, self.size, self.born, self.year = rng, size, 0, 0
        # 5 % of a book of 10,000 live at its end, 7 % of one of a million: larger books, larger populations.
        self.capacity = max(40, round(0.0254 * size**1.0737))
        self.sire, self.dam = (np.empty(size, dtype=np.int32) for _ in range(2))
        self.birth, self.male = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.bool_)
        self.favour = rng.gamma(0.7, size=size)
        self.living = np.empty(0, dtype=np.intp)
        self._add(np.full(FIRST_FOUNDERS, WILD), np.full(FIRST_FOUNDERS, WILD), born=-3)
        self.founders = FIRST_FOUNDERS

    def live_one_year(self) -> None:
        self.year += 1
        age = self.year - self.birth[self.living]
        # The youngest breeders stay, or a small herd could die out.
        stays = (self.rng.random(len(age)) > YEARLY_DEATHS) & (age < OLDEST)
        self.living = self.living[stays]
        arriving = min(int(self.rng.integers(1, 4)), MOST_FOUNDERS - self.founders)
        short_of = (
            min(np.count_nonzero(self.male[self.living]), np.count_nonzero(~self.male[self.living])) < 3
        )
        if self.year % 5 == 0 or short_of:
            self.founders += arriving
            self._add(np.full(arriving, WILD), np.full(arriving, WILD), born=self.year - 3)
        self._breed()

    def _breed(self) -> None:
        age = self.year - self.birth[self.living]
        adult = self.living[(age >= BREEDING_AGES[0]) & (age <= BREEDING_AGES[1])]
        sires, dams = adult[self.male[adult]], adult[~self.male[adult]]
        if not len(sires) or not len(dams):
            return
        young = max(2, min(self.capacity - len(self.living), len(self.living) // 2))
        litters = self.rng.integers(1, 4, size=young)
        litters = litters[: np.searchsorted(np.cumsum(litters), young) + 1]
        favour = self.favour[sires] / self.favour[sires].sum()
        sire = np.repeat(self.rng.choice(sires, len(litters), p=favour), litters)
        dam = np.repeat(self.rng.choice(dams, len(litters)), litters)
        sire[np.repeat(self.rng.random(len(litters)) < UNKNOWN_SIRES, litters)] = UNKNOWN
        self._add(sire, dam, born=self.year)

    def _add(self, sire: NDArray[np.int_], dam: NDArray[np.int_], *, born: int) -> None:
        stop = min(self.size, self.born + len(sire))
        rows = np.arange(self.born, stop)
        self.sire[rows], self.dam[rows] = sire[: len(rows)], dam[: len(rows)]
        self.birth[rows], self.male[rows] = born, self.rng.random(len(rows)) < 0.5
        self.living, self.born = np.concatenate((self.living, rows)), stop


def _by_generation(herd: _Herd) -> Book:
    depth = [0] * (herd.size + 2)
    depth[WILD] = depth[UNKNOWN] = -1
    for row, (sire, dam) in enumerate(zip(herd.sire.tolist(), herd.dam.tolist(), strict=True)):
        depth[row] = 1 + max(depth[sire], depth[dam])
    generation = np.array(depth[: herd.size], dtype=np.int32)
    order = np.argsort(generation, kind="stable")
    place = np.empty(herd.size + 2, dtype=np.int32)
    place[order], place[[WILD, UNKNOWN]] = np.arange(herd.size), (WILD, UNKNOWN)
    living = np.zeros(herd.size, dtype=np.bool_)
    living[herd.living] = True
    return Book(
        place[herd.sire[order]], place[herd.dam[order]], generation[order], herd.male[order], living[order]
    )
