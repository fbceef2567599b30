"""The life tables of a set: of each sex and of both together, kept until the book moves on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pedigree.demography.lifetable import MID_CLASS, Convention, LifeTable, life_table
from pedigree.demography.smoothing import SPANS, filled_table, smoothed_table
from pedigree.structure import FEMALE, MALE
from studbook.population.basis import Basis, Key
from studbook.population.cache import Kept
from studbook.population.demography.book import book_on
from studbook.population.demography.filters import Filters
from studbook.population.demography.sets import PopulationSet, set_of

MOST_SETS, MOST_TABLES = 16, 32
MALES, FEMALES, POOLED = "M", "F", "all"
TITLES = {MALES: "Males", FEMALES: "Females", POOLED: "Both sexes"}
SEXES: dict[str, int | None] = {MALES: MALE, FEMALES: FEMALE, POOLED: None}

AS_RECORDED, FILLED = "", "filled"
SMOOTHINGS = {
    AS_RECORDED: "none: as recorded",
    FILLED: "gaps filled by straight lines",
    **{str(span): f"moving average of {span} ages" for span in SPANS},
}

SetKey = tuple[Key, date, Filters]


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The life table of the males, of the females, and of all animals in one."""

    male: LifeTable
    female: LifeTable
    pooled: LifeTable

    def of(self, sex: str) -> LifeTable:
        return {MALES: self.male, FEMALES: self.female, POOLED: self.pooled}[sex]

    def titled(self) -> Iterator[tuple[str, str, LifeTable]]:
        """Yield the key, the title and the table of each."""
        yield from ((sex, title, self.of(sex)) for sex, title in TITLES.items())


_sets: Kept[SetKey, PopulationSet] = Kept(MOST_SETS, edition=lambda key: key[0][:2])
_tables: Kept[tuple[SetKey, Convention, str], Tables] = Kept(MOST_TABLES, edition=lambda key: key[0][0][:2])


def set_on(basis: Basis, filters: Filters) -> PopulationSet:
    """Return who was in the population when, on a basis; no query beside those of a book not kept yet."""
    return _sets.get(set_key(basis, filters), lambda: set_of(book_on(basis), filters))


def tables_on(
    basis: Basis, filters: Filters, convention: Convention = MID_CLASS, smoothing: str = AS_RECORDED
) -> Tables:
    """Return the life tables of a set; no query beside those of a book not kept yet."""
    key = set_key(basis, filters), convention, smoothing
    return _tables.get(key, lambda: tables_of(set_on(basis, filters), convention, smoothing))


def set_key(basis: Basis, filters: Filters) -> SetKey:
    """Return what anything computed of a set is kept by."""
    return basis.key, basis.programme.as_of, filters


def tables_of(
    chosen: PopulationSet, convention: Convention = MID_CLASS, smoothing: str = AS_RECORDED
) -> Tables:
    """Return the life tables of a set; no query."""
    first, last = chosen.window
    made = {
        sex: _smoothed(
            life_table(chosen.lives, code, first=first, last=last, convention=convention), smoothing
        )
        for sex, code in SEXES.items()
    }
    return Tables(made[MALES], made[FEMALES], made[POOLED])


def _smoothed(table: LifeTable, smoothing: str) -> LifeTable:
    if smoothing == AS_RECORDED or not len(table):
        return table
    return filled_table(table) if smoothing == FILLED else smoothed_table(table, int(smoothing))
