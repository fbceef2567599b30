"""A draft for two years in the small book of tests/planning: Baruto and Khala live at two zoos."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.planning.actions import recommend_pair
from studbook.planning.models import Plan, PlanAnimal, PlanVersion, Recommendation
from studbook.planning.plans.life import circulate, publish, publish_change
from studbook.planning.plans.making import make_plan
from studbook.planning.plans.reading import standing_rows
from studbook.programmes.models import Programme
from tests.planning.conftest import SmallBook

REASON = "Both carry rare lines of the second founder pair."
NEXT_MONTH = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def draft(book: SmallBook, ada: User) -> Plan:
    return make_plan(
        Programme.objects.get(pk=book.programme.pk),
        by=ada,
        title="Plan 2026-2027",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )


@pytest.fixture
def khala_baruto(book: SmallBook, draft: Plan, ada: User) -> Recommendation:
    """Return the pair, recommended with insemination: nobody has to move."""
    return recommend_pair(
        book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada, method="insemination"
    )


@pytest.fixture
def published(draft: Plan, khala_baruto: Recommendation, ada: User) -> Plan:
    publish(draft, by=ada, opened_version=draft.version)
    draft.refresh_from_db()
    return draft


def row(plan: Plan, animal: Animal) -> PlanAnimal:
    found: PlanAnimal = standing_rows(plan).get(animal=animal)
    return found


def circulated(plan: Plan, ada: User, **more: Any) -> PlanVersion:
    made = circulate(plan, by=ada, opened_version=plan.version, reply_by=NEXT_MONTH, **more)
    plan.refresh_from_db()
    return made


def changed(plan: Plan, ada: User, note: str = "Asked by the zoo.", **more: Any) -> PlanVersion:
    made = publish_change(plan, by=ada, opened_version=plan.version, note=note, **more)
    plan.refresh_from_db()
    return made


def bury(animal: Animal) -> None:
    Animal.objects.filter(pk=animal.pk).update(
        status="dead", death_earliest="2026-03-01", death_latest="2026-03-01", death_text="2026-03-01"
    )
    animal.holdings.filter(end=None).update(end="2026-03-01")
    Programme.objects.get(pk=animal.programme_id)
    move_on(animal.programme)


def move_on(programme: Programme) -> None:
    """Let the book have a new revision, as a deed that alters numbers gives it."""
    fresh = Programme.objects.get(pk=programme.pk)
    fresh.revision += 1
    fresh.save(update_fields=["revision"])


Bury = Callable[[Animal], None]
DAY = DateInterval.parse("2026-03-01")


@pytest.fixture
def window(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


def url(name: str, *args: object) -> str:
    return reverse(name, args=["leopards", *args])


def text(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]
