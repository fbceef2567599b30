"""E-mails before young are expected, and when an outcome is overdue."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from studbook.accounts.models import User
from studbook.reproduction.models import Pregnancy
from tests.reproduction.conftest import Couple
from tests.reproduction.pregnancies.told import pregnant

SignedIn = Callable[[User], Client]
SITE = ("--site", "https://studbook.example")


@pytest.fixture
def with_mail(settings: Any) -> None:
    settings.EMAIL_URL = "smtp://"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def addressed(*people: User) -> None:
    for each in people:
        User.objects.filter(pk=each.pk).update(email=f"{each.username}@example.org")


@pytest.mark.parametrize(("days", "sent"), [(79, 0), (80, 2), (100, 2), (120, 2)])
def test_remind_pregnancies__writes_once_to_those_who_log(
    days: int, sent: int, couple: Couple, bo: User, rita: User, remy: User, ada: User, with_mail: None
) -> None:
    addressed(bo, rita, remy, ada)
    pregnant(couple, days)
    for _ in range(2):
        call_command("remind_pregnancies", *SITE, verbosity=0)
    assert len(mail.outbox) == sent
    assert {each.to[0] for each in mail.outbox} <= {"bo@example.org", "rita@example.org"}
    assert all("https://studbook.example/programmes/leopards/" in each.body for each in mail.outbox)


def test_remind_pregnancies__writes_again_when_the_outcome_is_overdue(
    couple: Couple, bo: User, with_mail: None
) -> None:
    addressed(bo)
    pregnancy = pregnant(couple, 120, reminded_at=timezone.now() - timedelta(days=40))
    call_command("remind_pregnancies", *SITE, verbosity=0)
    assert "What came of the pregnancy" in mail.outbox[0].subject
    Pregnancy.objects.filter(pk=pregnancy.pk).update(
        outcome="lost",
        ended_earliest=timezone.localdate(),
        ended_latest=timezone.localdate(),
        reminded_at=None,
    )
    call_command("remind_pregnancies", *SITE, verbosity=0)
    assert len(mail.outbox) == 1


def test_remind_pregnancies__keeps_trying_where_nobody_could_be_told(
    couple: Couple, bo: User, with_mail: None, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    pregnancy = pregnant(couple, 95)
    call_command("remind_pregnancies", *SITE)
    assert "0 reminded" in capsys.readouterr().out
    addressed(bo)

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no route")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    call_command("remind_pregnancies", *SITE, verbosity=0)
    pregnancy.refresh_from_db()
    assert pregnancy.reminded_at is None


def test_remind_pregnancies__says_what_it_needs(settings: Any, db: None) -> None:
    settings.EMAIL_URL = ""
    with pytest.raises(CommandError, match="No mail server is set"):
        call_command("remind_pregnancies", *SITE)
    with pytest.raises(CommandError, match="is no address of a site"):
        call_command("remind_pregnancies", "--site", "studbook")


def test_remind_pregnancies__expects_no_young_of_a_dam_that_died(
    couple: Couple, bo: User, with_mail: None
) -> None:
    addressed(bo)
    pregnancy = pregnant(couple, 95)
    type(couple.dam).objects.filter(pk=couple.dam.pk).update(
        status="dead", death_earliest="2026-01-01", death_latest="2026-01-01"
    )
    call_command("remind_pregnancies", *SITE, verbosity=0)
    pregnancy.refresh_from_db()
    assert (len(mail.outbox), pregnancy.reminded_at) == (0, None)
