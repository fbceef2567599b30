"""Transfers by API: the same steps, rights and sentences as on the pages."""

from typing import Any

import pytest
from django.test import Client

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.transfers.machine import State
from studbook.transfers.models import Transfer
from tests.transfers.conftest import Brought, today

pytestmark = pytest.mark.django_db
LIST = "/api/programmes/leopards/transfers/"


def sent(person: User, url: str, body: Any, **headers: str) -> Any:
    client = Client()
    client.force_login(person)
    return client.post(url, body, content_type="application/json", headers=headers)


def test_api__moves_an_animal_from_proposal_to_arrival(
    cub: Animal, away: Institution, rita: User, rex: User
) -> None:
    made = sent(rita, LIST, {"animals": ["7"], "to": "ZOOB", "terms": "loan"})
    assert (made.status_code, made.json()["state"], made.json()["waits_for"]) == (201, "proposed", ["ZOOB"])
    here = f"{LIST}{made.json()['id']}/"
    steps: list[tuple[User, str, dict[str, Any]]] = [
        (rex, "agree", {}),
        (rita, "terms", {"terms": "loan"}),
        (rex, "terms", {"terms": "loan"}),
        (rex, "permits", {}),
        (rita, "schedule", {"planned_on": str(today())}),
        (rita, "send", {"on": str(today())}),
        (rex, "arrive", {"on": str(today()), "local_id_7": "B7"}),
    ]
    version = made.json()["version"]
    for person, step, fields in steps:
        answer = sent(person, f"{here}{step}/", {"opened_version": version, **fields})
        assert answer.status_code == 200, answer.json()
        version = answer.json()["version"]
    assert answer.json()["state"] == "closed"
    assert cub.holdings.get(end=None).local_id == "B7"


def test_api__refuses_with_the_sentences_of_the_pages(
    brought: Brought, rita: User, rex: User, tara: User, olga: User
) -> None:
    made = brought(State.SENT)
    here = f"{LIST}{made.pk}/arrive/"
    body = {"opened_version": made.version, "on": str(today())}
    wrong = sent(rita, here, body)
    assert (wrong.status_code, "is the step of Zoo B" in wrong.json()["detail"]) == (400, True)
    assert sent(tara, here, body).status_code == 404
    assert sent(olga, here, body).status_code == 403
    assert sent(rex, here, body | {"opened_version": made.version - 1}).status_code == 409
    assert sent(rex, here, {"on": str(today())}).status_code == 400
    assert sent(rex, here, body | {"on": "soon"}).json()["field"] == "on"
    assert sent(rex, f"{LIST}{made.pk}/explode/", body).status_code == 404
    assert Transfer.objects.get().state == State.SENT


@pytest.mark.parametrize(
    "body",
    [
        *([], "x", 1, None, {"animals": {}}, {"animals": [None]}, {"animals": "7", "to": []}),
        {"animals": ["7"], "to": "ZOOB", "notes": "What the form does not have."},
    ],
)
def test_api__refuses_what_is_no_proposal(cub: Animal, away: Institution, ada: User, body: Any) -> None:
    answer = sent(ada, LIST, body)
    assert answer.status_code == 400
    assert answer.json()["detail"]
    assert not Transfer.objects.exists()


def test_api__lists_and_narrows(brought: Brought, olga: User, cy: User) -> None:
    made = brought(State.SENT)
    client = Client()
    client.force_login(olga)
    found = client.get(LIST, {"state": "open"}).json()["results"]
    assert [(each["id"], each["animals"]) for each in found] == [(made.pk, ["7"])]
    assert client.get(LIST, {"state": "closed"}).json()["results"] == []
    assert client.get(LIST, {"state": "nonsense"}).status_code == 400
    detail = client.get(f"{LIST}{made.pk}/").json()
    assert (detail["waits_for"], detail["steps"]) == (["ZOOB"], [])
    client.force_login(cy)
    assert client.get(LIST).status_code == 404
    assert client.get(f"{LIST}{made.pk}/").status_code == 404


def test_api__does_a_step_sent_again_once(brought: Brought, rex: User) -> None:
    made = brought(State.SENT)
    body = {"opened_version": made.version, "on": str(today())}
    answers = [sent(rex, f"{LIST}{made.pk}/arrive/", body, **{"Idempotency-Key": "k"}) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 200]
    assert made.lines.get().animal.events.filter(kind="transfer").count() == 1
