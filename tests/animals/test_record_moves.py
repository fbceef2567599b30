"""Transfers and deaths recorded: both timelines, the trail, and what is refused."""

from datetime import date

import pytest

from studbook.accounts.models import User
from studbook.animals.actions import record_death, record_transfer
from studbook.animals.models import Animal, Holding
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import (
    AnimalFactory,
    InstitutionFactory,
    animal_at,
)

pytestmark = pytest.mark.django_db

MAY_2012 = DateInterval.parse("2012-05-01")
MALE, FEMALE = Animal.Sex.MALE, Animal.Sex.FEMALE


@pytest.fixture
def cub(programme: Programme, zoo: Institution) -> Animal:
    return animal_at(zoo, programme=programme, studbook_number="7", birth=DateInterval.parse("2010-05-01"))


def transfer(animal: Animal, by: User, to: Institution, terms: str = "donation", **more: object) -> None:
    record_transfer(animal, to=to, on=MAY_2012, terms=terms, by=by, reason="plan", **more)  # type: ignore[arg-type]


def places(animal: Animal) -> list[tuple[str, date, date | None]]:
    return [(stay.institution.name, stay.start, stay.end) for stay in animal.holdings.all()]


def test_record_transfer__moves_holder_and_owner(cub: Animal, ada: User) -> None:
    other = InstitutionFactory(name="Zoo B")
    transfer(cub, ada, other)
    day = date(2012, 5, 1)
    assert places(cub) == [("Zoo A", date(2010, 5, 1), day), ("Zoo B", day, None)]
    assert [each.institution for each in cub.ownerships.all()][-1] == other
    event = cub.events.last()
    assert (event.kind, event.sequence, event.from_institution.name) == ("transfer", 2, "Zoo A")
    assert other.participations.get().programme == cub.programme
    assert cub.version == 2


def test_record_transfer__loan_and_return_leave_the_owner(cub: Animal, ada: User, zoo: Institution) -> None:
    transfer(cub, ada, InstitutionFactory(), terms="loan")
    transfer(cub, ada, zoo, terms="loan return")
    assert cub.ownerships.get().institution == zoo
    assert Holding.objects.get(animal=cub, end=None).institution == zoo


def test_record_transfer__refuses_the_second_of_two_receivers(cub: Animal, ada: User) -> None:
    seen_by_the_second = Animal.objects.get(pk=cub.pk)
    transfer(cub, ada, InstitutionFactory())
    with pytest.raises(StaleRecordError):
        transfer(seen_by_the_second, ada, InstitutionFactory())
    assert cub.holdings.filter(end=None).count() == 1
    assert cub.events.count() == 2


@pytest.mark.parametrize("status", ["released", "lost"])
def test_record_transfer__refuses_an_animal_that_is_not_there(cub: Animal, ada: User, status: str) -> None:
    Animal.objects.filter(pk=cub.pk).update(status=status)
    with pytest.raises(StudbookError, match="cannot be sent"):
        transfer(cub, ada, InstitutionFactory())


def test_record_transfer__refuses_where_it_is_already(cub: Animal, ada: User, zoo: Institution) -> None:
    with pytest.raises(StudbookError, match="is at Zoo A already"):
        transfer(cub, ada, zoo)


@pytest.mark.parametrize(
    ("terms", "owned_by_receiver", "sentence"),
    [
        ("gift", False, "are no terms of a transfer"),
        ("loan return", False, "cannot return from a loan"),
        ("loan", True, "Choose “loan return”"),
    ],
)
def test_record_transfer__refuses_terms_that_cannot_be(
    cub: Animal, ada: User, terms: str, owned_by_receiver: bool, sentence: str
) -> None:
    to = InstitutionFactory()
    if owned_by_receiver:
        cub.ownerships.update(institution=to)
    with pytest.raises(StudbookError, match=sentence):
        transfer(cub, ada, to, terms=terms)


def test_record_transfer__refuses_a_wild_area(cub: Animal, ada: User) -> None:
    with pytest.raises(StudbookError, match="Record a release instead"):
        transfer(cub, ada, InstitutionFactory(kind=Institution.Kind.WILD))


@pytest.mark.parametrize(
    ("on", "sentence"), [("2009", "has a later event in the book"), ("2999", "lies in the future")]
)
def test_record_transfer__refuses_a_day_that_cannot_be(
    cub: Animal, ada: User, on: str, sentence: str
) -> None:
    with pytest.raises(StudbookError, match=sentence):
        record_transfer(cub, to=InstitutionFactory(), on=DateInterval.parse(on), terms="", by=ada, reason="")


def test_record_death__closes_the_book_of_an_animal(cub: Animal, ada: User) -> None:
    record_death(cub, on=MAY_2012, cause="old age", by=ada, reason="necropsy")
    assert (cub.status, str(cub.death), cub.version) == ("dead", "2012-05-01", 2)
    assert places(cub) == [("Zoo A", date(2010, 5, 1), date(2012, 5, 1))]
    assert cub.ownerships.get().end == date(2012, 5, 1)
    assert (cub.events.last().institution.name, cub.events.last().cause) == ("Zoo A", "old age")


def test_record_death__refuses_a_second_one(cub: Animal, ada: User) -> None:
    record_death(cub, on=MAY_2012, cause="", by=ada, reason="")
    with pytest.raises(StudbookError, match="7 died 2012-05-01 already"):
        record_death(cub, on=MAY_2012, cause="", by=ada, reason="")


def test_record_death__refuses_a_dam_that_gave_birth_later(cub: Animal, ada: User) -> None:
    AnimalFactory(programme=cub.programme, dam=cub, birth=DateInterval.parse("2013"))
    with pytest.raises(StudbookError, match="is the dam of"):
        record_death(cub, on=MAY_2012, cause="", by=ada, reason="")


def test_record_death__takes_a_released_animal(cub: Animal, ada: User) -> None:
    cub.holdings.update(end=date(2011, 1, 1))
    Animal.objects.filter(pk=cub.pk).update(status="released")
    record_death(cub, on=MAY_2012, cause="", by=ada, reason="found dead")
    assert (cub.status, cub.events.last().institution) == ("dead", None)
