"""Every pair that could breed, the most useful to gene diversity first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from pedigree.mating import Pair, PairTable, rank_pairs
from pedigree.structure import Pedigree
from pedigree.suitability import PairSuitability, Suitability
from studbook.animals.models import Animal
from studbook.population.analysis import Analysis
from studbook.population.breeders import Breeder, breeders_of
from studbook.population.codes import SEX_CODES
from studbook.population.models import Lineage
from studbook.population.places import Places, places_of
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair of the list. `rank` is its place among all breedable pairs; `shares` are its young's in the list's lineages,
    `asked_share` that in the lineage or founder asked about. `suitability` is None where the list was not judged.
    """

    rank: int
    numbers: Pair
    sire: Breeder
    dam: Breeder
    distance_km: float | None
    above_limit: bool
    suitability: PairSuitability | None = None
    shares: tuple[float, ...] = ()
    asked_share: float | None = None

    @property
    def known(self) -> float:
        return 1 - self.numbers.unknown_ancestry

    @property
    def same_place(self) -> bool:
        return self.sire.holder is not None and self.sire.holder == self.dam.holder

    @property
    def together(self) -> bool:
        """Whether both live at one place; the semen of a dead sire does not."""
        return self.same_place and self.sire.alive


@dataclass(frozen=True, slots=True, eq=False)
class YoungShare:
    """A lineage and its share in the young of each pair of the table: the mean of the two parents' shares.

    That of a single founder asked about is of no book: it has the founder's name and no key.
    """

    lineage: Lineage
    share: NDArray[np.float64]

    @property
    def is_of_founder(self) -> bool:
        """Whether it is of a single founder, not of a lineage that is kept."""
        return self.lineage.pk is None


@dataclass(frozen=True, slots=True, eq=False)
class FounderLine:
    """A founder that may be asked about as a lineage is; its share in the young of each pair is worked out only then."""

    animal: Animal
    work_out: Callable[[], YoungShare]


@dataclass(frozen=True, slots=True, eq=False)
class PairList(Sequence[PairRow]):
    """Pairs as columns; a row is put together only when it is asked for.

    `shown` are places in `table`, in the order of the list; a place + 1 is the rank.
    """

    population: Pedigree
    table: PairTable
    shown: NDArray[np.intp]
    breeders: dict[str, Breeder]
    places: Places
    distance_km: NDArray[np.float64]
    inbreeding_limit: float
    suitability: Suitability | None = None
    lineages: tuple[YoungShare, ...] = ()
    founders: tuple[FounderLine, ...] = ()
    asked: YoungShare | None = None

    @property
    def total(self) -> int:
        """How many breedable pairs there are, shown or not."""
        return len(self.table)

    def __len__(self) -> int:
        return len(self.shown)

    @overload
    def __getitem__(self, index: int) -> PairRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[PairRow]: ...
    def __getitem__(self, index: int | slice) -> PairRow | list[PairRow]:
        if isinstance(index, slice):
            return [self._row(int(place)) for place in self.shown[index]]
        return self._row(int(self.shown[index]))

    def _row(self, place: int) -> PairRow:
        numbers, distance = self.table.pair(place), float(self.distance_km[place])
        return PairRow(
            rank=place + 1,
            numbers=numbers,
            sire=self.breeders[numbers.sire],
            dam=self.breeders[numbers.dam],
            distance_km=None if np.isnan(distance) else distance,
            above_limit=numbers.f_offspring >= self.inbreeding_limit,
            suitability=self.suitability.pair(place) if self.suitability else None,
            shares=tuple(float(each.share[place]) for each in self.lineages),
            asked_share=float(self.asked.share[place]) if self.asked else None,
        )

    def kept(self, mask: NDArray[np.bool_]) -> "PairList":
        """Return the list without the pairs for which a mask over `table` is False."""
        return replace(self, shown=self.shown[mask[self.shown]])

    def sorted_by(self, column: NDArray[np.float64], *, descending: bool) -> "PairList":
        """Return the list in the order of a column over `table`; ties stay in order of rank, unknown comes last."""
        values = column[self.shown]
        order = np.lexsort((self.shown, -values if descending else values, np.isnan(values)))
        return replace(self, shown=self.shown[order])

    def rank_of(self, sire: str, dam: str) -> int | None:
        """Return the rank of a pair, or None when it is not in the table."""
        rows = self.population.row(sire), self.population.row(dam)
        found = np.flatnonzero((self.table.sire == rows[0]) & (self.table.dam == rows[1]))
        return int(found[0]) + 1 if len(found) else None


def pairs_of(programme: Programme, analysis: Analysis) -> PairList:
    """Return every breedable living pair, ranked; four queries."""
    return pairs_among(programme, analysis, breeders_of(programme, analysis.sex_of_animal))


def pairs_among(programme: Programme, analysis: Analysis, breeders: dict[str, Breeder]) -> PairList:
    """Return every breedable pair of living breeders, none of them by doses in store, ranked; no query."""
    able = _mask(analysis, breeders, {number for number, each in breeders.items() if each.breedable})
    return pair_list(programme, analysis, breeders, able)


def pairs_with(programme: Programme, analysis: Analysis, number: str) -> PairList:
    """Return the breedable pairs that one animal could form, ranked among themselves; four queries."""
    breeders = breeders_of(programme, analysis.sex_of_animal)
    sex = analysis.sex_of(number)
    able = {
        other
        for other, each in breeders.items()
        if each.breedable and analysis.sex_of_animal(each.animal) != sex
    }
    return pair_list(programme, analysis, breeders, _mask(analysis, breeders, able | {number}))


def only_pair(
    programme: Programme, analysis: Analysis, breeders: dict[str, Breeder], sire: str, dam: str
) -> PairList:
    """Return the list of one pair, breedable or not; empty unless both are living and of opposite sexes."""
    return pair_list(programme, analysis, breeders, _mask(analysis, breeders, {sire, dam}))


def pairs_from_bank(
    programme: Programme, analysis: Analysis, breeders: dict[str, Breeder], *, only: bool
) -> PairList:
    """Return the pairs of the males with doses and the breedable females, ranked; those of other males too unless `only`. No query.

    The analysis holds the dead among them, the breeders their doses.
    """
    able = {
        number
        for number, each in breeders.items()
        if each.breedable and (each.doses or not only or analysis.sex_of_animal(each.animal) == "F")
    }
    return pair_list(programme, analysis, breeders, _mask(analysis, breeders, able))


def _mask(analysis: Analysis, breeders: dict[str, Breeder], numbers: set[str]) -> NDArray[np.bool_]:
    # The book may have moved on since the analysis: whoever is new to it waits for the next one.
    wanted = numbers & breeders.keys()
    return np.array([number in wanted for number in analysis.population.ids], dtype=np.bool_)


def pair_list(
    programme: Programme, analysis: Analysis, breeders: dict[str, Breeder], able: NDArray[np.bool_]
) -> PairList:
    """Return the pairs of the males and females of a mask over the population, ranked; no query.

    The males live, or doses of theirs are in store.
    """
    population = analysis.population
    stored = {number for number, each in breeders.items() if each.doses}
    in_store = np.array([number in stored for number in population.ids], dtype=np.bool_)
    in_store &= population.sex == SEX_CODES[Animal.Sex.MALE]
    table = rank_pairs(
        population,
        analysis.kinship,
        analysis.measured,
        analysis.population_known,
        sires=able & (analysis.living_of_sex("M") | in_store),
        dams=able & analysis.living_of_sex("F"),
    )
    # A stable sort: full sibs of a rare line can raise gene diversity most, and are not to be proposed for it.
    table = table.taken(np.argsort(table.f_offspring >= programme.offspring_inbreeding_limit, kind="stable"))
    places = places_of(population, breeders)
    return PairList(
        population=population,
        table=table,
        shown=np.arange(len(table)),
        breeders=breeders,
        places=places,
        distance_km=places.distance_km(table.sire, table.dam),
        inbreeding_limit=programme.offspring_inbreeding_limit,
    )
