"""The list of animals: what a search and each filter finds, the order, the counts, the queries."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from studbook.animals.models import Animal, ParentKind
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import (
    AnimalFactory,
    FounderFactory,
    HoldingFactory,
    IdentifierFactory,
    InstitutionFactory,
    OwnershipFactory,
    ParentCandidateFactory,
    ParticipationFactory,
    ProgrammeFactory,
    animal_at,
)


@pytest.fixture
def kazan(programme: Programme) -> Institution:
    """Return a second zoo, in another region."""
    zoo: Institution = InstitutionFactory(mnemonic="KAZAN", name="Kazan", region="EARAZA", country="RU")
    ParticipationFactory(programme=programme, institution=zoo)
    return zoo


@pytest.fixture
def book(programme: Programme, zoo: Institution, kazan: Institution) -> dict[str, Animal]:
    """Return a small book, each animal different in something a filter asks for."""
    return {
        animal.studbook_number: animal
        for animal in (
            _founder(programme, zoo),
            _born_1999_died_2010(programme, zoo),
            _on_loan(programme, zoo, kazan),
            _young(programme, kazan),
        )
    }


def _founder(programme: Programme, zoo: Institution) -> Animal:
    animal: Animal = FounderFactory(
        programme=programme,
        studbook_number="1",
        sex="M",
        status="lost",
        birth=DateInterval.parse("about 1961"),
    )
    HoldingFactory(animal=animal, institution=zoo, start=date(1963, 1, 1), end=date(1970, 1, 1))
    return animal


def _born_1999_died_2010(programme: Programme, zoo: Institution) -> Animal:
    animal: Animal = AnimalFactory(
        programme=programme,
        studbook_number="2",
        house_name="Zenura",
        status="dead",
        birth=DateInterval.parse("1999"),
        death=DateInterval.parse("2010-07-02"),
    )
    HoldingFactory(
        animal=animal, institution=zoo, start=date(1999, 7, 2), end=date(2010, 7, 2), local_id="L77"
    )
    return animal


def _on_loan(programme: Programme, zoo: Institution, kazan: Institution) -> Animal:
    animal: Animal = AnimalFactory(
        programme=programme,
        studbook_number="10",
        house_name="Baruto",
        sex="M",
        birth=DateInterval.parse("2010-11-01"),
    )
    HoldingFactory(animal=animal, institution=zoo, start=date(2010, 11, 1), end=date(2012, 1, 1))
    HoldingFactory(animal=animal, institution=kazan, start=date(2012, 1, 1), local_id="M0499")
    OwnershipFactory(animal=animal, institution=zoo, start=date(2010, 11, 1))
    IdentifierFactory(animal=animal, value="978000000000123")
    return animal


def _young(programme: Programme, kazan: Institution) -> Animal:
    return animal_at(
        kazan,
        programme=programme,
        studbook_number="9",
        house_name="",
        sex="U",
        birth=DateInterval.parse("2025-06-01"),
        birth_type="unknown",
    )


def found(client: Any, **asked: str) -> list[str]:
    response = client.get(reverse("animals", args=["leopards"]), asked)
    assert response.status_code == 200
    return [row.animal.studbook_number for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, ["1", "2", "9", "10"]),
        ({"q": "10"}, ["10"]),
        ({"q": "zenu"}, ["2"]),
        ({"q": "m0499"}, ["10"]),
        ({"q": "978000000000123"}, ["10"]),
        ({"q": "nobody"}, []),
        ({"sex": "M"}, ["1", "10"]),
        ({"sex": "U"}, ["9"]),
        ({"status": "living"}, ["9", "10"]),
        ({"status": "dead"}, ["2"]),
        ({"region": "EARAZA"}, ["9", "10"]),
        ({"region": "EAZA"}, ["1", "2"]),
        ({"region": "other"}, []),
        ({"founder": "yes"}, ["1"]),
        ({"founder": "no"}, ["2", "9", "10"]),
        ({"birth_type": "captive"}, ["2", "10"]),
        ({"birth_type": "wild"}, ["1"]),
        ({"age_from": "11"}, ["2", "10"]),
        ({"age_to": "11"}, ["2", "9"]),
        ({"age_from": "14", "age_to": "14"}, ["10"]),
        ({"age_from": "15"}, []),
        ({"birth_year_from": "1999", "birth_year_to": "1999"}, ["2"]),
        ({"birth_year_to": "1960"}, ["1"]),
        ({"born_after": "2010-11-01"}, ["9", "10"]),
        ({"born_before": "2010-10-31"}, ["1", "2"]),
        ({"died_after": "2010-07-02"}, ["2"]),
        ({"died_before": "2010-07-01"}, []),
        ({"sex": "M", "status": "living"}, ["10"]),
    ],
)
def test_animals__finds_exactly_what_is_asked(
    book: dict[str, Animal], olga: Any, signed_in: Any, asked: dict[str, str], numbers: list[str]
) -> None:
    assert found(signed_in(olga), **asked) == numbers


@pytest.mark.parametrize(
    ("place", "link", "numbers"),
    [
        ("ZOOA", "", ["1", "2"]),
        ("KAZAN", "", ["9", "10"]),
        ("ZOOA", "owner", ["10"]),
        ("KAZAN", "owner", ["9"]),
        ("ZOOA", "ever", ["1", "2", "10"]),
        ("KAZAN", "ever", ["9", "10"]),
    ],
)
def test_animals__knows_holder_owner_and_every_former_holder(
    book: dict[str, Animal], olga: Any, signed_in: Any, place: str, link: str, numbers: list[str]
) -> None:
    institution = Institution.objects.get(mnemonic=place)
    assert found(signed_in(olga), institution=str(institution.pk), link=link) == numbers


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        ("number", ["1", "2", "9", "10"]),
        ("-number", ["10", "9", "2", "1"]),
        ("name", ["10", "2", "1", "9"]),
        ("-name", ["2", "10", "1", "9"]),
        ("birth", ["1", "2", "10", "9"]),
        ("-birth", ["9", "10", "2", "1"]),
        ("age", ["9", "2", "10", "1"]),
        ("-age", ["10", "2", "9", "1"]),
        ("sex", ["2", "1", "10", "9"]),
        ("status", ["2", "9", "10", "1"]),
        ("holder", ["9", "10", "1", "2"]),
        ("sire", ["2", "9", "10", "1"]),
        ("dam", ["2", "9", "10", "1"]),
        ("nonsense", ["1", "2", "9", "10"]),
    ],
)
def test_animals__sorts_by_every_column_those_without_a_value_last(
    book: dict[str, Animal], olga: Any, signed_in: Any, order: str, numbers: list[str]
) -> None:
    assert found(signed_in(olga), order=order) == numbers


def test_animals__counts_males_females_and_unknown_of_all_it_found(
    book: dict[str, Animal], olga: Any, signed_in: Any
) -> None:
    response = signed_in(olga).get(reverse("animals", args=["leopards"]))
    assert str(response.context["census"]) == "2.1.1"
    assert "2.1.1" in response.content.decode()


def test_animals__shows_parents_that_are_wild_unknown_or_several(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    young = AnimalFactory(programme=programme, studbook_number="7", sire_kind=ParentKind.SEVERAL)
    for number, probability in (("3", "0.75"), ("4", "0.25")):
        ParentCandidateFactory(
            animal=young, probability=probability, parent__studbook_number=number, parent__sex="M"
        )
    page = signed_in(olga).get(reverse("animals", args=["leopards"]), {"q": "7"}).content.decode()
    for words in (">3</a>", "75 %", ">4</a>", "25 %", '<span class="soft">unknown</span>'):
        assert words in page


def test_animals__shows_fifty_a_page_and_the_last_page_for_one_too_far(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    for number in range(1, 53):
        AnimalFactory(programme=programme, studbook_number=str(number))
    client = signed_in(olga)
    assert len(found(client)) == 50
    assert found(client, page="2") == found(client, page="99") == ["51", "52"]
    assert len(found(client, page="nonsense")) == 50


@pytest.mark.parametrize(
    "asked",
    [
        {"sex": "Z"},
        {"age_from": "minus one"},
        {"age_from": "-1"},
        {"age_from": "9", "age_to": "3"},
        {"birth_year_from": "19999"},
        {"born_after": "yesterday"},
        {"institution": "everywhere"},
        {"region": "Atlantis"},
        {"q": "\x00"},
        {"q": "x" * 200},
    ],
)
def test_animals__says_at_its_field_why_a_filter_cannot_be_read(
    book: dict[str, Animal], olga: Any, signed_in: Any, asked: dict[str, str]
) -> None:
    response = signed_in(olga).get(reverse("animals", args=["leopards"]), asked)
    assert response.status_code == 200
    assert response.context["rows"] == []
    assert "errorlist" in response.content.decode()


def test_animals__escapes_a_name(programme: Programme, olga: Any, signed_in: Any) -> None:
    AnimalFactory(programme=programme, house_name="<script>x</script>")
    assert b"<script>x" not in signed_in(olga).get(reverse("animals", args=["leopards"])).content


def test_animals__shows_nothing_of_another_programme(
    book: dict[str, Animal], olga: Any, signed_in: Any
) -> None:
    AnimalFactory(programme=ProgrammeFactory(), studbook_number="777")
    assert found(signed_in(olga), q="777") == []


@pytest.mark.parametrize("name", ["animals", "animals_csv", "animals_xlsx"])
def test_animals__do_not_exist_for_a_stranger_and_ask_for_a_sign_in(
    programme: Programme, cy: Any, client: Any, signed_in: Any, name: str
) -> None:
    url = reverse(name, args=["leopards"])
    assert client.get(url).status_code == 302
    assert signed_in(cy).get(url).status_code == 404


def test_animals__asks_as_many_queries_for_many_as_for_few(
    book: dict[str, Animal],
    kazan: Institution,
    programme: Programme,
    olga: Any,
    signed_in: Any,
    django_assert_num_queries: Any,
) -> None:
    client, url = signed_in(olga), reverse("animals", args=["leopards"])
    client.get(url)
    with django_assert_num_queries(10):
        client.get(url, {"status": "living"})
    for _ in range(30):
        animal_at(kazan, programme=programme)
    with django_assert_num_queries(10):
        client.get(url, {"status": "living"})
