"""Guessing is counted before it is tried: in the database, so that all workers share one count.

An attempt is taken before a password or a code is looked at, and given back where it was right. What is refused here is
not tried at all. The count of a name is the account's, however the name was spelled; a name without account has one too,
so that both are answered alike.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from allauth.account.internal.userkit import get_user_by_username
from django.db.models import F, QuerySet
from django.utils import timezone

from studbook.accounts.models import SignInCount, User

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)
MINUTES = int(WINDOW.total_seconds() // 60)
TOO_MANY = f"Too many failed attempts. Wait {MINUTES} minutes, then try again."


@dataclass(frozen=True, slots=True)
class Limit:
    """How many wrong attempts of one kind are let through in a window."""

    kind: str
    most: int


BY_NAME = Limit("name", 10)
BY_ADDRESS = Limit("address", 50)
BY_CODE = Limit("code", 10)
BY_LINK = Limit("link", 10)
ONE_USE = Limit("used code", 1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that was let through."""

    kind: str
    key: str
    since: datetime

    def give_back(self) -> None:
        """Count it no more: it was right."""
        _counts(self.kind, self.key, self.since).filter(count__gt=0).update(count=F("count") - 1)


def take_attempt(limit: Limit, key: str, since: datetime | None = None) -> Attempt | None:
    """Count an attempt, None where there were too many since the window's beginning; two statements, each whole."""
    since = since or window_at(timezone.now())
    SignInCount.objects.bulk_create(
        [SignInCount(kind=limit.kind, key=key, since=since)], ignore_conflicts=True
    )
    counts = _counts(limit.kind, key, since)
    let_through = counts.filter(count__lt=limit.most).update(count=F("count") + 1)
    return Attempt(limit.kind, key, since) if let_through else None


def window_at(moment: datetime) -> datetime:
    """Return the beginning of the window that a moment lies in."""
    seconds = int(moment.timestamp()) // int(WINDOW.total_seconds()) * int(WINDOW.total_seconds())
    return datetime.fromtimestamp(seconds, UTC)


def key_of_name(username: str) -> str:
    """Return what a user name is counted under; one query for a known and for an unknown one."""
    person = get_user_by_username(username)
    return key_of(person) if person else f"name {sha256(username.upper().casefold().encode()).hexdigest()}"


def key_of(person: User) -> str:
    """Return what a person's attempts are counted under."""
    return f"person {person.pk}"


def forget_old_attempts() -> None:
    """Remove counts that can refuse nothing any more."""
    SignInCount.objects.filter(since__lt=timezone.now() - KEPT).delete()


def _counts(kind: str, key: str, since: datetime) -> QuerySet[SignInCount]:
    return SignInCount.objects.filter(kind=kind, key=key, since=since)
