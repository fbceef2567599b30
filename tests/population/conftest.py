"""A small book: two founder pairs, their young, and pairs of cousins among the living."""

from dataclasses import dataclass

import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import FounderFactory, InstitutionFactory, ParticipationFactory, animal_at

DEAD = {"status": Animal.Status.DEAD, "death": DateInterval.parse("1980")}


@dataclass(frozen=True)
class Family:
    """The animals by number: founders 1 x 2 and 3 x 4 (dead); 5, 6 of 1 x 2; 7, 8 of 3 x 4; 9 of 5 x 8, 10 of 7 x 6."""

    programme: Programme
    zoo: Institution
    kazan: Institution
    animals: dict[str, Animal]

    def __getitem__(self, number: int) -> Animal:
        return self.animals[str(number)]


@pytest.fixture
def kazan(programme: Programme) -> Institution:
    """Return a second zoo, far away and in another region."""
    place: Institution = InstitutionFactory(
        mnemonic="KAZAN", name="Kazan", region="EARAZA", country="RU", latitude=55.796, longitude=49.106
    )
    ParticipationFactory(programme=programme, institution=place)
    return place


@pytest.fixture
def family(programme: Programme, zoo: Institution, kazan: Institution) -> Family:
    """Return the family; 5 to 10 are living, even numbers female, 9 and 10 (cousins twice over) at different zoos."""
    animals = {
        str(number): FounderFactory(
            programme=programme, studbook_number=str(number), sex="F" if number % 2 == 0 else "M", **DEAD
        )
        for number in (1, 2, 3, 4)
    }
    for number, sire, dam, place in (
        (5, 1, 2, zoo),
        (6, 1, 2, kazan),
        (7, 3, 4, zoo),
        (8, 3, 4, kazan),
        (9, 5, 8, zoo),
        (10, 7, 6, kazan),
    ):
        animals[str(number)] = animal_at(
            place,
            programme=programme,
            studbook_number=str(number),
            house_name=f"Cat {number}",
            sex="F" if number % 2 == 0 else "M",
            birth=DateInterval.parse("2014-05-01" if number < 9 else "2020-05-01"),
            sire=animals[str(sire)],
            dam=animals[str(dam)],
        )
    return Family(programme, zoo, kazan, animals)
