"""Signing in: guessing is counted for all workers together, and nobody learns which names there are."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.fixtures import Settings

from studbook.accounts import attempts
from studbook.accounts.addresses import address_of
from studbook.accounts.attempts import BY_ADDRESS, BY_NAME, WINDOW, take_attempt, window_at
from studbook.accounts.models import SignInCount, User
from tests.accounts.conftest import is_in, sign_in
from tests.factories import PASSWORD, SignInCountFactory

MORNING = datetime(2026, 5, 1, 9, 7, tzinfo=UTC)


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was hashed, which is what sign-in takes its time for."""

    algorithm = "counting"
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashed += 1
        return super().encode(password, salt)


@pytest.fixture
def hashed(settings: Settings, ada: User) -> Any:
    """Return a function that tells how often a password was hashed since it was called last."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    ada.set_password(PASSWORD)
    ada.save()

    def since_last() -> int:
        count, CountingHasher.hashed = CountingHasher.hashed, 0
        return count

    since_last()
    return since_last


def test_sign_in__takes_the_right_password_only(ada: User, client: Client) -> None:
    assert "not correct" in sign_in(client, password="something else").text
    assert not is_in(client)
    assert sign_in(client).status_code == 302
    assert is_in(client)


def test_sign_in__hashes_as_often_for_a_name_that_nobody_has(hashed: Any, ada: User) -> None:
    User.objects.create(username="closed", password=ada.password, is_active=False)
    User.objects.create(username="invited", password="!unusable")
    work = {}
    for name in ("ada", "nobody", "closed", "invited"):
        sign_in(Client(), name, "a guess")
        work[name] = hashed()
    assert set(work.values()) == {1}


@pytest.mark.parametrize("name", ["ada", "nobody", "closed"])
def test_sign_in__says_the_same_of_every_name(ada: User, name: str) -> None:
    User.objects.create(username="closed", password=ada.password, is_active=False)
    said = [
        sign_in(Client(), each, PASSWORD if each == "closed" else "a guess").text for each in (name, "ada")
    ]
    assert _without_tokens(said[0]).replace(name, "") == _without_tokens(said[1]).replace("ada", "")


def test_closed_account__opens_to_nothing(ada: User, client: Client) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert sign_in(client).status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize("spelled", ["ada", "ADA", " Ada "])
def test_sign_in__counts_a_name_however_it_is_spelled(ada: User, spelled: str) -> None:
    for _ in range(BY_NAME.most):
        sign_in(Client(), spelled, "a guess")
    answer = sign_in(Client())
    assert "Too many failed attempts. Wait 15 minutes" in answer.text


def test_sign_in__opens_again_after_the_window(
    ada: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(BY_NAME.most + 1):
        sign_in(Client(), password="a guess")
    later = datetime.now(UTC) + WINDOW
    monkeypatch.setattr(attempts.timezone, "now", lambda: later)
    assert sign_in(client).status_code == 302


def test_right_password__is_not_counted_and_clears_nothing(ada: User) -> None:
    for _ in range(BY_NAME.most - 1):
        sign_in(Client(), password="a guess")
    assert sign_in(Client()).status_code == 302
    sign_in(Client(), password="a guess")
    assert "Too many failed" in sign_in(Client()).text


def test_other_names__are_not_stopped_by_one_that_is(ada: User, olga: User, client: Client) -> None:
    for _ in range(BY_NAME.most + 5):
        sign_in(Client(), password="a guess")
    assert sign_in(client, "olga").status_code == 302


def test_address__is_stopped_with_a_page_for_whatever_names(ada: User) -> None:
    for number in range(BY_ADDRESS.most):
        take_attempt(BY_ADDRESS, "192.0.2.1")
        del number
    answer = sign_in(Client(), REMOTE_ADDR="192.0.2.1")
    assert (answer.status_code, "quarter of an hour" in answer.text) == (429, True)
    assert sign_in(Client(), REMOTE_ADDR="192.0.2.2").status_code == 302


def test_forged_header__makes_no_new_address(ada: User) -> None:
    answers = [
        sign_in(Client(), f"name{n}", "a guess", headers={"x-forwarded-for": f"198.51.100.{n}"})
        for n in range(BY_ADDRESS.most + 1)
    ]
    assert answers[-1].status_code == 429


@pytest.mark.parametrize(
    ("proxies", "header", "direct", "wanted"),
    [
        (0, "198.51.100.7", "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.7", "192.0.2.1", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "192.0.2.1", "198.51.100.7"),
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.1", "192.0.2.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1", "192.0.2.1"),
        (1, "", "192.0.2.1", "192.0.2.1"),
        (1, "no address", "192.0.2.1", "192.0.2.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (0, "", "::ffff:192.0.2.1", "192.0.2.1"),
        (0, "", "", "unknown"),
    ],
)
def test_address_of__believes_the_proxies_of_this_installation_only(
    settings: Settings, proxies: int, header: str, direct: str, wanted: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    asked = RequestFactory().get("/", headers={"x-forwarded-for": header}, REMOTE_ADDR=direct)
    assert address_of(asked) == wanted


def test_window_at__begins_every_quarter_of_an_hour() -> None:
    assert window_at(MORNING) == MORNING.replace(minute=0)
    assert window_at(MORNING + timedelta(minutes=8)) == MORNING.replace(minute=15)


def test_sign_in__forgets_old_counts(ada: User, client: Client) -> None:
    SignInCountFactory(since=datetime.now(UTC) - timedelta(hours=25))
    recent = SignInCountFactory(since=datetime.now(UTC) - timedelta(hours=23))
    sign_in(client)
    assert set(SignInCount.objects.filter(kind=recent.kind, key=recent.key)) == {recent}
    assert not SignInCount.objects.filter(since__lt=datetime.now(UTC) - timedelta(hours=24)).exists()


def test_change_of_password__is_no_place_to_guess(ada: User, client: Client) -> None:
    client.force_login(ada)
    words = {"oldpassword": "a guess", "password1": "another-long-word", "password2": "another-long-word"}
    address = reverse("account_change_password")
    for _ in range(BY_NAME.most):
        client.post(address, words)
    answer = client.post(address, words | {"oldpassword": PASSWORD})
    assert "Too many failed attempts" in answer.text


def _without_tokens(page: str) -> str:
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
