"""A male and a female at one zoo, whose keeper and registrar log what becomes of them, and another zoo."""

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
