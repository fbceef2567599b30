"""What the tests of accounts share: a person with a second factor, and the codes that open it."""

from collections.abc import Callable
from dataclasses import dataclass
from time import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User
from tests.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOON = time() // 30 * 30 + 15  # today, since old counts are forgotten; in the middle of a half-minute


@dataclass
class Clock:
    """The clock that codes are told by."""

    now: float = NOON

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(totp, "time", clock)
    return clock


def code_at(moment: float) -> str:
    """Return the code that the telephone shows at a moment."""
    return str(totp.format_hotp_value(totp.hotp_value(SECRET, int(moment) // 30)))


@pytest.fixture
def secured(ada: User) -> User:
    """Return Ada with a second factor and codes for the loss of her telephone."""
    Authenticator.objects.create(user=ada, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    RecoveryCodes.activate(ada)
    return ada


def sign_in(client: Client, username: str = "ada", password: str = PASSWORD, **extra: Any) -> Any:
    words = {"login": username, "password": password}
    return client.post(reverse("account_login"), words, **extra)


def is_in(client: Client) -> bool:
    """Tell whether a window is somebody's."""
    return client.get(reverse("account")).status_code == 200


@pytest.fixture
def windows() -> Callable[[User], Client]:
    """Return a function that opens a new window with a person signed in."""

    def open_window(person: User) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=person.pk))
        return client

    return open_window
