"""The population by age and sex on a day, beside what it would be if it were stable, with the breeding ages marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from studbook.animals.models import Animal
from studbook.core.dates import DAYS_IN_YEAR
from studbook.core.downloads import Table
from studbook.population.age_figure import AgeClass, AgeFigure, Bars, classes_of, drawn_classes
from studbook.population.breeders import limits_of
from studbook.population.demography.book import Member
from studbook.population.demography.sets import PopulationSet
from studbook.population.demography.tables import FEMALES, MALES, Tables
from studbook.population.figures import points
from studbook.programmes.models import Programme

COLUMNS = ("age_from", "age_to", "males", "females", "unknown_sex", "males_stable", "females_stable")


@dataclass(frozen=True, slots=True)
class BreedingAges:
    """From which age to which a sex breeds, in years; `observed` where the programme sets none and the book tells."""

    first: float
    last: float
    observed: bool


@dataclass(frozen=True, slots=True)
class PyramidClass:
    """One age class: its bars, how many of each sex a stable population of as many would have there, who may breed."""

    bars: Bars
    male_stable: float | None
    female_stable: float | None
    male_breeds: bool
    female_breeds: bool


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Everything the template of the pyramid places; `male_line` and `female_line` outline the stable population, "" without."""

    on: date
    figure: AgeFigure
    classes: list[PyramidClass]
    male_line: str
    female_line: str
    breeding: dict[str, BreedingAges]


def age_on(member: Member, day: date) -> int | None:
    """Return an animal's age on a day in whole years of 365.25 days, as the life tables count; None without a birth date."""
    if member.birth is None or member.birth > day:
        return None
    return int((day - member.birth).days // DAYS_IN_YEAR)


def pyramid_on(
    chosen: PopulationSet, tables: Tables, breeding: dict[str, BreedingAges], day: date
) -> Pyramid | None:
    """Return the pyramid of a day; None when nobody of a known age was there."""
    present = [presence.member for presence, _ in chosen.on(day)]
    aged = [(age, member.sex) for member in present if (age := age_on(member, day)) is not None]
    classes = classes_of(aged)
    stable = {sex: _stable(classes, tables, sex) for sex in (MALES, FEMALES)}
    return drawn_pyramid(day, classes, len(present) - len(aged), stable, breeding)


def drawn_pyramid(
    day: date,
    classes: Sequence[AgeClass],
    undated: int,
    stable: dict[str, list[float | None]],
    breeding: dict[str, BreedingAges],
) -> Pyramid | None:
    """Return the drawing of age classes, given how many a stable population would have in each; None of none."""
    most = max((value for values in stable.values() for value in values if value is not None), default=1)
    figure = drawn_classes(classes, undated, max(1, most))
    if figure is None:
        return None
    return Pyramid(
        day,
        figure,
        [
            PyramidClass(
                bars,
                male,
                female,
                _breeds(bars.age_class, breeding.get(MALES)),
                _breeds(bars.age_class, breeding.get(FEMALES)),
            )
            for bars, male, female in zip(figure.classes, stable[MALES], stable[FEMALES], strict=True)
        ],
        _outline(figure, MALES, stable[MALES]),
        _outline(figure, FEMALES, stable[FEMALES]),
        breeding,
    )


def breeding_ages(
    programme: Programme, observed: dict[str, tuple[float, float] | None]
) -> dict[str, BreedingAges]:
    """Return the breeding ages by sex: the programme's where it sets both, else those observed."""
    found = {}
    for sex in (MALES, FEMALES):
        limits = limits_of(programme, Animal.Sex(sex))
        if limits.first is not None and limits.last is not None:
            found[sex] = BreedingAges(limits.first, limits.last, observed=False)
        elif seen := observed.get(sex):
            found[sex] = BreedingAges(*seen, observed=True)
    return found


def pyramid_file(pyramid: Pyramid | None) -> Table:
    """Return the numbers of the pyramid, youngest first."""
    return Table(COLUMNS, (_line(each) for each in (pyramid.classes if pyramid else [])))


def _line(each: PyramidClass) -> list[float | None]:
    age_class, census = each.bars.age_class, each.bars.age_class.census
    counts = [census.male, census.female, census.unknown]
    return [age_class.first, age_class.last, *counts, each.male_stable, each.female_stable]


def _stable(classes: Sequence[AgeClass], tables: Tables, sex: str) -> list[float | None]:
    share = tables.of(sex).cx
    if not len(share) or np.isnan(share).any():
        return [None] * len(classes)
    number = sum(each.census.male if sex == MALES else each.census.female for each in classes)
    return [float(number * share[each.first : each.last + 1].sum()) for each in classes]


def _breeds(age_class: AgeClass, ages: BreedingAges | None) -> bool:
    return ages is not None and ages.first < age_class.last + 1 and age_class.first <= ages.last


def _outline(figure: AgeFigure, sex: str, stable: Sequence[float | None]) -> str:
    corners = []
    for bars, value in zip(figure.classes, stable, strict=True):
        if value is None:
            return ""
        x = figure.reaches(sex, value)
        corners += [(x, bars.y + figure.bar + 1), (x, bars.y - 1)]
    return points(corners)
