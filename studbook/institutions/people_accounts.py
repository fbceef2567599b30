"""What the administrator of the site does to an account: close it, open it again, take a lost second factor away.

An account belongs to no programme; the trail of each programme where the person has a role tells of it.
"""

from collections.abc import Callable
from contextlib import ExitStack

from django.db import transaction
from django.db.models import QuerySet

from studbook.accounts.models import User
from studbook.accounts.second_factor import forget_second_factor
from studbook.accounts.sessions import end_sessions
from studbook.core.errors import StudbookError
from studbook.core.models import AuditEntry
from studbook.institutions.people_rules import NotTheirsToGiveError
from studbook.programmes.changes import changing
from studbook.programmes.models import Programme


def close_account(person: User, *, by: User | None, reason: str) -> None:
    """Let nobody in with an account any more, from the next request on; its roles stay, for its opening again."""

    def close(account: User) -> None:
        if not account.is_active:
            raise StudbookError(f"The account {account.username} is closed already. Nothing is left to do.")
        if by and by.pk == account.pk:
            raise StudbookError("This is your own account. Another administrator of the site closes it.")
        if account.is_superuser and not _administrators().exclude(pk=account.pk).exists():
            raise StudbookError(
                f"{account} is the only administrator of the site. Make another one first: manage.py createsuperuser."
            )
        User.objects.filter(pk=account.pk).update(is_active=False)

    _deal_with(person, "close account", close, by=by, reason=reason)


def reopen_account(person: User, *, by: User | None, reason: str) -> None:
    """Let a person in again whose account was closed, with the password and the roles it had."""

    def reopen(account: User) -> None:
        if account.is_active:
            raise StudbookError(f"The account {account.username} is not closed. Nothing is left to do.")
        User.objects.filter(pk=account.pk).update(is_active=True)

    _deal_with(person, "open account again", reopen, by=by, reason=reason)


def reset_second_factor(person: User, *, by: User | None, reason: str) -> None:
    """Take the second factor of a person and the codes kept for its loss away: the password alone opens until a new one."""

    def reset(account: User) -> None:
        if not forget_second_factor(account):
            raise StudbookError(
                f"The account {account.username} has no second factor. Nothing is left to do."
            )

    _deal_with(person, "reset second factor", reset, by=by, reason=reason)


def _deal_with(
    person: User, verb: str, deed: Callable[[User], None], *, by: User | None, reason: str
) -> None:
    why = reason.strip()
    if not why:
        raise StudbookError(f"To {verb} needs a reason. Write how you know that it is right.", field="reason")
    told = f"{person.username}: {why}"
    with transaction.atomic(), ExitStack() as stack:
        programmes = _programmes_of(person)
        for each in programmes:
            stack.enter_context(changing(each, verb, by=by, reason=told, alters_numbers=False, is_word=True))
        if by and not _administrators().filter(pk=by.pk).exists():
            raise NotTheirsToGiveError(
                f"Only an administrator of the site may {verb}. Withdraw the person's roles instead."
            )
        account = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        deed(account)
        end_sessions(account)
        if not programmes:
            AuditEntry.objects.create(actor=by, actor_name=str(by or "the system"), verb=verb, reason=told)
    person.refresh_from_db()


def _administrators() -> QuerySet[User]:
    return User.objects.filter(is_superuser=True, is_active=True)


def _programmes_of(person: User) -> list[Programme]:
    own = Programme.objects.filter(roles__user=person)
    through = Programme.objects.filter(participations__institution__roles__user=person)
    # In one order, so that two who decide at the same moment wait for each other and not both for ever.
    return sorted({*own, *through}, key=lambda each: each.pk)
