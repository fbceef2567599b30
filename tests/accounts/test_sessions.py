"""Sessions end: after a while, and at the next request when something about the person has changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from studbook.accounts import sessions
from studbook.accounts.models import User
from studbook.accounts.sessions import end_sessions
from tests.accounts.conftest import is_in
from tests.factories import PASSWORD

Windows = Callable[[User], Client]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Return a function that moves the clock of sessions on."""
    began = datetime.now(UTC)
    passed = timedelta()

    def move(by: timedelta) -> None:
        nonlocal passed
        passed += by

    monkeypatch.setattr(sessions, "_now", lambda: (began + passed).timestamp())
    return move


def test_session__ends_three_hours_after_the_last_page(
    ada: User, windows: Windows, later: Callable[[timedelta], None]
) -> None:
    used, left = windows(ada), windows(ada)
    for _ in range(2):
        later(timedelta(hours=1, minutes=35))
        assert is_in(used)
    assert not is_in(left)


def test_session__ends_twelve_hours_after_sign_in_however_busy(
    ada: User, windows: Windows, later: Callable[[timedelta], None]
) -> None:
    window = windows(ada)
    for _ in range(12):
        later(timedelta(minutes=59))
        assert is_in(window)
    later(timedelta(minutes=15))
    assert not is_in(window)


def test_session__is_written_now_and_then_only(
    ada: User,
    windows: Windows,
    later: Callable[[timedelta], None],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    window = windows(ada)
    address = reverse("algorithms")
    window.get(address)
    with django_assert_num_queries(2):  # the session and the person
        window.get(address)
    later(timedelta(minutes=6))
    window.get(address)
    with django_assert_num_queries(2):
        window.get(address)


def test_end_sessions__makes_every_window_a_stranger_s(ada: User, olga: User, windows: Windows) -> None:
    opened = [windows(ada) for _ in range(3)]
    other = windows(olga)
    end_sessions(ada)
    assert [is_in(window) for window in opened] == [False] * 3
    assert is_in(other)


def test_sign_out_everywhere__includes_this_window(ada: User, windows: Windows) -> None:
    here, there = windows(ada), windows(ada)
    assert here.post(reverse("sign_out_everywhere")).headers["Location"] == reverse("account_login")
    assert (is_in(here), is_in(there)) == (False, False)


def test_closing_an_account__ends_its_sessions(ada: User, windows: Windows) -> None:
    window = windows(ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert not is_in(window)


def test_new_password__leaves_only_the_window_it_was_set_in(ada: User, windows: Windows) -> None:
    here, there = windows(ada), windows(ada)
    words = {"oldpassword": PASSWORD, "password1": "another-long-word", "password2": "another-long-word"}
    here.post(reverse("account_change_password"), words)
    assert (is_in(here), is_in(there)) == (True, False)
