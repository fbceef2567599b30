"""How allauth does what this studbook wants of it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.shortcuts import render

from studbook.accounts.addresses import address_of
from studbook.accounts.attempts import (
    BY_ADDRESS,
    BY_NAME,
    TOO_MANY,
    Attempt,
    forget_old_attempts,
    key_of_name,
    take_attempt,
)
from studbook.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Accounts are given by a coordinator, a registrar or the site's administrator; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {"too_many_login_attempts": TOO_MANY}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Try a name and a password, unless there were too many wrong ones; a closed account opens to nothing."""
        taken = self._take_attempts(request, credentials["username"])
        person: User | None = super().authenticate(request, **credentials)
        if person is None or not person.is_active:
            return None
        for attempt in taken:
            attempt.give_back()
        forget_old_attempts()
        return person

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the counting to `authenticate`: allauth's own counts in a cache that each worker may have for itself."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def _take_attempts(self, request: HttpRequest, username: str) -> list[Attempt]:
        # The name first: who hammers at one name does not use up what the address has for the others behind it.
        by_name = take_attempt(BY_NAME, key_of_name(username))
        if by_name is None:
            raise self.validation_error("too_many_login_attempts")
        by_address = take_attempt(BY_ADDRESS, address_of(request))
        if by_address is None:
            by_name.give_back()
            raise ImmediateHttpResponse(render(request, "429.html", status=429))
        return [by_name, by_address]


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def get_totp_label(self, user: User) -> str:
        """Name the account by its user name, which is what the person signs in with."""
        return user.username
