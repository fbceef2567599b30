"""The second factor: a code from a telephone, or one of the codes kept for its loss. Each opens once."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    compare_user_code,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django import forms

from studbook.accounts.attempts import BY_CODE, BY_NAME, ONE_USE, TOO_MANY, key_of, take_attempt
from studbook.accounts.models import User

USED_ALREADY = "This code was used before. Wait for the next one, then enter that."


class OneTimeCode(forms.Form):
    """Takes a code once, and not after too many wrong ones, whichever worker is asked."""

    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        attempt = take_attempt(BY_CODE, key_of(self.user))
        if attempt is None:
            raise forms.ValidationError(TOO_MANY)
        code: str = super().clean_code()  # type: ignore[misc]  # of the form it is mixed into
        self._refuse_used(code)
        attempt.give_back()
        return code

    def _refuse_used(self, code: str) -> None:
        # A kept code marks its own use in the database; one from the telephone is marked in a cache only.
        if self.authenticator.type != Authenticator.Type.TOTP:
            return
        counter = counter_of(decrypt(self.authenticator.data["secret"]), code)
        if counter is None or take_attempt(ONE_USE, key_of(self.user), _moment_of(counter)) is None:
            raise forms.ValidationError(USED_ALREADY)


class CodeForm(OneTimeCode, AuthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """Asks for the code at sign-in."""


class CodeAgainForm(OneTimeCode, ReauthenticateForm):  # type: ignore[misc]
    """Asks for a code again before something that matters."""


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """Changes the password; who guesses the present one is stopped as at sign-in."""

    def clean_oldpassword(self) -> str:
        attempt = take_attempt(BY_NAME, key_of(self.user))
        if attempt is None:
            raise forms.ValidationError(TOO_MANY)
        password: str = super().clean_oldpassword()
        attempt.give_back()
        return password


def counter_of(secret: str, code: str) -> int | None:
    """Return the half-minute that a code belongs to, None where it belongs to none of those that open now."""
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return int(counter)
    return None


def has_second_factor(person: User) -> bool:
    return bool(get_adapter().is_mfa_enabled(person, [Authenticator.Type.TOTP]))


def forget_second_factor(person: User) -> bool:
    """Take away the authenticator app of a person and the codes kept for its loss; tell whether there were any."""
    taken, _ = Authenticator.objects.filter(user=person).delete()
    return bool(taken)


def codes_left(person: User) -> int:
    """Return how many of the kept codes a person has not used yet."""
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


def people_with_second_factor(people: Any) -> set[int]:
    """Return the keys of those among some people who have a second factor; one query."""
    return set(
        Authenticator.objects.filter(user__in=people, type=Authenticator.Type.TOTP).values_list(
            "user_id", flat=True
        )
    )


def _moment_of(counter: int) -> datetime:
    return datetime.fromtimestamp(counter * app_settings.TOTP_PERIOD, UTC)
