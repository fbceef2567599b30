"""Accounts closed and opened again, lost second factors reset: by the administrator of the site, with a trail."""

from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.institutions.people_accounts import close_account, reopen_account, reset_second_factor
from studbook.programmes.models import Programme
from tests import factories

pytestmark = pytest.mark.django_db
WHY = {"reason": "She left; the director wrote."}


@pytest.fixture
def root() -> User:
    made: User = factories.UserFactory(username="root", is_superuser=True)
    return made


def window(person: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    return client


def command(name: str, *arguments: str) -> str:
    said = StringIO()
    call_command(name, *arguments, "--reason", WHY["reason"], stdout=said)
    return said.getvalue()


def page(client: Client, person: User) -> Any:
    return client.get(reverse("person", args=["leopards", person.pk]))


def send(client: Client, route: str, person: User, **words: str) -> Any:
    return client.post(reverse(route, args=["leopards", person.pk]), WHY | words)


def secured(person: User) -> User:
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "X"})
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "Y", "used_mask": 0}
    )
    return person


def test_close_account__ends_its_sessions_and_lets_nobody_in(root: User, bo: User) -> None:
    open_window = window(bo)
    assert send(window(root), "account_close", bo).status_code == 302
    assert open_window.get(reverse("account")).status_code == 302
    assert not Client().login(username="bo", password=factories.PASSWORD)
    assert bo.institution_roles.count() == 1
    said = AuditEntry.objects.get()
    assert (said.verb, said.actor, said.reason) == ("close account", root, f"bo: {WHY['reason']}")
    assert "account closed" in page(window(root), bo).text
    assert send(window(root), "account_reopen", bo).status_code == 302
    assert Client().login(username="bo", password=factories.PASSWORD)
    assert open_window.get(reverse("account")).status_code == 302


def test_reset_second_factor__takes_app_and_codes_away(root: User, rita: User) -> None:
    open_window = window(secured(rita))
    assert "Reset the second factor" in page(window(root), rita).text
    assert send(window(root), "second_factor_reset", rita).status_code == 302
    assert not Authenticator.objects.exists()
    assert open_window.get(reverse("account")).status_code == 302
    assert "Reset the second factor" not in page(window(root), rita).text
    assert AuditEntry.objects.get().verb == "reset second factor"


@pytest.mark.parametrize("route", ["account_close", "account_reopen", "second_factor_reset"])
def test_account__is_nobody_s_but_the_administrator_s(
    ada: User, rita: User, bo: User, olga: User, route: str
) -> None:
    secured(bo)
    assert [send(window(each), route, bo).status_code for each in (ada, rita, olga, bo)] == [403] * 4
    assert "Close the account" not in page(window(ada), bo).text
    deed = {"account_close": close_account, "account_reopen": reopen_account}.get(route, reset_second_factor)
    with pytest.raises(StudbookError, match="Only an administrator of the site"):
        deed(bo, by=ada, reason="I coordinate.")
    assert not AuditEntry.objects.exists()


def test_account__is_refused_in_a_sentence_and_keeps_what_was_written(root: User, bo: User) -> None:
    client = window(root)
    assert "needs a reason" in send(client, "account_close", bo, reason=" ").text
    assert "has no second factor" in send(client, "second_factor_reset", bo).text
    assert "is not closed" in send(client, "account_reopen", bo).text
    factories.ProgrammeRoleFactory(
        user=root, programme=bo.institution_roles.get().institution.participations.get().programme
    )
    assert "This is your own account" in send(client, "account_close", root).text
    with pytest.raises(StudbookError, match="the only administrator"):
        close_account(root, by=None, reason="Left.")
    assert User.objects.filter(is_active=True).count() == 2
    assert not AuditEntry.objects.exists()


def test_commands__close_open_and_reset(programme: Programme, zoo: Institution, bo: User) -> None:
    assert "The account bo is closed" in command("close_account", "BO")
    assert not User.objects.get(pk=bo.pk).is_active
    assert "is open again" in command("close_account", "bo", "--reopen")
    secured(bo)
    assert "no second factor any more" in command("reset_second_factor", "bo")
    assert set(AuditEntry.objects.values_list("actor_name", "programme")) == {("the system", programme.pk)}
    for name, words in (("close_account", "no account nobody"), ("reset_second_factor", "no account nobody")):
        with pytest.raises(CommandError, match=words):
            command(name, "nobody")
    with pytest.raises(CommandError, match="has no second factor"):
        command("reset_second_factor", "bo")


def test_close_account__of_somebody_without_a_role_is_told_too() -> None:
    stranger = factories.UserFactory(username="stranger")
    command("close_account", "stranger")
    said = AuditEntry.objects.get()
    assert (said.programme, said.reason.split(":")[0]) == (None, stranger.username)
