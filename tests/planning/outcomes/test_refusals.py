"""A zoo that said it cannot is the reason of a pair that was not done, where nobody told and nothing happened."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.core.dates import DateInterval
from studbook.planning.answers.refusals import REASONS
from studbook.planning.models import Answer, Outcome, PlanAnimal, Recommendation
from studbook.planning.outcomes.kinds import Kind
from studbook.planning.outcomes.rates import success_of
from studbook.planning.outcomes.reading import readings_of
from studbook.programmes.changes import changing
from tests import factories
from tests.planning.outcomes.conftest import PastPlan

pytestmark = pytest.mark.django_db


def answered(row: PlanAnimal, zoo: object, word: str = "cannot", **columns: Any) -> Answer:
    told = {"reason": "space"} if word == "cannot" else {}
    day = columns.pop("day", 1)
    made: Answer = factories.AnswerFactory(
        row=row,
        institution=zoo,
        word=word,
        **{**told, **columns},
    )
    Answer.objects.filter(pk=made.pk).update(at=datetime(2024, 2, day, 12, tzinfo=UTC))
    return made


@pytest.fixture
def refused(closed: PastPlan) -> PastPlan:
    """Return the closed plan, of which the zoo of the dam answered that it cannot."""
    answered(closed.held, closed.book.other_zoo, day=5)
    return closed


def test_every_reason_of_an_answer__is_one_of_outcomes() -> None:
    assert set(REASONS) == set(Answer.Reason)
    assert set(REASONS.values()) <= set(Outcome.Reason)


@pytest.mark.parametrize("reason", Answer.Reason.values)
def test_refusal__is_the_reason(closed: PastPlan, reason: str) -> None:
    answer = answered(closed.held, closed.book.other_zoo, reason=reason, note="Until spring.")
    reading = closed.reading(Kind.BREED)
    assert (reading.state, reading.by_book, reading.reason) == ("not done", False, REASONS[reason])
    assert reading.refusal == answer
    (share,) = success_of(readings_of(closed.plan.programme), Kind.BREED).reasons
    assert share.label == Outcome.Reason(REASONS[reason]).label


def test_refusal__says_nothing_while_the_plan_is_in_force(past: PastPlan) -> None:
    answered(past.held, past.book.other_zoo)
    assert (past.reading(Kind.BREED).state, past.reading(Kind.BREED).reason) == ("", "")


def test_refusal__of_both_zoos_is_the_earlier(refused: PastPlan) -> None:
    answered(refused.sent, refused.book.zoo, reason="animal", day=6)
    assert refused.reading(Kind.BREED).reason == "space"
    answered(refused.sent, refused.book.other_zoo, reason="behaviour", day=4)
    assert refused.reading(Kind.BREED).reason == "incompatible"


def test_refusal__beside_a_zoo_that_accepts_counts(refused: PastPlan) -> None:
    answered(refused.sent, refused.book.zoo, "accept", day=8)
    assert refused.reading(Kind.BREED).reason == "space"


@pytest.mark.parametrize("word", ["accept", "propose"])
def test_refusal__is_over_once_the_zoo_answers_otherwise(refused: PastPlan, word: str) -> None:
    answered(refused.held, refused.book.other_zoo, word, note="Later.", day=9)
    assert refused.reading(Kind.BREED).reason == ""


def test_refusal__of_what_the_plan_said_before_is_over(refused: PastPlan, ada: User) -> None:
    before = {"litters": 1}
    refused.pair.litters = 2
    refused.pair.save()
    with changing(refused.plan.programme, "alter pair", by=ada, alters_numbers=False) as trail:
        trail.changed(refused.pair, before)
    assert refused.reading(Kind.BREED).reason == ""


def test_refusal__about_an_animal_of_another_pair_or_plan_says_nothing(closed: PastPlan) -> None:
    answered(closed.rested, closed.book.zoo)
    other = factories.PlanAnimalFactory(
        animal=closed.book.dam, plan=factories.PlanFactory(programme=closed.plan.programme)
    )
    answered(other, closed.book.other_zoo)
    assert closed.reading(Kind.BREED).reason == ""


def test_refusal__yields_to_what_was_told(refused: PastPlan) -> None:
    refused.told(refused.pair, "not done", reason="papers")
    reading = refused.reading(Kind.BREED)
    assert (reading.reason, reading.refusal) == ("papers", None)


def test_refusal__yields_to_a_death(refused: PastPlan) -> None:
    refused.died(refused.book.dam, "2024-05-01")
    assert (refused.reading(Kind.BREED).reason, refused.reading(Kind.BREED).refusal) == ("died", None)


def test_refusal__yields_to_an_attempt(refused: PastPlan) -> None:
    book = refused.book
    factories.MatingFactory(
        programme=book.programme, sire=book.sire, dam=book.dam, date=DateInterval.parse("2024-06-03")
    )
    reading = refused.reading(Kind.BREED)
    assert (reading.state, reading.reason, reading.refusal) == ("attempted", "", None)


def test_refusal__yields_to_young_conceived_in_the_window(refused: PastPlan) -> None:
    refused.born("2025-02-01")
    assert refused.reading(Kind.BREED).reason == ""


def test_refusal__of_a_replaced_pair_says_nothing(refused: PastPlan) -> None:
    Recommendation.objects.update(withdrawn_at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    assert (refused.reading(Kind.BREED).state, refused.reading(Kind.BREED).reason) == ("replaced", "")


def test_page__says_which_zoo_cannot(refused: PastPlan, olga: User, signed_in: Any) -> None:
    asked = {"kind": "breed with"}
    page = signed_in(olga).get(reverse("outcomes", args=["leopards"]), asked).text
    assert f"{refused.book.other_zoo} answered that it cannot: no space" in page
    assert "Nobody told why." not in page
    (listed,) = (each for each in readings_of(refused.plan.programme) if each.kind == Kind.BREED)
    assert listed.window.until == date(2024, 12, 31)
