"""The reproductive value of each of the living: of the life table where that is large enough, else 1 or 0 by age."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from pedigree.demography.lifetable import LifeTable
from pedigree.structure import Pedigree
from studbook.animals.models import Animal
from studbook.population.basis import Basis
from studbook.population.breeders import limits_of
from studbook.population.codes import SEX_WORDS
from studbook.population.demography.filters import Filters
from studbook.population.demography.tables import FEMALES, MALES, Tables, tables_on

CAN_BREED, PAST_BREEDING = 1.0, 0.0
FEWEST_DEATHS = FEWEST_BIRTHS = 30
BY_TABLE = "Each of the living counts by its reproductive value Vx, of the life table of the whole book for its sex and age."
BY_LIMITS = "An animal past the last breeding age that the programme sets for its sex does not count, every other counts alike"
BY_NOTHING = "The programme sets no last breeding ages, so all the living count alike"


@dataclass(frozen=True, slots=True, eq=False)
class ReproductiveValues:
    """A value for each row of a population, 0 where nothing tells that it lives; `sentence` says whence they are."""

    value: NDArray[np.float64]
    sentence: str
    from_table: bool


def reproductive_values(basis: Basis, population: Pedigree) -> ReproductiveValues:
    """Return the reproductive values; one query beside those of a life table not kept yet.

    A table carries them when it saw 30 deaths and 30 births of each sex, and has a value at every age.
    """
    programme = basis.programme
    ages = {animal.studbook_number: animal.age_on(programme.as_of) for animal in basis.living().order_by()}
    last = {sex: limits_of(programme, sex).last for sex in (Animal.Sex.MALE, Animal.Sex.FEMALE)}
    return values_of(tables_on(basis, Filters()), population, ages, last)


def values_of(
    tables: Tables,
    population: Pedigree,
    ages: Mapping[str, float | None],
    last: Mapping[Animal.Sex, int | None],
) -> ReproductiveValues:
    """Return the reproductive values of the living given by their ages, with the last breeding ages set; no query."""
    why_not = too_small(tables)
    if why_not:
        value = _by_limits(population, ages, last)
        rule = BY_NOTHING if all(limit is None for limit in last.values()) else BY_LIMITS
        return ReproductiveValues(value, f"{rule}: {why_not}", from_table=False)
    return ReproductiveValues(_by_table(tables, population, ages), BY_TABLE, from_table=True)


def too_small(tables: Tables) -> str:
    """Return in words why the life tables cannot carry reproductive values; empty where they can."""
    for sex, noun in ((MALES, "males"), (FEMALES, "females")):
        table = tables.of(sex)
        deaths, births = float(table.deaths.sum()), float(table.births.sum())
        if deaths < FEWEST_DEATHS:
            return f"the life table of the {noun} has {deaths:g} deaths, fewer than {FEWEST_DEATHS}."
        if isnan(births) or births < FEWEST_BIRTHS:
            seen = (
                "no births of a known age"
                if isnan(births)
                else f"{births:g} births, fewer than {FEWEST_BIRTHS}"
            )
            return f"the life table of the {noun} has {seen}."
        if np.isnan(table.Vx).any():
            return f"the life table of the {noun} has ages without a rate."
    return ""


def _by_limits(
    population: Pedigree, ages: Mapping[str, float | None], last: Mapping[Animal.Sex, int | None]
) -> NDArray[np.float64]:
    # Only the programme's own ages are taken: who has none set, or no birth date, may still breed.
    return np.array(
        [
            PAST_BREEDING if _past(ages.get(number), last.get(SEX_WORDS[int(sex)])) else CAN_BREED
            for number, sex in zip(population.ids, population.sex, strict=True)
        ]
    )


def _by_table(tables: Tables, population: Pedigree, ages: Mapping[str, float | None]) -> NDArray[np.float64]:
    tables_by_sex = {
        Animal.Sex.MALE: tables.male,
        Animal.Sex.FEMALE: tables.female,
        Animal.Sex.UNKNOWN: tables.pooled,
    }
    found = np.zeros(len(population))
    undated: list[tuple[int, Animal.Sex]] = []
    for row, (number, code) in enumerate(zip(population.ids, population.sex, strict=True)):
        sex, age = SEX_WORDS[int(code)], ages.get(number)
        if age is not None:
            found[row] = value_at(tables_by_sex[sex], age)
        elif number in ages:
            undated.append((row, sex))
    # An animal of unknown age is taken for an average one of a stable population.
    for row, sex in undated:
        table = tables_by_sex[sex]
        found[row] = float(table.cx @ table.Vx)
    return found


def value_at(table: LifeTable, age: float) -> float:
    """Return the reproductive value at an age in years; 0 beyond the last age of the table."""
    return float(table.Vx[int(age)]) if int(age) < len(table) else PAST_BREEDING


def _past(age: float | None, last: int | None) -> bool:
    # A last breeding age of 15 years lasts until the sixteenth birthday.
    return age is not None and last is not None and age >= last + 1
