"""A plan open for comments: the sire goes to the dam's zoo to breed there, his sister rests."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import User
from studbook.institutions.models import Institution
from studbook.planning.answers.asked import Asked, Question, asked_of
from studbook.planning.answers.links import NewLink, make_links
from studbook.planning.models import Plan, PlanAnimal, PlanVersion, Recommendation
from tests import factories
from tests.planning.conftest import SmallBook


@dataclass
class OpenPlan:
    plan: Plan
    version: PlanVersion
    pair: Recommendation
    sent: PlanAnimal
    held: PlanAnimal
    rested: PlanAnimal
    book: SmallBook
    people: dict[str, User] = field(default_factory=dict)

    def asked(self, zoo: Institution | None = None) -> Asked:
        return asked_of(Plan.objects.get(pk=self.plan.pk), zoo or self.book.zoo)

    def question(self, row: PlanAnimal, zoo: Institution | None = None) -> Question:
        found = self.asked(zoo).question(row.pk)
        assert found is not None
        return found

    def url(self, zoo: Institution | None = None) -> str:
        return reverse("plan_answer", args=["leopards", self.plan.pk, (zoo or self.book.zoo).pk])

    def form(self, row: PlanAnimal, word: str = "accept", **more: Any) -> dict[str, Any]:
        return {"row": row.pk, "said": self.question(row).said, "word": word, **more}

    def links(self, **more: Any) -> list[NewLink]:
        return make_links(Plan.objects.get(pk=self.plan.pk), by=None, **more)


def by_link(secret: str) -> str:
    return reverse("answer_by_link", args=[secret])


@pytest.fixture
def remy(remy: User) -> User:
    remy.email = "remy@example.org"
    remy.save()
    return remy


@pytest.fixture
def opened(book: SmallBook) -> OpenPlan:
    plan = factories.PlanFactory(
        programme=book.programme,
        title="Plan 2026",
        state=Plan.State.COMMENTS,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        reply_by=timezone.localdate() + timedelta(days=10),
    )
    of = {"plan": plan}
    return OpenPlan(
        plan=plan,
        version=factories.PlanVersionFactory(number=1, **of),
        pair=factories.RecommendationFactory(programme=book.programme, sire=book.sire, dam=book.dam, **of),
        sent=factories.PlanAnimalFactory(
            animal=book.sire, disposition="send", destination=book.other_zoo, **of
        ),
        held=factories.PlanAnimalFactory(animal=book.dam, **of),
        rested=factories.PlanAnimalFactory(animal=book.sister, breeding="do not breed", **of),
        book=book,
    )
