"""Corrections by other programs: the version in If-Match, both values where it is old."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.correcting.actions import void_animal
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.models import Animal
from tests import factories


def address(name: str, *arguments: Any) -> str:
    return reverse(name, args=["leopards", *arguments])


@pytest.fixture
def ask(client: Client, ada: User) -> Any:
    """Return a function that calls the API as the coordinator; the version goes into If-Match."""
    client.force_login(ada)

    def call(method: str, path: str, version: str | None = '"1"', **told: Any) -> Any:
        headers = {"If-Match": version} if version is not None else {}
        body = json.dumps({"reason": "The card."} | told)
        return client.generic(method, path, body, content_type="application/json", headers=headers)

    return call


def test_patch__corrects_what_it_names_and_answers_the_new_version(cub: Animal, ask: Any) -> None:
    answer = ask("PATCH", address("api_animal", "12"), house_name="Seia", birth="about May 2018")
    assert (answer.status_code, answer.json()["house_name"], answer.headers["ETag"]) == (200, "Seia", '"2"')
    cub.refresh_from_db()
    assert (str(cub.birth), cub.rearing) == ("about May 2018", "unknown")


def test_get__tells_the_version(cub: Animal, ask: Any) -> None:
    assert ask("GET", address("api_animal", "12"), None).headers["ETag"] == '"1"'


def test_patch__corrects_the_parents(cub: Animal, ask: Any) -> None:
    answer = ask("PATCH", address("api_animal", "12"), sire="unknown")
    assert (answer.json()["sire_kind"], answer.json()["dam"]) == ("unknown", "11")


def test_patch__without_a_version_is_asked_for_one(cub: Animal, ask: Any) -> None:
    answer = ask("PATCH", address("api_animal", "12"), None, house_name="Seia")
    assert (answer.status_code, "If-Match" in answer.json()["detail"]) == (428, True)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        *(("*", 200), ('"7", "1"', 200), (' "x" ,, "1"', 200)),
        *(
            ("1", 400),
            ('"1', 400),
            ('1"', 400),
            ('"1" "2"', 400),
            ('*, "1"', 400),
            ('w/"1"', 400),
            (",", 400),
        ),
        *(('W/"1"', 412), ('"0"', 412), ('"abc"', 412), ('"7"', 412), ('""', 412)),
    ],
)
def test_patch__reads_if_match_by_the_letter(cub: Animal, ask: Any, words: str, status: int) -> None:
    answer = ask("PATCH", address("api_animal", "12"), words, house_name="Seia")
    assert (answer.status_code, cub.pk and Animal.objects.get(pk=cub.pk).house_name == "Seia") == (
        status,
        status == 200,
    )
    assert status == 200 or answer.json()["detail"].endswith(".")


def test_patch__of_an_old_version_tells_both_values(cub: Animal, ask: Any) -> None:
    ask("PATCH", address("api_animal", "12"), house_name="Seia")
    answer = ask("PATCH", address("api_animal", "12"), house_name="Mira")
    assert (answer.status_code, answer.json()["version"]) == (412, 2)
    assert answer.json()["differences"] == [
        {"fact": "house name", "opened": "Zeia", "now": "Seia", "written": "Mira"}
    ]
    cub.refresh_from_db()
    assert (cub.house_name, cub.version) == ("Seia", 2)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"studbook_number": "99"}, "studbook_number"),
        ({"sex": "X"}, "sex"),
        ({"birth": "yesterday"}, "birth"),
        ({"house_name": ["a"]}, "house_name"),
        ({"house_name": "Seia", "reason": ""}, "reason"),
        ({"house_name": "a\x00b"}, "house_name"),
        ({"sire": "12 50", "house_name": "Seia"}, "house_name"),
    ],
)
def test_patch__names_the_field_it_refuses(cub: Animal, ask: Any, told: dict[str, Any], field: str) -> None:
    answer = ask("PATCH", address("api_animal", "12"), **told)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert Animal.objects.get(pk=cub.pk).version == 1


def test_patch__is_no_list(cub: Animal, client: Client, ada: User) -> None:
    client.force_login(ada)
    path = address("api_animal", "12")
    headers = {"If-Match": '"1"'}
    answer = client.generic("PATCH", path, "[1]", content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["detail"][:21]) == (400, "The body is no object")


def test_patch__of_a_foreign_animal_is_answered_as_of_a_missing_one(
    foreign: Animal, cub: Animal, client: Client, rita: User
) -> None:
    client.force_login(rita)
    answers = [
        client.generic(
            "PATCH",
            address("api_animal", number),
            "{}",
            content_type="application/json",
            headers={"If-Match": '"1"'},
        )
        for number in ("20", "99")
    ]
    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_event__is_read_corrected_and_taken_out(cub: Animal, ask: Any) -> None:
    factories.EventFactory(animal=cub, kind="other", institution=None)
    event = cub.events.get(kind="other")
    path = address("api_event", "12", event.pk)
    assert ask("GET", path, None).json()["date"]["text"] == "2018-05-03"
    answer = ask("PATCH", path, note="Weighed.", institution="ZOOA")
    assert (answer.status_code, answer.json()["note"], answer.headers["ETag"]) == (200, "Weighed.", '"2"')
    stale = ask("DELETE", path)
    assert (stale.status_code, stale.json()["differences"][0]["now"]) == (412, "Zoo A")
    assert ask("DELETE", path, '"2"').status_code == 204
    assert ask("GET", path, None).status_code == 404


def test_event__of_another_animal_is_not_there(cub: Animal, sire: Animal, ask: Any) -> None:
    assert ask("GET", address("api_event", "12", sire.events.get().pk), None).status_code == 404


def test_observation__is_read_corrected_and_taken_out(cub: Animal, ask: Any) -> None:
    weight = factories.ObservationFactory(animal=cub)
    path = address("api_observation", "12", weight.pk)
    assert ask("PATCH", path, quantity=39.5).json()["quantity"] == "39.5000"
    assert ask("PATCH", path, '"2"', quantity=-1).json()["field"] == "quantity"
    assert ask("DELETE", path, '"2"', reason="").status_code == 400
    assert ask("DELETE", path, '"2"').status_code == 204
    assert ask("GET", path, None).status_code == 404


def test_void_record__leads_to_the_one_that_was_kept(
    cub: Animal, foreign: Animal, ask: Any, ada: User
) -> None:
    void_animal(foreign, by=ada, reason="No animal.", opened_version=1)
    gone = ask("GET", address("api_animal", "20"), None)
    assert (gone.status_code, gone.json()["merged_into"]) == (410, None)
    twin = factories.AnimalFactory(programme=cub.programme, studbook_number="13", birth=cub.birth)
    merge_animals(
        cub,
        twin,
        choices={},
        by=ada,
        reason="One animal.",
        opened_version=1,
        other_version=1,
        acknowledged=("A4",),
    )
    led = ask("GET", address("api_animal", "13"), None)
    assert (led.status_code, led.json()["merged_into"]) == (301, "12")
    assert led.headers["Location"] == address("api_animal", "12")
