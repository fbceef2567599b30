"""Links to answer by: secret, for one zoo of one plan, dead in time; reading one changes nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import User
from studbook.planning.answers.actions import answer_row
from studbook.planning.answers.links import DeadAnswerLinkError, digest_of
from studbook.planning.models import Answer, AnswerLink, Plan
from tests import factories
from tests.planning.answers.conftest import OpenPlan, by_link
from tests.races.digest import digest_of_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(opened: OpenPlan, remy: User) -> str:
    (made,) = opened.links()
    return made.secret


def test_link__keeps_only_a_digest_and_expires_after_the_day_of_reply(opened: OpenPlan, remy: User) -> None:
    (made,) = opened.links()
    assert made.secret not in str(AnswerLink.objects.values().get())
    assert made.link.digest == digest_of(made.secret)
    assert (made.person, made.institution) == (remy, opened.book.zoo)
    assert (made.link.expires_at.date() - timezone.localdate()).days == 38


def test_link__opens_the_zoo_s_page_without_a_sign_in(opened: OpenPlan, secret: str, client: Client) -> None:
    page = client.get(by_link(secret))
    assert page.status_code == 200
    assert "You answer for Zoo A as <b>remy</b>" in page.text
    assert "DO NOT BREED" in page.text
    assert "/programmes/" not in page.text
    assert secret not in page.text
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert re.findall(r'(?:href|src)="(?!/|#)', page.text) == []


def test_link__changes_nothing_when_it_is_only_opened(secret: str, client: Client) -> None:
    before = digest_of_everything(without=["django_session"])
    for method in (client.get, client.head, client.options):
        method(by_link(secret))
    assert digest_of_everything(without=["django_session"]) == before


def test_link__answers_as_its_person(opened: OpenPlan, remy: User, secret: str, client: Client) -> None:
    for _ in range(2):
        given = client.post(by_link(secret), opened.form(opened.sent))
        assert given.status_code == 302
    answer = Answer.objects.get()
    assert (answer.by, answer.through_link, answer.institution) == (remy, True, opened.book.zoo)
    assert AnswerLink.objects.get().used_at is not None


def test_link__answers_as_its_person_whoever_is_signed_in(
    opened: OpenPlan, remy: User, secret: str, olga: User, signed_in: Any
) -> None:
    signed_in(olga).post(by_link(secret), opened.form(opened.sent))
    assert Answer.objects.get().by == remy


def test_link__answers_for_no_other_zoo(opened: OpenPlan, secret: str, client: Client) -> None:
    there = opened.question(opened.held, opened.book.other_zoo)
    form = {"row": opened.held.pk, "said": there.said, "word": "accept"}
    assert client.post(by_link(secret), form).status_code == 404
    assert not Answer.objects.exists()


def test_link__takes_a_form_of_this_site_only(opened: OpenPlan, secret: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(by_link(secret), opened.form(opened.sent)).status_code == 403
    page = client.get(by_link(secret)).text
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    form = opened.form(opened.sent, csrfmiddlewaretoken=token[1])
    assert client.post(by_link(secret), form).status_code == 302


def expire(opened: OpenPlan, remy: User) -> None:
    AnswerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def end_role(opened: OpenPlan, remy: User) -> None:
    remy.institution_roles.all().delete()


def leave_programme(opened: OpenPlan, remy: User) -> None:
    opened.book.zoo.participations.all().delete()


def close_account(opened: OpenPlan, remy: User) -> None:
    User.objects.filter(pk=remy.pk).update(is_active=False)


def close_plan(opened: OpenPlan, remy: User) -> None:
    Plan.objects.update(state="closed", published_on=timezone.localdate(), closed_on=timezone.localdate())


def discard_plan(opened: OpenPlan, remy: User) -> None:
    Plan.objects.update(state="discarded")


def send_again(opened: OpenPlan, remy: User) -> None:
    opened.links()


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        (expire, "it was good until"),
        (end_role, "does not answer for Zoo A any more"),
        (leave_programme, "does not answer for Zoo A any more"),
        (close_account, "does not answer for Zoo A any more"),
        (close_plan, "takes no answers"),
        (discard_plan, "takes no answers"),
        (send_again, "a newer link was made in its place"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_link__is_dead_after(
    opened: OpenPlan, remy: User, secret: str, client: Client, deed: Any, why: str
) -> None:
    form = opened.form(opened.sent)
    deed(opened, remy)
    for given in (client.get(by_link(secret)), client.post(by_link(secret), form)):
        assert given.status_code == 404
        assert f"This link opens nothing any more: {why}" in given.text or why in given.text
    assert not Answer.objects.exists()


def test_link__of_a_registrar_who_was_representative_stays_good(
    opened: OpenPlan, remy: User, secret: str, client: Client
) -> None:
    factories.InstitutionRoleFactory(user=remy, institution=opened.book.zoo, role="registrar")
    remy.institution_roles.filter(role="representative").delete()
    assert client.get(by_link(secret)).status_code == 200


def test_link__of_another_plan_opens_that_plan_alone(opened: OpenPlan, secret: str, client: Client) -> None:
    other = factories.PlanFactory(programme=opened.plan.programme, title="Other", state="discarded")
    AnswerLink.objects.update(plan=other)
    assert client.get(by_link(secret)).status_code == 404


@pytest.mark.parametrize("words", ["x", "a" * 101, "é" * 40, "..%2F", "%00", "%ED%B0%80", "' or 1=1 --"])
def test_link__that_never_was_is_answered_with_a_sentence(db: None, client: Client, words: str) -> None:
    given = client.get(f"/answer/{words}/")
    assert given.status_code == 404


def test_link__is_not_guessed_at_leisure(secret: str, client: Client) -> None:
    told = [client.get(by_link(f"guess-{number}")).status_code for number in range(32)]
    assert told == [404] * 30 + [429] * 2
    assert client.get(by_link(secret)).status_code == 200


@pytest.mark.parametrize("other", ["plan", "institution"])
def test_link__answers_for_one_institution_of_one_plan(opened: OpenPlan, remy: User, other: str) -> None:
    (made,) = opened.links()
    plan, zoo = opened.plan, opened.book.zoo
    if other == "plan":
        plan = factories.PlanFactory(
            programme=opened.book.programme, state="final", published_on=plan.starts_on
        )
    else:
        zoo = opened.book.other_zoo
    with pytest.raises(DeadAnswerLinkError, match="does not answer for"):
        answer_row(plan, zoo, row=opened.sent.pk, said="", word="accept", by=remy, link=made.link)


def test_link__is_made_for_no_institution_that_takes_no_part(opened: OpenPlan, remy: User) -> None:
    opened.book.zoo.participations.all().delete()
    assert opened.links() == []


def test_link__leaves_its_secret_in_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get(by_link("a-live-secret"))
    client.get(reverse("set_password", args=[7, "a-live-secret"]))
    told = [each.getMessage() for each in caplog.records if each.name == "django.request"]
    assert told == ["Not Found: /answer/.../", "Not Found: /accounts/password/7/.../"]
