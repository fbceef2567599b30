"""A deed that takes its own animal out of reach is answered once more when it is sent again."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import animal_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def voided(
    programme: Programme, zoo: Institution, rita: User, signed_in: Any
) -> tuple[Any, str, dict[str, str]]:
    """Return a window in which a record was just said to be no animal, with what was sent where."""
    animal_at(zoo, programme=programme, studbook_number="7", birth=None)
    address = reverse("void_animal", args=[programme.code, "7"])
    sent = {"once_key": "k", "reason": "never lived", "opened_version": "1"}
    client = signed_in(rita)
    assert client.post(address, sent).status_code == 302
    return client, address, sent


def test_a_deed_sent_again__is_answered_though_its_animal_is_gone(voided: Any) -> None:
    client, address, sent = voided
    again = client.post(address, sent)
    assert again.status_code == 302
    assert AuditEntry.objects.filter(verb="void record").count() == 1
    assert Animal.every.get(studbook_number="7").status == Animal.Status.VOID


def test_a_deed_sent_with_another_key__finds_nothing_there(voided: Any) -> None:
    client, address, sent = voided
    assert client.post(address, sent | {"once_key": "another"}).status_code == 404
    assert client.post(address, {**sent, "once_key": ""}).status_code == 404


def test_the_key_of_a_deed__used_for_another_is_refused(voided: Any) -> None:
    client, address, sent = voided
    answer = client.post(address, sent | {"reason": "another"})
    assert answer.status_code == 422
    assert "sent before with something else" in answer.text


def test_the_key_of_a_deed__says_nothing_to_another_person(
    voided: Any, cy: User, remy: User, signed_in: Any
) -> None:
    _, address, sent = voided
    for person, status in ((cy, 404), (remy, 403)):
        assert signed_in(person).post(address, sent).status_code == status


def test_an_odd_key__for_something_that_is_not_there_is_refused(voided: Any) -> None:
    client, address, sent = voided
    assert client.post(address, sent | {"once_key": "x" * 81}).status_code == 400
