import errno
import json

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from studbook.core.errors import StudbookError
from studbook.core.middleware import busy_database


def answer(error: Exception) -> HttpResponse | None:
    request = RequestFactory().get("/")
    return busy_database(lambda _: HttpResponse()).process_exception(request, error)


def test_busy_database__is_a_moment_to_wait() -> None:
    response = answer(OperationalError("database is locked"))
    assert response is not None
    assert response.status_code == 503
    assert response["Retry-After"] == "5"


def test_broken_database__is_not_called_busy() -> None:
    assert answer(OperationalError("no such column: animals_animal.wings")) is None


def test_refusal__is_shown_as_its_sentence() -> None:
    response = answer(StudbookError("Animal 12 died on 2019-05-03. Correct the date."))
    assert response is not None
    assert response.status_code == 400
    assert "Animal 12 died on 2019-05-03. Correct the date." in response.text


def test_database_lost_before_the_view__is_a_moment_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object, **__: object) -> None:
        raise OperationalError("connection to server failed")

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", lost)
    client.raise_request_exception = False
    assert client.get("/").status_code == 503
    monkeypatch.setattr("django.contrib.auth.middleware.get_user", lambda _: 1 / 0)
    assert client.get("/").status_code == 500


@pytest.mark.django_db
def test_every_response__carries_the_content_security_policy(client: Client) -> None:
    for path in ("/accounts/login/", "/no-such-page/"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database or disk is full"),
        OperationalError("disk I/O error"),
        OperationalError("attempt to write a readonly database"),
        OperationalError('could not extend file "base/1": No space left on device'),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
    ],
    ids=str,
)
def test_a_full_disk__is_told_with_what_to_do(error: Exception) -> None:
    response = answer(error)
    assert response is not None
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert "disk takes no more" in response.text


@pytest.mark.parametrize("error", [InterfaceError("connection already closed"), OperationalError("locked")])
def test_a_program__is_answered_in_its_own_form(error: Exception) -> None:
    request = RequestFactory().post("/api/programmes/leopards/animals/")
    busy = busy_database(lambda _: HttpResponse()).process_exception(request, error)
    assert busy is not None
    assert (busy.status_code, busy["Retry-After"], busy["Content-Type"]) == (503, "5", "application/json")


def test_a_program__is_told_a_refusal_in_its_own_form() -> None:
    request = RequestFactory().post("/api/programmes/leopards/animals/")
    refusal = StudbookError("Animal 12 died on 2019-05-03. Correct the date.", field="on")
    told = busy_database(lambda _: HttpResponse()).process_exception(request, refusal)
    assert told is not None
    assert json.loads(told.content) == {"detail": refusal.sentence, "field": "on"}


@pytest.mark.parametrize("error", [OSError(errno.ENOENT, "No such file"), ValueError("nonsense")])
def test_a_fault_of_our_own__is_not_called_a_busy_moment(error: Exception) -> None:
    assert answer(error) is None


@pytest.mark.django_db
def test_health__is_told_to_everybody(client: Client) -> None:
    told = client.get("/health/")
    assert (told.status_code, told.json()) == (200, {"database": "can be read"})
    assert "no-store" in told["Cache-Control"]


@pytest.mark.django_db
def test_health__is_bad_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise OperationalError("connection to server failed")

    monkeypatch.setattr("studbook.core.health.connection.cursor", lost)
    told = client.get("/health/")
    assert (told.status_code, told.json()) == (503, {"database": "cannot be read"})
