"""A male and a female at one zoo, whose keeper and registrar log what becomes of them, and another zoo.

And a couple of which there is a second male, who has died.
"""

from dataclasses import dataclass

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.models import Pairing
from studbook.reproduction.pairings.actions import introduce_pair
from tests import factories

BORN = DateInterval.parse("2015-05-03")
LONG_AGO, DIED = DateInterval.parse("2010-05-01"), DateInterval.parse("2019-03-01")


def day(words: str) -> DateInterval:
    return DateInterval.parse(words)


@pytest.fixture
def sire(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(
        zoo, programme=programme, studbook_number="21", house_name="Baruto", sex="M", birth=BORN
    )


@pytest.fixture
def dam(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(
        zoo, programme=programme, studbook_number="22", house_name="Khala", sex="F", birth=BORN
    )


@pytest.fixture
def away(programme: Programme) -> Institution:
    made: Institution = factories.InstitutionFactory(mnemonic="ZOOB", name="Zoo B")
    factories.ParticipationFactory(programme=programme, institution=made)
    return made


@pytest.fixture
def rex(away: Institution) -> User:
    """Return the registrar of the other zoo."""
    person: User = factories.UserFactory(username="rex")
    factories.InstitutionRoleFactory(user=person, institution=away, role="registrar")
    return person


@pytest.fixture
def pair(programme: Programme, sire: Animal, dam: Animal, bo: User) -> Pairing:
    return introduce_pair(programme, sire=sire, dam=dam, on=day("2025-02-01"), by=bo)


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
        return factories.animal_at(zoo, programme=programme, studbook_number=number, sex=sex, birth=LONG_AGO)

    late: Animal = factories.AnimalFactory(
        programme=programme,
        studbook_number="1",
        sex="M",
        birth=LONG_AGO,
        death=DIED,
        status=Animal.Status.DEAD,
    )
    factories.EventFactory(animal=late, institution=zoo, date=LONG_AGO)
    factories.EventFactory(animal=late, institution=zoo, date=DIED, kind="death", sequence=2)
    factories.HoldingFactory(animal=late, institution=zoo, start=LONG_AGO.earliest, end=DIED.earliest)
    return Couple(programme, zoo, at_home("2", "M"), late, at_home("3", "F"))
