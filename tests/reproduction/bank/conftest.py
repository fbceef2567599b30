"""A donor, a sample of his at the zoo, a zoo elsewhere, and an insemination in the book."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval, interval_columns
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank.storing import Description, Storage
from studbook.reproduction.models import Insemination, Procedure, Sample
from tests import factories

COLLECTED = DateInterval.parse("2025-06-01")
LATER = date(2025, 7, 1)
Described = Callable[..., Description]
Stored = Callable[..., Storage]


@pytest.fixture
def donor(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(
        zoo, programme=programme, studbook_number="12", house_name="Baruto", sex=Animal.Sex.MALE
    )


@pytest.fixture
def away(programme: Programme) -> Institution:
    made: Institution = factories.InstitutionFactory(mnemonic="ZOOB", name="Zoo B")
    factories.ParticipationFactory(programme=programme, institution=made)
    return made


@pytest.fixture
def sample(programme: Programme, zoo: Institution, donor: Animal) -> Sample:
    made: Sample = factories.SampleFactory(
        programme=programme, donor=donor, institution=zoo, label="12-A", tank="1", position="3"
    )
    return made


@pytest.fixture
def described() -> Described:
    """Return a function that describes a sample of semen, but for what is said."""

    def describe(**told: Any) -> Description:
        return Description(**{"kind": "semen", "collected": COLLECTED, **told})

    return describe


@pytest.fixture
def stored(donor: Animal, zoo: Institution) -> Stored:
    """Return a function that says six straws of the donor stored at the zoo, but for what is said."""

    def store(**told: Any) -> Storage:
        return Storage(**{"donor": donor, "units": 6, "institution": zoo, "owner": zoo, **told})

    return store


def procedure_of(animal: Animal, place: Institution, kind: str, day: str = "2025-07-01") -> Procedure:
    return Procedure.objects.create(
        programme=animal.programme,
        kind=kind,
        animal=animal,
        institution=place,
        **interval_columns("date", DateInterval.parse(day)),
    )


@pytest.fixture
def insemination(programme: Programme, zoo: Institution, donor: Animal) -> Procedure:
    dam = factories.animal_at(zoo, programme=programme, studbook_number="13", house_name="Khala")
    made = procedure_of(dam, zoo, Procedure.Kind.INSEMINATION)
    Insemination.objects.create(procedure=made, donor=donor, route="cervix")
    return made
