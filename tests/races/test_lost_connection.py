"""The database ends a connection: between requests nobody notices, within one the person is told to come back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import close_old_connections, connection
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.planning import actions
from studbook.planning.models import Recommendation
from studbook.programmes.models import Programme
from tests.factories import animal_at
from tests.races.digest import digest_of_everything
from tests.races.threads import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has no server that ends a connection"
    ),
]


def end_connection(process: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])


def own_process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@pytest.fixture
def address(programme: Programme, zoo: Institution) -> str:
    animal_at(zoo, programme=programme, studbook_number="1", sex=Animal.Sex.MALE)
    animal_at(zoo, programme=programme, studbook_number="2")
    return reverse("recommend", args=[programme.code, "1", "2"])


def test_a_connection_lost_between_requests__is_made_anew(
    programme: Programme, olga: User, signed_in: Callable[[User], Any]
) -> None:
    client = signed_in(olga)
    process = own_process()
    at_once(lambda: end_connection(process))
    close_old_connections()  # as a server does between requests, and the test client does not
    assert client.get(reverse("dashboard", args=[programme.code])).status_code == 200


def test_a_connection_lost_within_a_request__is_a_moment_to_wait(
    address: str, ada: User, signed_in: Callable[[User], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(ada)
    before = digest_of_everything()
    with monkeypatch.context() as patch:
        patch.setattr(actions, "refuse_unfit_pair", lambda *_, **__: end_connection(own_process()))
        response = client.post(address, {"reason": "Both are rare lines of this book."})
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    connection.close()
    assert digest_of_everything() == before
    assert client.post(address, {"reason": "Both are rare lines of this book."}).status_code == 302
    assert Recommendation.objects.count() == 1
