"""While another change holds the book, a writing request is told to come back, and reading goes on."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.db import connection, connections
from django.http import HttpResponse
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core import locks
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.planning.models import Recommendation
from studbook.programmes.changes import changing
from studbook.programmes.models import Programme
from tests.factories import animal_at
from tests.races.threads import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)
CONFIGURED_MILLISECONDS = 20_000
SHORTENED_MILLISECONDS = 200


@contextmanager
def another_change(programme: Programme) -> Iterator[None]:
    """Hold the programme's lock in a connection of its own until the block ends."""
    held, done = Event(), Event()

    def hold() -> None:
        try:
            with changing(Programme.objects.get(pk=programme.pk), "long change", by=None, is_word=True):
                held.set()
                assert done.wait(PATIENCE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        change = pool.submit(hold)
        try:
            assert held.wait(PATIENCE)
            yield
        finally:
            done.set()
        change.result()


@pytest.fixture
def short_of_patience(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this connection wait a moment for a lock, instead of as long as configured."""
    monkeypatch.setattr(locks, "SECONDS_TO_WAIT", SHORTENED_MILLISECONDS / 1000)
    sqlite = connection.vendor == "sqlite"
    setting = "PRAGMA busy_timeout = " if sqlite else "SET lock_timeout = "
    with connection.cursor() as cursor:
        cursor.execute(f"{setting}{SHORTENED_MILLISECONDS}")
    yield
    connection.close()


@pytest.fixture
def pair(programme: Programme, zoo: Institution) -> tuple[Animal, Animal]:
    sire = animal_at(zoo, programme=programme, studbook_number="1", sex=Animal.Sex.MALE)
    return sire, animal_at(zoo, programme=programme, studbook_number="2")


@pytest.fixture
def recommend(
    pair: tuple[Animal, Animal], programme: Programme, ada: User, signed_in: Callable[[User], Any]
) -> Callable[[], HttpResponse]:
    client = signed_in(ada)
    numbers = [animal.studbook_number for animal in pair]
    address = reverse("recommend", args=[programme.code, *numbers])
    return lambda: client.post(address, {"reason": "Both are rare lines of this book."})


@pytest.mark.usefixtures("short_of_patience")
def test_writing__in_a_busy_moment_is_told_to_come_back(
    programme: Programme, recommend: Callable[[], HttpResponse]
) -> None:
    with another_change(programme):
        response = recommend()
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "try again in a few seconds" in response.content.decode()
    assert not Recommendation.objects.exists()


@pytest.mark.usefixtures("short_of_patience")
def test_writing__after_the_busy_moment_is_done(
    programme: Programme, recommend: Callable[[], HttpResponse]
) -> None:
    with another_change(programme):
        recommend()
    assert recommend().status_code == 302
    assert Recommendation.objects.count() == 1
    assert sorted(AuditEntry.objects.values_list("verb", flat=True)) == ["long change", "recommend pair"]


@pytest.mark.usefixtures("short_of_patience", "pair")
def test_reading__goes_on_in_a_busy_moment(
    programme: Programme, olga: User, signed_in: Callable[[User], Any]
) -> None:
    client = signed_in(olga)
    addresses = [
        reverse("home"),
        reverse("dashboard", args=[programme.code]),
        reverse("animals", args=[programme.code]),
        reverse("animal", args=[programme.code, "1"]),
    ]
    with another_change(programme):
        assert [client.get(address, follow=True).status_code for address in addresses] == [200] * 4


def test_waiting_for_a_lock__ends_after_the_configured_time() -> None:
    query = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout"
    with connection.cursor() as cursor:
        cursor.execute(query)
        (answer,) = cursor.fetchone()
    milliseconds = int(str(answer).removesuffix("s")) * (1000 if str(answer).endswith("s") else 1)
    assert milliseconds == CONFIGURED_MILLISECONDS == locks.SECONDS_TO_WAIT * 1000
