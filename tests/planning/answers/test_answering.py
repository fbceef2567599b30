"""A zoo answers a plan: one tap each, the newest counts, nothing is lost or counted twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.models import AuditEntry
from studbook.planning.answers.actions import accept_open, answer_row
from studbook.planning.answers.asked import asked_in
from studbook.planning.answers.rules import NotAskedError, SaysOtherwiseError, version_asked
from studbook.planning.models import Answer, Plan, PlanAnimal
from studbook.programmes.changes import changing, columns_of
from tests import factories
from tests.planning.answers.conftest import OpenPlan

pytestmark = pytest.mark.django_db


def accept(opened: OpenPlan, by: User, row: PlanAnimal | None = None, **more: Any) -> Answer:
    row = row or opened.rested
    told = {"word": "accept", "said": opened.question(row).said, **more}
    return answer_row(opened.plan, opened.book.zoo, row=row.pk, by=by, **told)


def reworded(row: PlanAnimal, **columns: Any) -> None:
    """Change what a plan says as its own actions do: with a trail."""
    with changing(row.plan.programme, "change plan", by=None, alters_numbers=False) as trail:
        row.refresh_from_db()
        before = columns_of(row)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save()
        trail.changed(row, before)


def test_asked_of__shows_what_is_held_and_what_is_to_come(opened: OpenPlan) -> None:
    asked = opened.asked()
    assert {(each.row.pk, each.coming) for each in asked.questions} == {
        (opened.sent.pk, False),
        (opened.rested.pk, False),
    }
    there = opened.asked(opened.book.other_zoo)
    assert {(each.row.pk, each.coming) for each in there.questions} == {
        (opened.sent.pk, True),
        (opened.held.pk, False),
    }
    assert there.question(opened.held.pk).mates[0].animal == opened.book.sire  # type: ignore[union-attr]


def test_asked_in__takes_as_many_queries_for_many_as_for_one(opened: OpenPlan, remy: User) -> None:
    with CaptureQueriesContext(connection) as few:
        asked_in(opened.plan)
    for number in range(401, 405):
        row = factories.PlanAnimalFactory(plan=opened.plan, animal__studbook_number=str(number))
        factories.HoldingFactory(animal=row.animal)
    accept(opened, remy)
    with CaptureQueriesContext(connection) as many:
        for asked in asked_in(opened.plan):
            assert [(each.is_late, each.is_open, each.said) for each in asked.questions]
    assert len(many) == len(few) == 5


def test_answer__is_kept_with_version_and_trail(opened: OpenPlan, remy: User) -> None:
    made = accept(opened, remy)
    assert (made.asked, made.by, made.through_link) == (opened.version, remy, False)
    entry = AuditEntry.objects.get(verb="answer plan")
    assert (entry.actor, entry.changes.get().record) == (remy, "planning.answer")
    assert opened.asked().accepted == 1


def test_answer__given_again_stays_one(opened: OpenPlan, remy: User) -> None:
    assert accept(opened, remy) == accept(opened, remy)
    assert Answer.objects.count() == 1
    assert AuditEntry.objects.filter(verb="answer plan").count() == 1


def test_answer__given_otherwise_counts_and_the_earlier_stays(opened: OpenPlan, remy: User) -> None:
    accept(opened, remy)
    accept(opened, remy, word="cannot", reason="space")
    question = opened.question(opened.rested)
    assert question.answer is not None
    assert question.answer.word == "cannot"
    assert [each.word for each in question.earlier] == ["accept"]
    accept(opened, remy)
    assert opened.asked().accepted == 1
    assert Answer.objects.count() == 3


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"word": "cannot"}, "Say why it cannot be done"),
        ({"word": "cannot", "reason": "other"}, "Write which other reason"),
        ({"word": "propose", "note": "  "}, "Write what the zoo proposes"),
    ],
)
def test_answer__says_enough(opened: OpenPlan, remy: User, told: dict[str, str], sentence: str) -> None:
    with pytest.raises(Exception, match=sentence):
        accept(opened, remy, **told)
    assert not Answer.objects.exists()


def test_answer__keeps_no_reason_where_it_accepts(opened: OpenPlan, remy: User) -> None:
    assert accept(opened, remy, reason="space").reason == ""


def test_answer__to_something_else_is_refused(opened: OpenPlan, remy: User) -> None:
    said = opened.question(opened.rested).said
    reworded(opened.rested, breeding="see notes", notes="Together with 21 from June.")
    with pytest.raises(SaysOtherwiseError, match="was changed since you opened this page"):
        accept(opened, remy, said=said)


def test_answer__is_overtaken_when_the_plan_says_something_else(opened: OpenPlan, remy: User) -> None:
    accept(opened, remy)
    reworded(opened.rested, breeding="see notes", notes="Together with 21 from June.")
    question = opened.question(opened.rested)
    assert question.is_overtaken
    assert question in opened.asked().open
    assert opened.asked().accepted == 0
    accept(opened, remy)
    assert not opened.question(opened.rested).is_open


def test_answer__is_not_overtaken_by_what_a_zoo_is_not_asked(opened: OpenPlan, remy: User) -> None:
    accept(opened, remy)
    reworded(opened.rested, reason="Reworded.", priority=1)
    assert not opened.question(opened.rested).is_overtaken


def test_answer__is_overtaken_by_a_new_pair(opened: OpenPlan, remy: User) -> None:
    accept(opened, remy, opened.sent)
    with changing(opened.plan.programme, "recommend pair", by=None, alters_numbers=False) as trail:
        pair = factories.RecommendationFactory(
            programme=opened.plan.programme, plan=opened.plan, sire=opened.book.sire, dam=opened.book.stranger
        )
        trail.created([pair])
    assert opened.question(opened.sent).is_overtaken


def test_answer__after_the_day_is_taken_and_marked_late(opened: OpenPlan, remy: User) -> None:
    Plan.objects.update(reply_by=timezone.localdate() - timedelta(days=1))
    accept(opened, remy)
    assert opened.question(opened.rested).is_late


@pytest.mark.parametrize("state", ["draft", "discarded"])
def test_answer__is_taken_only_while_the_plan_asks(opened: OpenPlan, remy: User, state: str) -> None:
    Plan.objects.update(state=state)
    with pytest.raises(Exception, match=r"was not sent yet|takes no answers"):
        accept(opened, remy)


def test_answer__to_a_final_plan_is_taken(opened: OpenPlan, remy: User) -> None:
    Plan.objects.update(state="final", published_on=timezone.localdate())
    assert accept(opened, remy).pk


def test_answer__needs_a_version_to_be_to(db: None) -> None:
    unsent = factories.PlanFactory(state="comments", reply_by=date(2026, 3, 1))
    with pytest.raises(StudbookError, match="no version yet"):
        version_asked(unsent)


def test_answer__for_another_zoo_is_refused(opened: OpenPlan, remy: User, bo: User, olga: User) -> None:
    there = opened.question(opened.held, opened.book.other_zoo)
    for person in (remy, bo, olga):
        with pytest.raises(NotAskedError):
            answer_row(
                opened.plan,
                opened.book.other_zoo,
                row=opened.held.pk,
                said=there.said,
                word="accept",
                by=person,
            )


def test_answer__may_be_noted_by_the_coordinator_and_given_by_the_registrar(
    opened: OpenPlan, ada: User, rita: User
) -> None:
    assert accept(opened, ada, word="propose", note="By telephone: not before June.").by == ada
    assert accept(opened, rita).by == rita


def test_answer__for_an_animal_that_is_not_asked_about(opened: OpenPlan, remy: User) -> None:
    with pytest.raises(NotAskedError):
        answer_row(opened.plan, opened.book.zoo, row=opened.held.pk, said="0" * 16, word="accept", by=remy)


def test_accept_open__answers_all_that_is_open_once(opened: OpenPlan, remy: User) -> None:
    accept(opened, remy, word="cannot", reason="space")
    lines = {each.row.pk: each.said for each in opened.asked().questions}
    assert accept_open(opened.plan, opened.book.zoo, lines=lines, by=remy) == 1
    assert accept_open(opened.plan, opened.book.zoo, lines=lines, by=remy) == 0
    assert opened.question(opened.rested).answer.word == "cannot"  # type: ignore[union-attr]
    assert not opened.asked().open


def test_accept_open__is_all_or_nothing(opened: OpenPlan, remy: User) -> None:
    lines = {each.row.pk: each.said for each in opened.asked().questions}
    reworded(opened.rested, breeding="", notes="")
    with pytest.raises(SaysOtherwiseError):
        accept_open(opened.plan, opened.book.zoo, lines=lines, by=remy)
    assert not Answer.objects.exists()


def test_page__answers_with_one_tap(opened: OpenPlan, remy: User, signed_in: Any) -> None:
    client = signed_in(remy)
    page = client.get(opened.url()).text
    assert "SEND TO" in page
    assert "DO NOT BREED" in page
    assert "Accept all 2 that are open" in page
    given = client.post(opened.url(), opened.form(opened.sent))
    assert (given.status_code, given.headers["Location"]) == (302, f"{opened.url()}#row-{opened.sent.pk}")
    page = client.get(opened.url()).text
    assert "✓ accepted" in page
    assert "Accept all" not in page


def test_page__accepts_all_with_one_tap(opened: OpenPlan, remy: User, signed_in: Any) -> None:
    lines = [f"{each.row.pk}:{each.said}" for each in opened.asked().questions]
    for _ in range(2):
        assert signed_in(remy).post(opened.url(), {"all": "open", "line": lines}).status_code == 302
    assert Answer.objects.count() == 2


def test_page__tells_a_refusal_at_its_animal_and_keeps_what_was_written(
    opened: OpenPlan, remy: User, signed_in: Any
) -> None:
    form = opened.form(opened.sent, "cannot", note="Too old to travel")
    given = signed_in(remy).post(opened.url(), form)
    assert given.status_code == 400
    assert "Say why it cannot be done" in given.text
    assert "Too old to travel" in given.text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"row": "x", "said": "y", "word": "z"},
        {"row": 2**63, "said": "0" * 16, "word": "accept"},
        {"row": 1, "said": "0" * 16, "word": "accept", "note": "\x00"},
        {"all": "open"},
        {"all": "open", "line": ["1:2", "٣:0000000000000000", ":", "-1:0000000000000000"]},
        {"all": "open", "line": [f"{2**62}:{'0' * 16}"]},
    ],
)
def test_page__answers_nonsense_with_a_sentence(
    opened: OpenPlan, remy: User, signed_in: Any, form: dict[str, Any]
) -> None:
    given = signed_in(remy).post(opened.url(), form)
    assert given.status_code in (400, 404)
    assert 'role="alert"' in given.text
    assert not Answer.objects.exists()


def test_page__shows_readers_everything_and_no_button(opened: OpenPlan, olga: User, signed_in: Any) -> None:
    page = signed_in(olga).get(opened.url()).text
    assert "DO NOT BREED" in page
    assert "✓ Accept" not in page
    assert signed_in(olga).post(opened.url(), opened.form(opened.sent)).status_code == 403


def test_page__of_another_zoo_takes_nothing(opened: OpenPlan, remy: User, signed_in: Any) -> None:
    assert signed_in(remy).get(opened.url(opened.book.other_zoo)).status_code == 200
    given = signed_in(remy).post(opened.url(opened.book.other_zoo), opened.form(opened.sent))
    assert given.status_code == 404


def test_dashboard__leads_a_representative_to_the_question(
    opened: OpenPlan, remy: User, signed_in: Any
) -> None:
    page = signed_in(remy).get("/programmes/leopards/").text
    assert "Your zoo is asked" in page
    assert opened.url() in page
