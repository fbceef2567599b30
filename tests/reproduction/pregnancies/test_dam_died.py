"""A pregnancy whose dam died is expected no more: its outcome is to be told at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from studbook.accounts.models import User
from studbook.animals.correcting.events import remove_event
from studbook.animals.entry.life import log_death, log_lost, log_release
from studbook.reproduction.models import Pregnancy
from studbook.reproduction.pregnancies.actions import tell_outcome
from studbook.reproduction.pregnancies.queries import awaited, row_of
from tests.reproduction.conftest import Couple
from tests.reproduction.pregnancies.told import at, days_ago, pregnant

SignedIn = Callable[[User], Client]


def found(couple: Couple) -> tuple[list[Pregnancy], list[Pregnancy]]:
    soon, overdue = awaited(couple.programme, timezone.localdate())
    return [row.pregnancy for row in soon], [row.pregnancy for row in overdue]


@pytest.mark.parametrize("days", [10, 80, 95, 200])
def test_awaited__asks_for_the_outcome_until_the_death_is_taken_out(
    days: int, couple: Couple, rita: User
) -> None:
    pregnancy = pregnant(couple, days)
    before, died = found(couple), days_ago(3)
    death = log_death(couple.dam, on=died, cause="old age", by=rita)
    assert found(couple) == ([], [pregnancy])
    couple.dam.refresh_from_db()
    row = row_of(Pregnancy.objects.get(), timezone.localdate())
    assert (row.state_words, row.window, row.days) == (f"the dam died {died}: tell the outcome", None, None)
    remove_event(death, by=rita, reason="Another animal.", opened_version=1)
    assert found(couple) == before


def test_awaited__needs_no_gestation_of_a_dam_that_died(couple: Couple, rita: User) -> None:
    couple.programme.gestation_days_min = None
    couple.programme.save()
    pregnancy = pregnant(couple, 200)
    assert found(couple) == ([], [])
    log_death(couple.dam, on=days_ago(3), cause="old age", by=rita)
    assert found(couple) == ([], [pregnancy])


def test_awaited__leaves_out_what_is_told_or_struck_out(couple: Couple, rita: User) -> None:
    pregnancy = pregnant(couple, 80)
    pregnant(couple, 70, struck_at=timezone.now(), struck_why="Wrong.")
    log_death(couple.dam, on=days_ago(3), cause="old age", by=rita)
    tell_outcome(pregnancy, outcome="lost", on=days_ago(3), by=rita, opened_version=1)
    assert found(couple) == ([], [])


@pytest.mark.parametrize("leave", [log_lost, log_release])
def test_awaited__counts_on_where_the_dam_is_seen_no_more(
    leave: Callable[..., Any], couple: Couple, rita: User
) -> None:
    soon, late = pregnant(couple, 80), pregnant(couple, 110)
    leave(couple.dam, on=days_ago(3), by=rita)
    assert found(couple) == ([soon], [late])


def test_pages__tell_that_the_dam_died(couple: Couple, bo: User, rita: User, signed_in: SignedIn) -> None:
    pregnancy, died = pregnant(couple, 80), days_ago(3)
    log_death(couple.dam, on=died, cause="old age", by=rita)
    client, words = signed_in(bo), f"the dam died {died}: tell the outcome"
    for page in (at("dashboard"), at("reproduction")):
        text = client.get(page).text
        assert text.index("Outcome overdue") < text.index(at("pregnancy", pregnancy.pk)) < text.index(words)
        assert "Young expected within" not in text
    late = client.get(f"{at('pregnancies')}?state=overdue&columns=state,expected_from,days")
    assert words in late.text
    assert words in client.get(f"{at('pregnancies_csv')}?state=overdue").getvalue().decode()
    assert not client.get(f"{at('pregnancies')}?state=soon").context["lines"]
    page = client.get(at("pregnancy", pregnancy.pk)).text
    assert words in page
    assert f"none any more: the dam died {died}" in page
    assert "most likely" not in page
    for number in ("2", "3"):
        text = client.get(at("animal", number)).text
        assert words in text
        assert "; young " not in text
    sent = {"outcome": "lost", "on": str(died), "opened_version": 1}
    assert client.post(at("pregnancy_outcome", pregnancy.pk), sent).status_code == 302
    assert words not in client.get(at("pregnancy", pregnancy.pk)).text


def test_remind_pregnancies__asks_once_when_the_days_have_gone_by(
    couple: Couple, bo: User, rita: User, settings: Any
) -> None:
    settings.EMAIL_URL = "smtp://"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    User.objects.filter(pk=bo.pk).update(email="bo@example.org")
    pregnant(couple, 95)
    pregnant(couple, 120, reminded_at=timezone.now() - timedelta(days=40))
    log_death(couple.dam, on=days_ago(3), cause="old age", by=rita)
    for _ in range(2):
        call_command("remind_pregnancies", "--site", "https://studbook.example", verbosity=0)
    assert ["What came of the pregnancy" in each.subject for each in mail.outbox] == [True]
    assert f"died {days_ago(3)}, and nobody has told yet" in mail.outbox[0].body
