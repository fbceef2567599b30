"""A family of the zoo with a foreign cousin, and how corrections are made in these tests."""

from collections.abc import Callable
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

Sent = Callable[..., Any]


@pytest.fixture
def other_zoo(programme: Programme) -> Institution:
    made: Institution = factories.InstitutionFactory(mnemonic="ZOOB", name="Zoo B")
    factories.ParticipationFactory(programme=programme, institution=made)
    return made


@pytest.fixture
def sire(programme: Programme, zoo: Institution) -> Animal:
    born = DateInterval.parse("2010-05-03")
    return factories.animal_at(zoo, programme=programme, studbook_number="10", sex="M", birth=born)


@pytest.fixture
def dam(programme: Programme, zoo: Institution) -> Animal:
    born = DateInterval.parse("2010-06-03")
    return factories.animal_at(zoo, programme=programme, studbook_number="11", birth=born)


@pytest.fixture
def cub(programme: Programme, zoo: Institution, sire: Animal, dam: Animal) -> Animal:
    """Return the young of the two: 12 Zeia, female, born 2018-05-03 at Zoo A."""
    columns = {"studbook_number": "12", "house_name": "Zeia", "sire": sire, "dam": dam}
    return factories.animal_at(zoo, programme=programme, birth=DateInterval.parse("2018-05-03"), **columns)


@pytest.fixture
def foreign(programme: Programme, other_zoo: Institution) -> Animal:
    """Return an animal that another zoo holds: 20, female, born 2018-05-03 at Zoo B."""
    return factories.animal_at(other_zoo, programme=programme, studbook_number="20")


@pytest.fixture
def sent(client: Any) -> Sent:
    """Return a function that sends a form as a person and returns the answer."""

    def send(person: User, address: str, **words: Any) -> Any:
        client.force_login(person)
        return client.post(address, words)

    return send
