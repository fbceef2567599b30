"""After an interim change the institutions that it concerns are told, with its note; the others are not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from studbook.accounts.models import User
from studbook.planning.answers.telling import changes_of, changes_told_to
from studbook.planning.models import AnswerLink, Plan, PlanVersion
from tests.factories import AnswerLinkFactory, InstitutionRoleFactory
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import changed, circulated, row, text, url

pytestmark = pytest.mark.django_db
NOTE = "Zoo B has built a new enclosure."


@pytest.fixture
def representatives(book: SmallBook, settings: Any) -> None:
    settings.EMAIL_URL = "smtp://"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for zoo, name in ((book.zoo, "a"), (book.other_zoo, "b")):
        InstitutionRoleFactory(institution=zoo, role="representative", user__email=f"{name}@example.org")


@pytest.fixture
def last(published: Plan, book: SmallBook, ada: User, representatives: None) -> PlanVersion:
    """Say something else of an animal at Zoo B that is in no pair with one at Zoo A."""
    published.recommendations.update(withdrawn_at=timezone.now())
    changed(published, ada, "The pair is withdrawn.")
    for zoo in (book.zoo, book.other_zoo):
        AnswerLinkFactory(plan=published, institution=zoo)
    at_b = row(published, book.dam)
    at_b.notes = "Into the new enclosure."
    at_b.save()
    return changed(published, ada, NOTE)


def told(window: Client, plan: Plan) -> list[str]:
    form = {"opened_version": plan.version, "change": "on"}
    assert window.post(url("plan_answers_send", plan.pk), form).status_code == 302
    return sorted(each.to[0] for each in mail.outbox)


def test_change__is_told_to_whom_it_concerns_once_and_with_its_note(
    window: Client, published: Plan, last: PlanVersion, book: SmallBook
) -> None:
    page = text(window.get(url("plan_answers", published.pk)))
    assert "It concerns Zoo B." in page
    assert "Zoo B: no link was made since." in page
    assert "Tell 1 institution</button>" in page
    assert told(window, published) == ["b@example.org"]
    assert told(window, published) == ["b@example.org"]
    (sent,) = mail.outbox
    assert sent.subject == "Changed: Plan 2026-2027 of Leopards: what Zoo B is asked"
    assert f"What changed, and why:\n\n{NOTE}\n\nOpen this page" in sent.body
    assert "✓ told" in text(window.get(url("plan_answers", published.pk)))
    found = re.search(r"http://testserver(/answer/[^/]+/)", sent.body)
    assert found
    assert NOTE in text(Client().get(found[1]))


def test_change__is_not_told_to_others(
    window: Client, published: Plan, last: PlanVersion, book: SmallBook
) -> None:
    assert NOTE in text(window.get(url("plan_answer", published.pk, book.other_zoo.pk)))
    assert NOTE not in text(window.get(url("plan_answer", published.pk, book.zoo.pk)))
    window.post(url("plan_answers_send", published.pk), {"opened_version": published.version})
    bodies = {each.to[0]: each.body for each in mail.outbox}
    assert NOTE in bodies["b@example.org"]
    assert NOTE not in bodies["a@example.org"]


def test_change__concerns_also_who_is_asked_nothing_any_more(
    window: Client, published: Plan, last: PlanVersion, book: SmallBook, ada: User
) -> None:
    published.animals.filter(animal=book.dam).update(removed_at=timezone.now())
    changed(published, ada, "She stays out of the plan.")
    assert told(window, published) == ["b@example.org"]
    (sent,) = mail.outbox
    assert sent.subject == "Changed: Plan 2026-2027 of Leopards: what concerns Zoo B"
    assert "She stays out of the plan." in sent.body
    assert "No answer is waited for." in sent.body
    assert "one tap" not in sent.body
    assert "Please answer" not in sent.body


def test_change__that_was_not_told_before_the_next_is_told_with_it(
    window: Client, published: Plan, last: PlanVersion, book: SmallBook, ada: User
) -> None:
    at_a = row(published, book.sire)
    at_a.notes = "Keep him in the old house."
    at_a.save()
    changed(published, ada, "The old house stays.")
    page = text(window.get(url("plan_answers", published.pk)))
    assert "It, or a change before it that was not told, concerns Zoo A, Zoo B." in page
    assert "Zoo A, Zoo B: no link was made since." in page
    assert told(window, published) == ["a@example.org", "b@example.org"]
    bodies = {each.to[0]: each.body for each in mail.outbox}
    assert "The pair is withdrawn." not in bodies["a@example.org"]
    assert "The old house stays." in bodies["a@example.org"]
    assert NOTE not in bodies["a@example.org"]
    assert NOTE in bodies["b@example.org"]
    assert "The old house stays." not in bodies["b@example.org"]
    page = text(window.get(url("plan_answers", published.pk)))
    assert "It concerns Zoo A." in page
    assert "✓ told" in page


def test_change__concerns_the_zoos_of_both_of_a_pair(
    published: Plan, book: SmallBook, ada: User, representatives: None
) -> None:
    published.recommendations.update(litters=2)
    changed(published, ada)
    for zoo in (book.zoo, book.other_zoo):
        assert changes_told_to(published, zoo)


def test_change__asks_for_no_answer_by_a_day_that_is_past(
    window: Client, published: Plan, last: PlanVersion
) -> None:
    Plan.objects.update(reply_by=timezone.localdate() - timedelta(days=1))
    told(window, published)
    assert "answer by" not in mail.outbox[0].subject + mail.outbox[0].body
    AnswerLink.objects.update(made_at=timezone.now() - timedelta(hours=1))
    Plan.objects.update(reply_by=timezone.localdate())
    told(window, published)
    assert "answer by" in mail.outbox[1].subject


def test_change__is_told_only_of_a_plan_that_was_changed(
    window: Client, published: Plan, representatives: None
) -> None:
    assert changes_of(published) == ()
    assert 'id="tell"' not in text(window.get(url("plan_answers", published.pk)))
    form = {"opened_version": published.version, "change": "on"}
    given = window.post(url("plan_answers_send", published.pk), form)
    assert given.status_code == 400
    assert "is no interim change, so there is none to tell of" in text(given)
    assert not mail.outbox


def test_change__without_representatives_tells_nobody_and_says_so(
    window: Client, published: Plan, last: PlanVersion
) -> None:
    User.objects.filter(email="b@example.org").update(is_active=False)
    assert told(window, published) == []
    assert "Nobody was told: each institution concerned" in text(
        window.get(url("plan_answers", published.pk))
    )


def test_steps__say_that_no_e_mail_has_left(window: Client, draft: Plan, ada: User) -> None:
    page = text(window.get(url("plan_step", draft.pk, "circulate")))
    assert "You send them the e-mails from “Answers of the zoos”." in page
    circulated(draft, ada)
    form = {"opened_version": draft.version, "acknowledged": "on"}
    seen = re.search(r'name="seen" value="([^"]+)"', text(window.get(url("plan_step", draft.pk, "publish"))))
    assert seen
    given = window.post(url("plan_step", draft.pk, "publish"), {**form, "seen": seen[1]}, follow=True)
    link = f'<a href="{url("plan_answers", draft.pk)}#ask">send it to the institutions</a>'
    assert f"The plan is published and in force. No e-mail has left yet: {link}." in text(given)
