"""A pair at a zoo, of which the male has died; the day that the tests call today is one of theirs."""

from dataclasses import dataclass

import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory, EventFactory, HoldingFactory, animal_at

BORN = DateInterval.parse("2010-05-01")
DIED = DateInterval.parse("2019-03-01")


@dataclass
class Couple:
    """`late` died in 2019 at the zoo; `sire` lives there, as does `dam`."""

    programme: Programme
    zoo: Institution
    sire: Animal
    late: Animal
    dam: Animal


@pytest.fixture
def couple(programme: Programme, zoo: Institution) -> Couple:
    def at_home(number: str, sex: str) -> Animal:
        return animal_at(zoo, programme=programme, studbook_number=number, sex=sex, birth=BORN)

    late: Animal = AnimalFactory(
        programme=programme,
        studbook_number="1",
        sex="M",
        birth=BORN,
        death=DIED,
        status=Animal.Status.DEAD,
    )
    EventFactory(animal=late, institution=zoo, date=BORN)
    EventFactory(animal=late, institution=zoo, date=DIED, kind="death", sequence=2)
    HoldingFactory(animal=late, institution=zoo, start=BORN.earliest, end=DIED.earliest)
    return Couple(programme, zoo, at_home("2", "M"), late, at_home("3", "F"))
