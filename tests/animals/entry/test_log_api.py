"""Entries from other programs: the forms of the pages bound to JSON, with the same deeds and sentences."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.entry.kinds import KINDS, kinds_without_animal
from studbook.animals.models import Animal, Event, Observation
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

DAY = "2025-05-03"


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="7", house_name="Amba")


@pytest.fixture
def keeper(cat: Animal, bo: User, client: Client) -> Client:
    client.force_login(bo)
    return client


def of_animal(kind: str, number: str = "7") -> str:
    return reverse("api_log_event", args=["leopards", number, kind])


def send(client: Client, url: str, body: Any, **headers: str) -> Any:
    return client.post(url, body, content_type="application/json", headers=headers)


def test_weight__is_written_and_told_with_its_versions(cat: Animal, keeper: Client) -> None:
    answer = send(keeper, of_animal("weight"), {"on": DAY, "weight": "38,5 kg"})
    made = Observation.objects.get()
    assert (answer.status_code, made.quantity, made.provisional) == (201, 38.5, True)
    told = answer.json()
    assert (told["id"], told["kind"], told["studbook_number"]) == (made.pk, "weight", "7")
    assert (told["provisional"], told["version"]) == (True, 1)


def test_death__gives_the_new_version_of_the_animal(cat: Animal, keeper: Client) -> None:
    told = send(keeper, of_animal("death"), {"on": "about May 2025", "cause": "old age"}).json()
    cat.refresh_from_db()
    assert (cat.status, told["animal_version"]) == ("dead", cat.version)
    assert cat.version == 2


def test_birth__takes_the_young_as_a_list(cat: Animal, keeper: Client) -> None:
    young = [{"sex": "F", "weight": "850 g"}, {"stillborn": True, "house_name": "Mila"}, {}]
    answer = send(keeper, of_animal("birth"), {"on": DAY, "sire": "unknown", "young": young})
    assert answer.status_code == 201
    assert [each["studbook_number"] for each in answer.json()["animals"]] == ["8", "9", "10"]
    litter = Animal.objects.filter(dam=cat)
    assert list(litter.values_list("sex", "status", "house_name")) == [
        ("F", "living", ""),
        ("U", "dead", "Mila"),
        ("U", "living", ""),
    ]


def test_birth__a_count_that_differs_from_the_list_is_refused(cat: Animal, keeper: Client) -> None:
    answer = send(keeper, of_animal("birth"), {"on": DAY, "count": 1, "young": [{}, {}]})
    assert (answer.status_code, answer.json()["field"]) == (400, "count")
    assert Animal.objects.count() == 1


def test_arrival__names_places_by_mnemonic(programme: Programme, zoo: Institution, keeper: Client) -> None:
    factories.ParticipationFactory(programme=programme, institution__mnemonic="FARAWAY")
    url = reverse("api_log_new", args=["leopards", "arrival"])
    body = {"on": DAY, "place": "zooa", "from_institution": "FARAWAY", "sex": "M", "sire": "wild"}
    answer = send(keeper, url, body | {"dam": "wild", "birth_type": "wild"})
    assert answer.status_code == 201, answer.json()
    arrival = Event.objects.get(kind=Event.Kind.TRANSFER)
    assert (arrival.institution, arrival.from_institution.mnemonic) == (zoo, "FARAWAY")


def test_place__that_is_not_theirs_is_refused_in_words(programme: Programme, keeper: Client) -> None:
    factories.ParticipationFactory(programme=programme, institution__mnemonic="FARAWAY")
    url = reverse("api_log_new", args=["leopards", "capture"])
    for place in ("FARAWAY", "NOWHERE", "999999", "٣", "x" * 100_000):
        answer = send(keeper, url, {"on": DAY, "place": place, "sex": "F"})
        assert (answer.status_code, answer.json()["field"]) == (400, "place"), place
        assert "is no institution you can name here" in answer.json()["detail"]
    assert Animal.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"weight": "4 kg"}, "Say when"),
        ({"on": DAY, "weight": "heavy"}, "heavy"),
        ({"on": "the other day", "weight": "4"}, "the other day"),
        ({"on": DAY, "weight": "4", "wieght": "5"}, "“wieght” is no field of this entry"),
        ({"on": DAY, "weight": "4", "provisional": False, "version": 9}, "is no field"),
        ({"on": {"earliest": DAY}, "weight": "4"}, "no single value"),
        ({"on": DAY, "weight": [{"kg": {"x": 1}}]}, "no single value"),
        ([1, 2], "no object"),
        ("weight", "JSON"),
        ({"on": DAY, "weight": list(range(60))}, "60 items"),
    ],
)
def test_entry__that_cannot_be_read_is_refused_in_words(keeper: Client, body: Any, words: str) -> None:
    answer = send(keeper, of_animal("weight"), body)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert Observation.objects.count() == 0


def test_entry__that_rules_warn_of_is_saved_once_acknowledged(
    programme: Programme, zoo: Institution, cat: Animal, keeper: Client
) -> None:
    factories.animal_at(zoo, programme=programme, studbook_number="5", sex="U")
    body = {"on": DAY, "sire": "5", "young": [{}]}
    warned = send(keeper, of_animal("birth"), body)
    codes = warned.json()["acknowledge"]
    assert codes
    assert Animal.objects.count() == 2
    again = body | {"acknowledged": codes, "reason": "Seen mating; to be sexed."}
    assert send(keeper, of_animal("birth"), again).status_code == 201
    assert AuditEntry.objects.get(verb="log birth").acknowledged == " ".join(codes)


def test_entry__that_a_rule_rejects_tells_its_code(cat: Animal, keeper: Client) -> None:
    send(keeper, of_animal("death"), {"on": DAY})
    refused = send(keeper, of_animal("death"), {"on": DAY}).json()
    assert (refused["rules"][0]["code"], refused["rules"][0]["animals"]) == ("C2", ["7"])


def test_entry__sent_five_times_with_its_key_is_one(cat: Animal, keeper: Client) -> None:
    body = {"on": DAY, "young": [{}, {}]}
    answers = [send(keeper, of_animal("birth"), body, **{"Idempotency-Key": "k"}) for _ in range(5)]
    assert {each.status_code for each in answers} == {201}
    assert len({each.content for each in answers}) == 1
    assert Animal.objects.filter(dam=cat).count() == 2


def test_photo__comes_as_a_file(cat: Animal, keeper: Client) -> None:
    with factories.photo_of(factories.AnimalFactory()).file.open() as kept:
        photo = SimpleUploadedFile("cub.jpg", kept.read(), "image/jpeg")
    answer = keeper.post(of_animal("photo"), {"on": DAY, "photo": photo})
    assert answer.status_code == 201, answer.json()
    assert cat.observations.get().kind == "photo"


@pytest.mark.parametrize(("kind", "status"), [("birth", 201), ("hatching", 404), ("capture", 404)])
def test_kind__that_is_none_is_not_there(keeper: Client, kind: str, status: int) -> None:
    assert send(keeper, of_animal(kind), {"on": DAY, "count": 1}).status_code == status


@pytest.mark.parametrize(("person", "status"), [("olga", 403), ("remy", 403), ("cy", 404)])
def test_entry__is_for_those_who_log(
    cat: Animal, person: str, status: int, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(person))
    assert send(client, of_animal("weight"), {"on": DAY, "weight": "4"}).status_code == status
    assert send(client, reverse("api_log_new", args=["leopards", "capture"]), {}).status_code == status
    assert Observation.objects.count() == 0


def test_entry__of_a_foreign_animal_is_answered_like_none(programme: Programme, keeper: Client) -> None:
    factories.animal_at(factories.InstitutionFactory(), programme=programme, studbook_number="20")
    foreign, missing = (
        send(keeper, of_animal("weight", number), {"on": DAY, "weight": "4"}) for number in ("20", "21")
    )
    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content)
    assert foreign.status_code == 404


def test_schema__tells_the_fields_of_every_kind(keeper: Client) -> None:
    paths = keeper.get(reverse("api_schema"), headers={"Accept": "application/json"}).json()["paths"]
    bodies = {
        title: body
        for path in paths
        if path.endswith("/log/{kind}/")
        for body in paths[path]["post"]["requestBody"]["content"]["application/json"]["schema"]["anyOf"]
        for title in [body["title"]]
    }
    assert bodies.keys() == {kind.label for kind in [*KINDS.values(), *kinds_without_animal()]}
    assert set(bodies["birth"]["properties"]["young"]["items"]["properties"]) >= {
        "sex",
        "weight",
        "stillborn",
    }
    assert bodies["weight"]["required"] == ["on", "weight"]


@pytest.mark.parametrize("share", ["1e9999999", "NaN", "0", "-1", "Infinity", "1e40"])
def test_birth__refuses_a_share_that_is_none(cat: Animal, keeper: Client, share: str) -> None:
    answer = send(keeper, of_animal("birth"), {"on": DAY, "count": 1, "sire": f"7: {share}, 8: 5"})
    assert answer.status_code == 400
    assert "is no share of the sire 7" in answer.json()["detail"]
