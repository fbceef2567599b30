"""What the book tells of each row beyond its parents: when it was born, whether it can still leave young."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from pedigree.structure import Pedigree
from studbook.animals.models import Animal
from studbook.core.dates import DAYS_IN_YEAR, DateInterval
from studbook.population.basis import Basis
from studbook.population.breeders import limits_of
from studbook.programmes.models import Programme

CAN_BREED, PAST_BREEDING = 1.0, 0.0


def births_of(programme: Programme, pedigree: Pedigree) -> NDArray[np.float64]:
    """Return each row's birth in years, by the middle of its interval; NaN where it is not known; one query."""
    rows = programme.animals.order_by().values_list("studbook_number", "birth_earliest", "birth_latest")
    births = {number: _years(earliest, latest) for number, earliest, latest in rows}
    return np.array([births.get(number, np.nan) for number in pedigree.ids], dtype=np.float64)


def _years(earliest: date | None, latest: date | None) -> float:
    if earliest is None or latest is None:
        return float("nan")
    return DateInterval(earliest, latest).middle.toordinal() / DAYS_IN_YEAR


def reproductive_values(basis: Basis, population: Pedigree) -> NDArray[np.float64]:
    """Return 1 for each row that may still breed, 0 for one past the last breeding age of its sex; one query.

    Only the programme's own ages are taken: who has none set, or no birth date, may still breed.
    """
    programme = basis.programme
    last = {sex: limits_of(programme, sex).last for sex in (Animal.Sex.MALE, Animal.Sex.FEMALE)}
    past = {
        animal.studbook_number
        for animal in basis.living().order_by()
        if _past(animal.age_on(programme.as_of), last.get(Animal.Sex(animal.sex)))
    }
    return np.array([PAST_BREEDING if number in past else CAN_BREED for number in population.ids])


def who_counts(programme: Programme) -> str:
    """Return in a sentence which of the living the reproductive values count."""
    limits = programme.male_last_breeding_years, programme.female_last_breeding_years
    if limits == (None, None):
        return "The programme sets no last breeding ages, so all the living count."
    return "An animal past the last breeding age that the programme sets for its sex does not count."


def _past(age: float | None, last: int | None) -> bool:
    # A last breeding age of 15 years lasts until the sixteenth birthday.
    return age is not None and last is not None and age >= last + 1
