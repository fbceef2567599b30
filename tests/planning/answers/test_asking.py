"""Representatives are asked and reminded by e-mail, or by links that are handed over."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import User
from studbook.planning.answers.showing import KEPT
from studbook.planning.models import AnswerLink, Plan
from tests import factories
from tests.planning.answers.conftest import OpenPlan, by_link

pytestmark = pytest.mark.django_db
SEEN = {"opened_version": 1}


def _no_such_host(*_: Any, **__: Any) -> int:
    raise OSError("no such host")


def test_send__goes_to_each_representative_by_e_mail(
    opened: OpenPlan, remy: User, ada: User, signed_in: Any, settings: Any
) -> None:
    settings.EMAIL_URL = "smtp://"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    url = reverse("plan_answers_send", args=["leopards", opened.plan.pk])
    for _ in range(2):
        assert signed_in(ada).post(url, SEEN).status_code == 302
    (sent,) = mail.outbox
    assert (sent.to, AnswerLink.objects.count()) == (["remy@example.org"], 1)
    assert sent.subject.startswith("Plan 2026 of Leopards: what Zoo A is asked, answer by")
    found = re.search(r"http://testserver(/answer/[^/]+/)", sent.body)
    assert found
    assert signed_in(ada).get(found[1]).status_code == 200
    assert AnswerLink.objects.get().sent_at is not None


def shown(client: Client, opened: OpenPlan) -> Any:
    """Return the page that follows the sending of links."""
    given = client.post(reverse("plan_answers_send", args=["leopards", opened.plan.pk]), SEEN)
    assert given.status_code == 302
    assert "/answer/" not in given["Location"]
    return client.get(given["Location"])


def test_send__shows_the_links_once_where_no_mail_is_sent(
    opened: OpenPlan, remy: User, ada: User, signed_in: Any
) -> None:
    client = signed_in(ada)
    given = shown(client, opened)
    assert "no-store" in given.headers["Cache-Control"]
    found = re.search(r"http://testserver(/answer/[^/]+/)", given.text)
    assert found
    again = client.get(reverse("plan_answers", args=["leopards", opened.plan.pk]))
    assert found[1] not in again.text
    # Loading the page again made no other link in its place.
    assert AnswerLink.objects.count() == 1
    assert Client().get(found[1]).status_code == 200


def test_send__keeps_no_secret_that_the_database_could_tell(
    opened: OpenPlan, remy: User, ada: User, signed_in: Any
) -> None:
    client, url = signed_in(ada), reverse("plan_answers", args=["leopards", opened.plan.pk])
    client.post(f"{url}send/", SEEN)
    kept, key = dict(client.session[KEPT]), client.cookies[KEPT]
    assert (key["path"], key["httponly"]) == (url, True)
    found = re.search(r"/answer/([^/]+)/", client.get(url).text)
    assert found
    assert found[1] not in str(kept)
    assert found[1] not in str(bytes.fromhex(kept["sealed"]))
    assert KEPT not in client.session
    assert client.cookies[KEPT].value == ""


@pytest.mark.parametrize("key", ["", "no key", "00" * 32])
def test_send__of_another_key_shows_nothing(
    opened: OpenPlan, remy: User, ada: User, signed_in: Any, key: str
) -> None:
    client, url = signed_in(ada), reverse("plan_answers", args=["leopards", opened.plan.pk])
    client.post(f"{url}send/", SEEN)
    client.cookies[KEPT] = key
    page = client.get(url)
    assert page.status_code == 200
    assert "/answer/" not in page.text
    assert "The links that were made cannot be shown any more. Send the plan again" in page.text
    assert KEPT not in client.session


def test_send__leaves_out_who_has_answered_everything(
    opened: OpenPlan, remy: User, ada: User, signed_in: Any
) -> None:
    factories.InstitutionRoleFactory(institution=opened.book.other_zoo, role="representative")
    for row in (opened.sent, opened.rested):
        factories.AnswerFactory(row=row, institution=opened.book.zoo, asked=opened.version)
    page = shown(signed_in(ada), opened).text
    assert [each.institution for each in AnswerLink.objects.all()] == [opened.book.other_zoo]
    assert f"{opened.book.zoo} has answered everything and gets no link." in page
    assert "1 institution that answered everything gets no link." in page


def test_send__shows_what_the_mail_server_did_not_take(
    opened: OpenPlan, remy: User, ada: User, signed_in: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_URL = "smtp://"
    monkeypatch.setattr("django.core.mail.EmailMessage.send", _no_such_host)
    given = shown(signed_in(ada), opened)
    assert "the mail server did not take it" in given.text
    assert AnswerLink.objects.get().sent_at is None


def test_send__is_of_the_plan_that_was_seen(opened: OpenPlan, remy: User, ada: User, signed_in: Any) -> None:
    Plan.objects.update(version=2)
    given = signed_in(ada).post(reverse("plan_answers_send", args=["leopards", opened.plan.pk]), SEEN)
    assert given.status_code == 409
    assert not AnswerLink.objects.exists()


def test_send__keeps_no_secret_for_sending_again(
    opened: OpenPlan, remy: User, ada: User, signed_in: Any
) -> None:
    url = reverse("plan_answers_send", args=["leopards", opened.plan.pk])
    given = signed_in(ada).post(url, {**SEEN, "once_key": "a-key"})
    assert given.status_code == 400
    assert "cannot be sent with a key" in given.text
    assert not AnswerLink.objects.exists()


def test_send__of_a_draft_is_refused(opened: OpenPlan, remy: User, ada: User, signed_in: Any) -> None:
    Plan.objects.update(state="draft")
    given = signed_in(ada).post(reverse("plan_answers_send", args=["leopards", opened.plan.pk]), SEEN)
    assert given.status_code == 400
    assert "is a draft and was not sent yet" in given.text


def test_reminder__goes_to_whom_something_is_open_and_once_a_day(opened: OpenPlan, remy: User) -> None:
    factories.InstitutionRoleFactory(institution=opened.book.other_zoo, role="representative")
    assert len(opened.links(reminder=True)) == 2
    assert opened.links(reminder=True) == []
    AnswerLink.objects.update(made_at=timezone.now() - timedelta(days=1))
    for row in (opened.sent, opened.rested):
        factories.AnswerFactory(row=row, institution=opened.book.zoo, asked=opened.version)
    assert [each.institution for each in opened.links(reminder=True)] == [opened.book.other_zoo]


def test_reminder__leaves_closed_accounts_alone(opened: OpenPlan, remy: User) -> None:
    User.objects.filter(pk=remy.pk).update(is_active=False)
    assert opened.links() == []


@pytest.fixture
def with_mail(settings: Any) -> None:
    settings.EMAIL_URL = "smtp://"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.parametrize(
    ("days", "sent"), [(8, 0), (7, 1), (0, 1), (-21, 1), (-22, 0)], ids=lambda each: str(each)
)
def test_remind_representatives__goes_out_around_the_day_of_reply(
    opened: OpenPlan, remy: User, with_mail: None, days: int, sent: int
) -> None:
    Plan.objects.update(reply_by=timezone.localdate() + timedelta(days=days))
    for _ in range(2):
        call_command("remind_representatives", "--site", "https://studbook.example", verbosity=0)
    assert len(mail.outbox) == sent
    assert all("https://studbook.example/answer/" in each.body for each in mail.outbox)


def test_remind_representatives__keeps_days_apart(opened: OpenPlan, remy: User, with_mail: None) -> None:
    Plan.objects.update(reply_by=timezone.localdate())
    for days in (0, 2, 3):
        before = timezone.now() - timedelta(days=days)
        AnswerLink.objects.update(made_at=before, sent_at=before)
        call_command("remind_representatives", "--site", "https://studbook.example")
    assert len(mail.outbox) == 2


def test_remind_representatives__lets_a_link_given_by_hand_live(
    opened: OpenPlan, remy: User, with_mail: None, client: Client
) -> None:
    (by_hand,) = opened.links()
    User.objects.filter(pk=remy.pk).update(email="")
    Plan.objects.update(reply_by=timezone.localdate())
    call_command("remind_representatives", "--site", "https://studbook.example")
    assert AnswerLink.objects.get().pk == by_hand.link.pk
    assert client.get(by_link(by_hand.secret)).status_code == 200


def test_remind_representatives__tries_again_what_did_not_leave(
    opened: OpenPlan, remy: User, with_mail: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (by_hand,) = opened.links()
    Plan.objects.update(reply_by=timezone.localdate())
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", _no_such_host)
        call_command("remind_representatives", "--site", "https://studbook.example")
    assert client.get(by_link(by_hand.secret)).status_code == 200
    call_command("remind_representatives", "--site", "https://studbook.example")
    assert len(mail.outbox) == 1
    assert client.get(by_link(by_hand.secret)).status_code == 404


def test_send__opens_the_mail_server_once(
    opened: OpenPlan, remy: User, ada: User, signed_in: Any, with_mail: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.InstitutionRoleFactory(
        institution=opened.book.zoo, role="representative", user__email="a@b.org"
    )
    tried = []

    def unreached(backend: Any) -> None:
        tried.append(backend)
        raise OSError("no such host")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", unreached)
    given = shown(signed_in(ada), opened)
    assert given.text.count("the mail server cannot be reached") == 2
    assert len(tried) == 1


def test_remind_representatives__says_what_it_needs(opened: OpenPlan, settings: Any) -> None:
    settings.EMAIL_URL = ""
    with pytest.raises(CommandError, match="No mail server is set"):
        call_command("remind_representatives", "--site", "https://studbook.example")
    with pytest.raises(CommandError, match="is no address of a site"):
        call_command("remind_representatives", "--site", "studbook")


def test_overview__tells_who_has_answered(opened: OpenPlan, remy: User, ada: User, signed_in: Any) -> None:
    factories.AnswerFactory(row=opened.sent, institution=opened.book.zoo, asked=opened.version)
    page = signed_in(ada).get(reverse("plan_answers", args=["leopards", opened.plan.pk])).text
    assert "in part" in page
    assert "! none" in page
    assert "Remind 2 who have not answered" in page
    # The sire moves, so both zoos are asked.
    assert "questions on 3 animals; one that moves is asked of at both institutions" in page
    for ending, start in (("csv", b"institution,animal"), ("xlsx", b"PK")):
        file = signed_in(ada).get(reverse(f"plan_answers_{ending}", args=["leopards", opened.plan.pk]))
        assert b"".join(file).startswith(start)
