"""The population as it was frozen: the very objects that the population's pages compute with, made of plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from pedigree.errors import NumericalError, PedigreeError
from pedigree.structure import Parent, Pedigree, Record
from pedigree.summary import Summary, summarise
from studbook.animals.models import Animal
from studbook.core.dates import DAYS_IN_YEAR
from studbook.institutions.models import Institution
from studbook.planning.paper.plain import Plain
from studbook.population.analysis import Analysis, NoFiguresError, analysed
from studbook.population.breeders import Breeder, age_mark, limits_of
from studbook.population.demography.book import Book as Lives
from studbook.population.demography.book import Member
from studbook.population.demography.filters import Filters
from studbook.population.demography.sets import PopulationSet, set_of
from studbook.population.demography.tables import Tables, tables_of
from studbook.population.demography.vital import Vital, vital_of
from studbook.population.genetics.figures import Figures, figures_of
from studbook.population.genetics.reproductive_values import values_of
from studbook.population.pedigrees import Book
from studbook.population.provisional import Unconfirmed
from studbook.population.stays import Stay
from studbook.programmes.models import Programme

SEXES = (Animal.Sex.MALE, Animal.Sex.FEMALE)


@dataclass(frozen=True, slots=True, eq=False)
class Remade:
    """A frozen book, computed. `recorded` are the figures without the plan's overlays, those of `analysis` without any.

    `told` is what was frozen of each animal; `programme`, `places`, `animals` and `breeders` are made of it and never saved.
    `ages` are those of the living, in years on the day.
    """

    programme: Programme
    places: dict[int, Institution]
    told: Plain
    animals: Mapping[str, Animal]
    ages: dict[str, float | None]
    breeders: dict[str, Breeder]
    analysis: Analysis
    figures: Figures
    recorded: Summary | None
    recorded_living: int
    chosen: PopulationSet
    tables: Tables
    vital: Vital

    def animal(self, number: str) -> Animal:
        """Return an animal of the book, or one that an overlay assumes."""
        found = self.animals.get(number)
        return found or Animal(
            studbook_number=number, house_name="(assumed)", sex=self.analysis.sex_of(number)
        )

    def named(self, number: str) -> str:
        return str(self.animal(number))


def remade(book: Plain) -> Remade:
    """Return the population of frozen inputs; no query. Raises NoFiguresError where a figure is impossible."""
    try:
        return _remade(book)
    except (NumericalError, PedigreeError) as error:
        raise NoFiguresError(str(error)) from error


def _remade(book: Plain) -> Remade:
    programme, places = _programme(book["programme"]), _places(book["places"])
    ages = {number: told["age"] for number, told in book["animals"].items() if "age" in told}
    recorded, assumed = _recorded(book), _assumed(book)
    animals = _Animals(book["animals"])
    analysis = analysed(programme.revision, assumed or recorded)
    lives = _lives(book, places, programme.as_of)
    chosen = set_of(lives, Filters())
    tables = tables_of(chosen)
    last = {sex: limits_of(programme, sex).last for sex in SEXES}
    births = {number: day_in(on).toordinal() / DAYS_IN_YEAR for number, on in book["births"].items()}
    return Remade(
        programme=programme,
        places=places,
        told=book["animals"],
        animals=animals,
        ages=ages,
        breeders=_breeders(book["animals"], animals, programme, places, analysis),
        analysis=analysis,
        figures=figures_of(
            analysis,
            values_of(tables, analysis.population, ages, last),
            np.array([births.get(number, np.nan) for number in analysis.pedigree.ids], dtype=np.float64),
        ),
        recorded=_summary(recorded) if assumed else analysis.summary,
        recorded_living=len(book["living"]),
        chosen=chosen,
        tables=tables,
        vital=vital_of(chosen),
    )


def _programme(told: Plain) -> Programme:
    columns = {name: value for name, value in told.items() if name != "as_of"}
    return Programme(**columns, current_to=day_in(told["as_of"]))


def _places(told: Plain) -> dict[int, Institution]:
    return {int(key): Institution(**columns) for key, columns in told.items()}


def _recorded(book: Plain) -> Book:
    pedigree = Pedigree.from_records(_record(*each) for each in book["records"])
    return Book(pedigree, pedigree.mask(book["living"]), unconfirmed=_unconfirmed(book))


def _assumed(book: Plain) -> Book | None:
    told = book["assumed"]
    if told is None:
        return None
    pedigree = Pedigree.from_records(
        (_record(*each) for each in told["records"]),
        founder_kinship={(one, other): kinship for one, other, kinship in told["founder_kinship"]},
    )
    excluded = set(told["excluded"])
    living = pedigree.mask(number for number in book["living"] if number not in excluded)
    return Book(pedigree, living, frozenset(told["hypothetical"]), _unconfirmed(book))


def _unconfirmed(book: Plain) -> Unconfirmed:
    told = book["unconfirmed"]
    return Unconfirmed(frozenset(told["arrived"]), frozenset(told["left"]))


def _summary(book: Book) -> Summary | None:
    return summarise(book.pedigree, book.living) if book.living.any() else None


def _record(number: str, sire: Any, dam: Any, sex: int, litter: str | None, twin_of: str | None) -> Record:
    return Record(number, parent_in(sire), parent_in(dam), sex, twin_of=twin_of, litter=litter)


def parent_in(told: Any) -> Parent:
    """Return a parent from plain values."""
    return tuple((who, share) for who, share in told) if isinstance(told, list) else told


def _lives(book: Plain, places: dict[int, Institution], as_of: date) -> Lives:
    members = tuple(_member(*each) for each in book["members"])
    return Lives(members, places, as_of, by_number={each.number: each for each in members})


def _member(
    number: str,
    sex: str,
    origin: str,
    birth: str | None,
    death: str | None,
    slack: int,
    sire: Any,
    dam: Any,
    held: list[Any],
    outside: list[Any],
) -> Member:
    return Member(
        number,
        Animal.Sex(sex),
        origin,
        maybe_day(birth),
        maybe_day(death),
        slack,
        parent_in(sire),
        parent_in(dam),
        tuple(_stay(*each) for each in held),
        tuple(_stay(*each) for each in outside),
    )


def _stay(start: str, end: str | None, place: int | None) -> Stay:
    return Stay(day_in(start), maybe_day(end), place)


def _breeders(
    told_of: Plain,
    animals: Mapping[str, Animal],
    programme: Programme,
    places: Mapping[int, Institution],
    analysis: Analysis,
) -> dict[str, Breeder]:
    limits = {sex: limits_of(programme, sex) for sex in SEXES}
    found = {}
    for number, told in told_of.items():
        if "age" not in told:
            continue
        animal = animals[number]
        sex = analysis.sex_of_animal(animal)
        if sex in limits:
            marked = age_mark(told["age"], limits[sex])
            found[number] = Breeder(animal, told["age"], marked, places.get(told["holder"]))
    return found


class _Animals(Mapping[str, Animal]):
    """The animals of a book by number, each made when it is first asked for."""

    def __init__(self, told: Plain) -> None:
        self._told = told
        self._made: dict[str, Animal] = {}

    def __getitem__(self, number: str) -> Animal:
        if number not in self._made:
            told = self._told[number]
            self._made[number] = Animal(
                studbook_number=number, house_name=told["house_name"], sex=told["sex"], status=told["status"]
            )
        return self._made[number]

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)


def day_in(words: str) -> date:
    """Return a day from plain values."""
    return date.fromisoformat(words)


def maybe_day(words: str | None) -> date | None:
    """Return a day from plain values, None where there is none."""
    return date.fromisoformat(words) if words else None
