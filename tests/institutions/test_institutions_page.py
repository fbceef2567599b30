"""The list of institutions: who is on it, its counts, its filters and order, the queries."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import (
    HoldingFactory,
    InstitutionFactory,
    OwnershipFactory,
    ParticipationFactory,
    animal_at,
)


@pytest.fixture
def places(programme: Programme, zoo: Institution) -> dict[str, Institution]:
    """Return zoo A with one past and one lent animal, Kazan with three, an empty zoo, and a stranger to the programme."""
    kazan = InstitutionFactory(
        mnemonic="KAZAN", name="Kazan Zoo", city="Kazan", country="RU", region="EARAZA", kind="private"
    )
    empty = InstitutionFactory(
        mnemonic="EMPTY", name="An empty zoo", city="", country="", region="", kind="unknown"
    )
    InstitutionFactory(mnemonic="FAR", name="Far from here")
    for each in (kazan, empty):
        ParticipationFactory(programme=programme, institution=each)
    for sex in "MF":
        animal_at(kazan, programme=programme, sex=sex)
    animal_at(zoo, programme=programme, sex="F", status="dead", death=DateInterval.parse("2024-01-01"))
    lent = HoldingFactory(
        animal__programme=programme, animal__sex="U", institution=zoo, end=date(2019, 1, 1)
    ).animal
    HoldingFactory(animal=lent, institution=kazan, start=date(2019, 1, 1))
    OwnershipFactory(animal=lent, institution=zoo)
    return {"zoo": zoo, "kazan": kazan, "empty": empty}


def rows(client: Any, **asked: str) -> list[Any]:
    response = client.get(reverse("institutions", args=["leopards"]), asked)
    assert response.status_code == 200
    return list(response.context["page"].object_list)


def names(client: Any, **asked: str) -> list[str]:
    return [row.institution.mnemonic for row in rows(client, **asked)]


def test_institutions__counts_living_held_living_owned_and_ever_held(
    places: dict[str, Institution], olga: Any, signed_in: Any
) -> None:
    counts = {
        row.institution.mnemonic: (str(row.held), str(row.owned), row.ever_held)
        for row in rows(signed_in(olga))
    }
    assert counts == {
        "KAZAN": ("1.1.1", "1.1.0", 3),
        "ZOOA": ("0.0.0", "0.0.1", 2),
        "EMPTY": ("0.0.0", "0.0.0", 0),
    }


def test_institutions__lists_those_with_most_living_animals_first(
    places: dict[str, Institution], olga: Any, signed_in: Any
) -> None:
    assert names(signed_in(olga)) == ["KAZAN", "EMPTY", "ZOOA"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "kazan"}, ["KAZAN"]),
        ({"q": "zooa"}, ["ZOOA"]),
        ({"q": "mulhouse"}, ["ZOOA"]),
        ({"region": "EARAZA"}, ["KAZAN"]),
        ({"region": "other"}, ["EMPTY"]),
        ({"country": "FR"}, ["ZOOA"]),
        ({"kind": "private"}, ["KAZAN"]),
        ({"q": "far"}, []),
        ({"order": "name"}, ["EMPTY", "KAZAN", "ZOOA"]),
        ({"order": "-name"}, ["ZOOA", "KAZAN", "EMPTY"]),
        ({"order": "mnemonic"}, ["EMPTY", "KAZAN", "ZOOA"]),
        ({"order": "city"}, ["EMPTY", "KAZAN", "ZOOA"]),
        ({"order": "country"}, ["EMPTY", "ZOOA", "KAZAN"]),
        ({"order": "region"}, ["EMPTY", "KAZAN", "ZOOA"]),
        ({"order": "owned"}, ["EMPTY", "ZOOA", "KAZAN"]),
        ({"order": "-ever"}, ["KAZAN", "ZOOA", "EMPTY"]),
        ({"order": "nonsense"}, ["KAZAN", "EMPTY", "ZOOA"]),
    ],
)
def test_institutions__finds_and_sorts_exactly_what_is_asked(
    places: dict[str, Institution], olga: Any, signed_in: Any, asked: dict[str, str], found: list[str]
) -> None:
    assert names(signed_in(olga), **asked) == found


@pytest.mark.parametrize(
    "asked", [{"region": "Atlantis"}, {"country": "XX"}, {"kind": "circus"}, {"q": "\x00"}]
)
def test_institutions__says_at_its_field_why_a_filter_cannot_be_read(
    places: dict[str, Institution], olga: Any, signed_in: Any, asked: dict[str, str]
) -> None:
    response = signed_in(olga).get(reverse("institutions", args=["leopards"]), asked)
    assert list(response.context["page"].object_list) == []
    assert "errorlist" in response.content.decode()


def test_institutions__links_each_count_to_its_animals(
    places: dict[str, Institution], olga: Any, signed_in: Any
) -> None:
    client = signed_in(olga)
    zoo, kazan = places["zoo"].pk, places["kazan"].pk
    page = client.get(reverse("institutions", args=["leopards"])).content.decode()
    for query, count in (
        (f"institution={kazan}&status=living", 3),
        (f"institution={kazan}&link=owner&status=living", 2),
        (f"institution={zoo}&link=owner&status=living", 1),
        (f"institution={zoo}&link=ever", 2),
    ):
        assert f'?{query.replace("&", "&amp;")}"' in page
        animals = client.get(f"{reverse('animals', args=['leopards'])}?{query}")
        assert animals.context["census"].total == count


@pytest.mark.parametrize("name", ["institutions", "institution"])
def test_institutions__do_not_exist_for_a_stranger_and_ask_for_a_sign_in(
    zoo: Institution, cy: Any, client: Any, signed_in: Any, name: str
) -> None:
    url = reverse(name, args=["leopards", *([zoo.pk] if name == "institution" else [])])
    assert client.get(url).status_code == 302
    assert signed_in(cy).get(url).status_code == 404


def test_institutions__asks_as_many_queries_for_many_as_for_few(
    places: dict[str, Institution], programme: Programme, olga: Any, signed_in: Any,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    client, url = signed_in(olga), reverse("institutions", args=["leopards"])
    with django_assert_num_queries(10):
        client.get(url)
    for _ in range(15):
        animal_at(InstitutionFactory(), programme=programme)
    with django_assert_num_queries(10):
        assert len(client.get(url).context["page"].object_list) == 18


def test_institutions_file__holds_what_is_found_in_the_columns_chosen(
    places: dict[str, Institution], olga: Any, signed_in: Any
) -> None:
    places["kazan"].name = "=Kazan"
    places["kazan"].save()
    client, url = signed_in(olga), reverse("institutions_csv", args=["leopards"])
    whole = b"".join(client.get(url, {"order": "name"}).streaming_content).decode().splitlines()
    assert (len(whole), whole[0].split(",")[:3]) == (4, ["name", "held", "owned"])
    asked = {"columns": "held_number,kind", "region": "EARAZA"}
    chosen = b"".join(client.get(url, asked).streaming_content).decode().splitlines()
    assert chosen == ["name,held_number,kind", "'=Kazan,3,private holder"]
    assert client.get(url, {"kind": "circus"}).status_code == 400
    workbook = client.get(reverse("institutions_xlsx", args=["leopards"]))
    assert workbook["Content-Disposition"] == 'attachment; filename="leopards-institutions.xlsx"'
