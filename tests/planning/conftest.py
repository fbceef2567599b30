"""A small book: four founders, their children at two zoos, cousins among them."""

from dataclasses import dataclass

import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import FounderFactory, InstitutionFactory, ParticipationFactory, animal_at

BORN = DateInterval.parse("2015-05-03")


@dataclass
class SmallBook:
    """`sire` and `dam` are first cousins at two zoos; `brother` and `sister` are full siblings at one."""

    programme: Programme
    zoo: Institution
    other_zoo: Institution
    sire: Animal
    dam: Animal
    brother: Animal
    sister: Animal
    stranger: Animal


@pytest.fixture
def other_zoo(programme: Programme) -> Institution:
    made: Institution = InstitutionFactory(
        mnemonic="ZOOB", name="Zoo B", city="Новосибирск", country="RU", latitude=55.0, longitude=82.9
    )
    ParticipationFactory(programme=programme, institution=made)
    return made


@pytest.fixture
def book(programme: Programme, zoo: Institution, other_zoo: Institution) -> SmallBook:
    def founder(number: str, sex: str) -> Animal:
        made: Animal = FounderFactory(
            programme=programme,
            studbook_number=number,
            sex=sex,
            status=Animal.Status.DEAD,
            death=DateInterval.parse("1990"),
        )
        return made

    def born(number: str, sex: str, place: Institution, **columns: object) -> Animal:
        return animal_at(place, programme=programme, studbook_number=number, sex=sex, birth=BORN, **columns)

    first, second, third, fourth = (founder(str(number), sex) for number, sex in enumerate("MFMF", start=1))
    brother = born("11", "M", zoo, sire=first, dam=second, house_name="Boris")
    sister = born("12", "F", zoo, sire=first, dam=second, house_name="Sonya")
    sire = born("21", "M", zoo, sire=brother, dam=fourth, house_name="Baruto")
    dam = born("22", "F", other_zoo, sire=third, dam=sister, house_name="Khala")
    stranger = born("31", "F", zoo, house_name="Zoya")
    return SmallBook(programme, zoo, other_zoo, sire, dam, brother, sister, stranger)
