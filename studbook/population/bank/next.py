"""Whom to bank next: the living in the order of what would be lost with them, each row with its reasons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from pedigree.banking import BankChoice, bank_next
from pedigree.demography.dying import chance_of_death
from pedigree.errors import NumericalError
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.population.analysis import Analysis, NoFiguresError
from studbook.population.bank.stock import Donor, donors_of, numbers_of
from studbook.population.basis import Basis, Key
from studbook.population.breeders import TOO_YOUNG, age_mark, holders_of, limits_of
from studbook.population.cache import Kept
from studbook.population.demography.filters import Filters
from studbook.population.demography.tables import FEMALES, MALES, POOLED, Tables, tables_on
from studbook.population.genetics.figures import figures_on
from studbook.population.numbers import or_none
from studbook.population.wider import analysis_with
from studbook.reproduction.status.standing import NOTHING, standing_on

MOST_KEPT = 8
CHOSEN = 10
NOUGHT = 5e-8  # of gene diversity, what is nought in four decimals of a percent and more
NO_DEATHS = (
    "No death after the first year of an animal in human care is on record, so nobody can tell how likely an animal is to die. "
    "Record the deaths of the book first."
)
NOUNS = {Animal.Sex.MALE: "males", Animal.Sex.FEMALE: "females"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which sex, "" for both; within how many years; how many portions of a donor are enough; whether the too young are asked too."""

    sex: str = Animal.Sex.MALE
    years: int = 1
    enough: int = 1
    young: bool = False


@dataclass(frozen=True, slots=True)
class NextRow:
    """A living animal: `place` in the order, `lost` with it unbanked, `expected` that times its `chance` of dying.

    Chosen are those of the first choices with whom something is lost. `lost_before` is what would be lost were nobody above it chosen; `gene_diversity` what is kept once it and those above are
    banked. `few` is what is banked of it, not enough. `by_pooled` tells that its chance is of the table of both sexes, since that
    of its sex tells of nobody.
    """

    place: int
    animal: Animal
    sex: str
    age: float | None
    holder: Institution | None
    chosen: bool
    chance: float
    lost: float
    expected: float
    gene_diversity: float
    lost_before: float
    mean_kinship: float | None
    uniqueness: float | None
    few: Donor | None
    by_pooled: bool

    @property
    def number(self) -> str:
        return self.animal.studbook_number


@dataclass(frozen=True, slots=True)
class NextList:
    """Every animal asked about, in order; who was left out, and why; what is expected to be kept with the bank as it is."""

    asked: Asked
    rows: list[NextRow]
    enough: int
    too_young: int
    barren: int
    deaths: str
    kept_now: float | None
    reason: str = ""

    @property
    def chosen(self) -> int:
        return sum(row.chosen for row in self.rows)

    @property
    def by_pooled(self) -> int:
        return sum(row.by_pooled for row in self.rows)

    @property
    def kept_then(self) -> float | None:
        """What is expected to be kept once all those chosen are banked."""
        return max((row.gene_diversity for row in self.rows if row.chosen), default=None)


_kept: Kept[tuple[Key, date, frozenset[str], frozenset[str], Asked], "_Order"] = Kept(
    MOST_KEPT, edition=lambda key: key[0][:2]
)


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    choices: tuple[BankChoice, ...]
    alone: Mapping[int, float]
    kept_now: float


def bank_order(basis: Basis, asked: Asked) -> NextList:
    """Return the order in which to bank; six queries beside those of figures and life tables not kept yet.

    Raises NoFiguresError with a sentence, as analysis_on.
    """
    programme, donors = basis.programme, donors_of(basis.programme)
    analysis, tables = analysis_with(basis, numbers_of(donors)), tables_on(basis, Filters())
    animals = {each.studbook_number: each for each in basis.living()}
    ages = {number: each.age_on(programme.as_of) for number, each in animals.items()}
    banked = {donor.number: donor for donor in donors}
    enough = _enough(analysis, donors, asked.enough)
    barren = _barren(basis, animals)
    wanted, young = _candidates(basis, analysis, asked, ages)
    left_out, wanted = wanted & barren, wanted - barren
    chance, by_pooled = _chances(analysis, tables, ages, asked.years)
    base = NextList(asked, [], len(wanted & enough), len(young), len(left_out), _deaths(tables), None)
    if np.isnan(chance[analysis.measured]).any() or not tables.pooled.deaths[1:].any():
        return replace(base, reason=NO_DEATHS)
    try:
        order = _kept.get(
            (basis.key, programme.as_of, enough, barren, asked),
            lambda: _ordered(analysis, enough, wanted - enough, chance),
        )
    except NumericalError as error:
        raise NoFiguresError(str(error)) from error
    rows = _rows(basis, analysis, order, animals, ages, banked, by_pooled)
    return replace(base, rows=rows, kept_now=order.kept_now)


def _enough(analysis: Analysis, donors: Sequence[Donor], portions: int) -> frozenset[str]:
    """Return the numbers of those who count as banked: the living of whom enough is in store, and of the others all of whom anything is."""
    living = {analysis.population.ids[row] for row in np.flatnonzero(analysis.measured)}
    return numbers_of(donor for donor in donors if donor.number not in living or donor.portions >= portions)


def _barren(basis: Basis, animals: Mapping[str, Animal]) -> frozenset[str]:
    """Return the numbers of those of the living that are neutered or infertile today."""
    standing = standing_on(basis.programme, timezone.localdate())
    return frozenset(number for number, each in animals.items() if standing.get(each.pk, NOTHING).barren)


def _candidates(
    basis: Basis, analysis: Analysis, asked: Asked, ages: Mapping[str, float | None]
) -> tuple[set[str], set[str]]:
    """Return the numbers of those to ask about, and of those too young, who are not."""
    sexes = [Animal.Sex(asked.sex)] if asked.sex else list(NOUNS)
    wanted: set[str] = set()
    young: set[str] = set()
    for sex in sexes:
        limits = limits_of(basis.programme, sex)
        for row in np.flatnonzero(analysis.living_of_sex(sex)):
            number = analysis.population.ids[row]
            too_young = age_mark(ages.get(number), limits) == TOO_YOUNG
            (young if too_young and not asked.young else wanted).add(number)
    return wanted & ages.keys(), young & ages.keys()


def _chances(
    analysis: Analysis, tables: Tables, ages: Mapping[str, float | None], years: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the chance of each of the living to die within the years, NaN where no table tells, and whose is that of both sexes."""
    ids, chance = analysis.population.ids, np.full(len(analysis.population), np.nan)
    by_pooled = np.zeros(len(chance), dtype=np.bool_)
    for sex, key in ((Animal.Sex.MALE, MALES), (Animal.Sex.FEMALE, FEMALES), (Animal.Sex.UNKNOWN, POOLED)):
        rows = np.flatnonzero(analysis.living_of_sex(sex))
        years_old = np.array([_known(ages.get(ids[row])) for row in rows])
        found = chance_of_death(tables.of(key), years_old, float(years))
        missing = np.isnan(found)
        found[missing] = chance_of_death(tables.of(POOLED), years_old[missing], float(years))
        chance[rows], by_pooled[rows] = found, missing
    return chance, by_pooled


def _known(age: float | None) -> float:
    return float("nan") if age is None else max(age, 0.0)


def _ordered(
    analysis: Analysis, enough: Collection[str], wanted: Collection[str], chance: NDArray[np.float64]
) -> _Order:
    ids, kinship, living = analysis.population.ids, analysis.kinship, analysis.measured
    donors, candidates = (
        np.array([number in named for number in ids], dtype=np.bool_) for named in (enough, wanted)
    )
    alone = bank_next(kinship, living, donors, chance, candidates=candidates, wanted=0)
    order = bank_next(kinship, living, donors, chance, candidates=candidates, wanted=CHOSEN, alone=alone)
    kept = alone[0].gene_diversity if alone else float("nan")
    return _Order(order, {each.animal: each.lost for each in alone}, kept)


def _deaths(tables: Tables) -> str:
    told = [
        f"{tables.of(key).deaths[1:].sum():.0f} deaths of {noun}"
        for key, noun in ((MALES, "males"), (FEMALES, "females"))
    ]
    return " and ".join(told)


def _rows(
    basis: Basis,
    analysis: Analysis,
    order: _Order,
    animals: Mapping[str, Animal],
    ages: Mapping[str, float | None],
    banked: Mapping[str, Donor],
    by_pooled: NDArray[np.bool_],
) -> list[NextRow]:
    figures, holders, ids = figures_on(basis), holders_of(basis.programme), analysis.population.ids
    rows = []
    for place, each in enumerate(order.choices, start=1):
        number = ids[each.animal]
        unique = figures.drop.uniqueness[analysis.pedigree.row(number)] if figures.drop else float("nan")
        rows.append(
            NextRow(
                place,
                animals[number],
                analysis.sex_of(number),
                ages[number],
                holders.get(animals[number].pk),
                each.chosen and each.expected > NOUGHT,
                each.chance,
                each.lost,
                each.expected,
                each.gene_diversity,
                order.alone[each.animal],
                or_none(analysis.mean_kinships[each.animal]),
                or_none(unique),
                banked.get(number),
                bool(by_pooled[each.animal]),
            )
        )
    return rows


def in_parts(rows: Sequence[NextRow]) -> tuple[list[NextRow], list[NextRow], list[NextRow]]:
    """Return those chosen one after the other, the rest with whom something is lost, and those with whom nothing is."""
    chosen = [row for row in rows if row.chosen]
    lost = [row for row in rows if not row.chosen and row.expected > NOUGHT]
    return chosen, lost, [row for row in rows if row.expected <= NOUGHT]
