from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories


@pytest.fixture
def book(programme: Programme, zoo: Institution) -> None:
    sires = [
        factories.FounderFactory(programme=programme, studbook_number=number, sex=Animal.Sex.MALE)
        for number in ("1", "2")
    ]
    young = factories.animal_at(
        zoo,
        programme=programme,
        studbook_number="10",
        house_name="Zeia",
        sire_kind="several",
        birth=DateInterval.parse("about May 2019"),
    )
    for sire, share in zip(sires, ("0.25", "0.75"), strict=True):
        factories.ParentCandidateFactory(animal=young, parent=sire, probability=Decimal(share))


def url(name: str, *arguments: str) -> str:
    return reverse(name, args=["leopards", *arguments])


def test_animals__come_in_the_order_of_their_numbers(book: None, olga: User, client: Client) -> None:
    client.force_login(olga)
    answer = client.get(url("api_animals")).json()
    assert [animal["studbook_number"] for animal in answer["results"]] == ["1", "2", "10"]
    assert answer["count"] == 3


def test_animals__tell_of_which_an_entry_is_provisional(book: None, olga: User, client: Client) -> None:
    factories.ObservationFactory(animal=Animal.objects.get(studbook_number="10"), provisional=True)
    client.force_login(olga)
    answer = client.get(url("api_animals")).json()["results"]
    assert [each["provisional"] for each in answer] == [False, False, True]
    assert client.get(url("api_animal", "10")).json()["provisional"]


def test_animals__take_the_filters_of_the_page(book: None, olga: User, client: Client) -> None:
    client.force_login(olga)
    found = client.get(url("api_animals"), {"sex": "F"}).json()["results"]
    assert [animal["studbook_number"] for animal in found] == ["10"]
    assert client.get(url("api_animals"), {"sex": "X"}).status_code == 400


def test_animal__tells_dates_and_parents_as_they_are_known(book: None, olga: User, client: Client) -> None:
    client.force_login(olga)
    animal = client.get(url("api_animal", "10")).json()
    assert animal["birth"] == {"earliest": "2019-04-01", "latest": "2019-06-30", "text": "about May 2019"}
    assert (animal["sire_kind"], animal["sire"], animal["holder"]) == ("several", None, "ZOOA")
    assert {each["studbook_number"]: each["probability"] for each in animal["parent_candidates"]} == {
        "1": 0.25,
        "2": 0.75,
    }


def test_animals__do_not_exist_for_a_stranger(book: None, cy: User, client: Client) -> None:
    client.force_login(cy)
    assert client.get(url("api_animals")).status_code == 404
    assert client.get(url("api_animal", "10")).status_code == 404
    assert client.get(reverse("api_programmes")).json()["results"] == []


def test_animals__are_read_in_a_fixed_number_of_queries(
    book: None, olga: User, programme: Programme, client: Client, django_assert_max_num_queries: object
) -> None:
    client.force_login(olga)
    factories.AnimalFactory.create_batch(40, programme=programme)
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        client.get(url("api_animals"))


def test_schema__describes_every_endpoint(olga: User, client: Client) -> None:
    client.force_login(olga)
    schema = client.get(reverse("api_schema"), HTTP_ACCEPT="application/json").text
    assert "/api/programmes/{code}/animals/{number}/" in schema
