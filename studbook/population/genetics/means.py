"""The living by mean kinship: every column of the lists, and where the population's mean falls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.population.analysis import Analysis
from studbook.population.basis import Basis
from studbook.population.breeders import holders_of
from studbook.population.genetics.figures import Figures, figures_on
from studbook.population.genetics.lineage_caps import OverCap, caps_of
from studbook.population.genetics.uniqueness import uniqueness_of
from studbook.population.numbers import or_none

TITLES = {Animal.Sex.MALE: "Males", Animal.Sex.FEMALE: "Females", Animal.Sex.UNKNOWN: "Sex unknown"}


@dataclass(frozen=True, slots=True)
class MeanRow:
    """A living animal and its figures; a figure is None where it has no answer, all of them when it is excluded.

    `rank` is among all the living of its sex, 1 for the lowest mean kinship; ties share the better rank. `sex` is as
    recorded or as an overlay assumes it.
    """

    animal: Animal
    sex: str
    age: float | None
    holder: Institution | None
    rank: int | None = None
    mean_kinship: float | None = None
    known_mean_kinship: float | None = None
    inbreeding: float | None = None
    known_inbreeding: float | None = None
    known: float | None = None
    kinship_value: float | None = None
    reproductive_value: float | None = None
    uniqueness: float | None = None
    uniqueness_error: float | None = None
    uniqueness_descendants: float | None = None
    uniqueness_descendants_error: float | None = None
    certain: float | None = None
    offspring: int | None = None
    above_caps: tuple[OverCap, ...] = ()

    @property
    def number(self) -> str:
        return self.animal.studbook_number

    @property
    def sex_assumed(self) -> bool:
        return self.sex != self.animal.sex

    @property
    def excluded(self) -> bool:
        return self.rank is None


@dataclass(frozen=True, slots=True)
class MeanList:
    """The rows of one sex. With a `line`, the population's mean falls between `first` and `rest`."""

    sex: str
    title: str
    first: Sequence[MeanRow]
    rest: Sequence[MeanRow] = ()
    line: bool = False

    @property
    def total(self) -> int:
        return len(self.first) + len(self.rest)


def mean_rows(basis: Basis) -> list[MeanRow]:
    """Return every living animal of the book, by number; five queries beside those of figures not kept yet."""
    programme, figures = basis.programme, figures_on(basis)
    analysis, holders = figures.analysis, holders_of(programme)
    offspring, caps = offspring_counts(analysis), caps_of(programme, analysis)
    rows = {analysis.pedigree.ids[row]: int(row) for row in np.flatnonzero(analysis.living)}
    return [
        replace(
            _row(animal, animal.age_on(programme.as_of), holders.get(animal.pk), figures, offspring, rows),
            above_caps=caps.of(animal.studbook_number),
        )
        for animal in basis.living()
    ]


def offspring_counts(analysis: Analysis) -> NDArray[np.int64]:
    """Return how many recorded offspring each animal of the pedigree has; possible ones do not count."""
    pedigree = analysis.pedigree
    parents = np.concatenate([pedigree.sire[pedigree.sire >= 0], pedigree.dam[pedigree.dam >= 0]])
    return np.bincount(parents, minlength=len(pedigree)).astype(np.int64)


def _row(
    animal: Animal,
    age: float | None,
    holder: Institution | None,
    figures: Figures,
    offspring: NDArray[np.int64],
    rows: Mapping[str, int],
) -> MeanRow:
    analysis, row = figures.analysis, rows.get(animal.studbook_number)
    if row is None:
        return MeanRow(animal, animal.sex, age, holder)
    among = analysis.population.row(animal.studbook_number)
    unique = uniqueness_of(figures.drop, row)
    return MeanRow(
        animal,
        analysis.sex_of(animal.studbook_number),
        age,
        holder,
        rank=int(analysis.rank[among]),
        mean_kinship=or_none(analysis.mean_kinships[among]),
        known_mean_kinship=or_none(figures.known_mean_kinships[among]),
        inbreeding=or_none(analysis.inbreeding[row]),
        known_inbreeding=or_none(figures.known_inbreeding[among]),
        known=or_none(analysis.known[row]),
        kinship_value=or_none(figures.kinship_values[among]),
        reproductive_value=or_none(figures.values.value[among]),
        uniqueness=unique.value,
        uniqueness_error=unique.error,
        uniqueness_descendants=unique.descendants,
        uniqueness_descendants_error=unique.descendants_error,
        certain=or_none(figures.certain[row]),
        offspring=int(offspring[row]),
    )


def listed_by_sex(
    rows: Sequence[MeanRow], mean: float | None, order: str, *, shown: Sequence[str] = ("M", "F", "U")
) -> list[MeanList]:
    """Return the lists of the sexes that have rows; the mean is a line only where mean kinship gives the order."""
    lists = []
    for sex in shown:
        own = [row for row in rows if row.sex == sex]
        if own:
            lists.append(_listed(sex, own, mean, order))
    return lists


def _listed(sex: str, rows: Sequence[MeanRow], mean: float | None, order: str) -> MeanList:
    title = TITLES[Animal.Sex(sex)]
    if mean is None or order.removeprefix("-") != "mean_kinship":
        return MeanList(sex, title, rows)
    falling = order.startswith("-")
    first: list[MeanRow] = []
    rest: list[MeanRow] = []
    for row in rows:
        before = row.mean_kinship is not None and (row.mean_kinship > mean) == falling
        (first if before else rest).append(row)
    return MeanList(sex, title, first, rest, line=True)
