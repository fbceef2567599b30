"""Looking changes nothing: no page that is asked for leaves a trace in the database."""

from typing import Any

from django.test import Client

from studbook.accounts.models import User
from tests.house.routes import all_routes
from tests.house.test_permissions import TABLE, address
from tests.house.test_permissions import book as book
from tests.races.digest import digest_of_everything

ASKED = sorted(route.name for route in all_routes() if "GET" in TABLE[route.name])


def test_reading__leaves_the_database_as_it_was(ada: User, book: dict[str, Any]) -> None:
    client = Client()
    client.force_login(ada)
    before = digest_of_everything()
    written = []
    for name in ASKED:
        client.get(address(name, book))
        if digest_of_everything() != before:
            written.append(name)
            before = digest_of_everything()
    assert written == []


def test_looking_at_whether_it_is_there__leaves_the_database_as_it_was(
    ada: User, book: dict[str, Any]
) -> None:
    client = Client()
    client.force_login(ada)
    before = digest_of_everything()
    statuses = {name: client.head(address(name, book)).status_code for name in ASKED}
    assert {name for name, status in statuses.items() if status >= 500} == set()
    assert digest_of_everything() == before
