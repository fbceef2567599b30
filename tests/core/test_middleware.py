import pytest
from django.db import OperationalError
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
