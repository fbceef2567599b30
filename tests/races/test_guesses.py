"""Guesses at the same moment, from many windows and from several processes: they share one count."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.test import Client, RequestFactory
from django.urls import reverse

from studbook.accounts import attempts
from studbook.accounts.attempts import BY_NAME, ONE_USE, take_attempt
from studbook.accounts.links import DeadLinkError, link_for, use_link
from studbook.accounts.models import SignInCount, User
from tests.races.guesser import let_through_elsewhere
from tests.races.threads import at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)
SINCE = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
MOST_TRIED = 10


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the passwords that are tried, in one window of the count."""
    words: list[str] = []
    look = AuthenticationBackend._check_password

    def look_and_note(self: AuthenticationBackend, user: User | None, password: str) -> User | None:
        words.append(password)
        found: User | None = look(self, user, password)
        return found

    monkeypatch.setattr(AuthenticationBackend, "_check_password", look_and_note)
    monkeypatch.setattr(attempts, "window_at", lambda _: SINCE)
    monkeypatch.setattr(attempts, "forget_old_attempts", lambda: None)
    return words


def guesses(number: int, count: int) -> Callable[[], int]:
    """Return a deed that guesses some times, each time from an address of its own."""

    def guess() -> int:
        address = reverse("account_login")
        for each in range(count):
            words = {"login": "ada", "password": f"guess {number} {each}"}
            client = Client(REMOTE_ADDR=f"198.51.{number}.{each}")
            assert client.post(address, words).status_code == 200
        return count

    return guess


@pytest.mark.parametrize(
    ("windows", "each"), [(8, 25), pytest.param(16, 63, marks=pytest.mark.slow, id="1000")]
)
def test_guesses__at_the_same_moment_are_tried_ten_times(
    ada: User, tried: list[str], windows: int, each: int
) -> None:
    outcomes = at_once(*(guesses(number, each) for number in range(windows)))
    assert errors_in(outcomes) == []
    assert sum(outcomes) == windows * each
    assert len(tried) == MOST_TRIED
    assert SignInCount.objects.get(kind="name").count == MOST_TRIED


def test_guesses__of_several_processes_share_one_count() -> None:
    elsewhere = let_through_elsewhere(processes=2, guesses=15, key="person 1", since=SINCE)
    here = sum(take_attempt(BY_NAME, "person 1", SINCE) is not None for _ in range(15))
    assert (sum(elsewhere), here) == (MOST_TRIED, 0)


def test_code__used_at_the_same_moment_opens_once() -> None:
    outcomes = at_once(*[lambda: take_attempt(ONE_USE, "person 1", SINCE)] * 6)
    assert errors_in(outcomes) == []
    assert sum(outcome is not None for outcome in outcomes) == 1


def test_link__used_at_the_same_moment_sets_one_password(ada: User) -> None:
    token = link_for(ada, RequestFactory().get("/")).rsplit("/", 2)[1]
    words = [f"a-long-word-of-window-{number}" for number in range(4)]
    deeds = [lambda word=word: use_link(ada.pk, token, new_password=word) for word in words]
    told = errors_in(at_once(*deeds))
    assert [type(error) for error in told] == [DeadLinkError] * 3
    ada.refresh_from_db()
    assert sum(ada.check_password(word) for word in words) == 1
