"""A small book with a closed plan: pairs that had young in its days, and pairs that had none."""

from dataclasses import dataclass
from datetime import date

import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.planning.models import Plan, Recommendation
from tests.factories import PlanFactory, RecommendationFactory, animal_at
from tests.planning.conftest import SmallBook

OPENED, CLOSED = date(2020, 1, 1), date(2022, 12, 31)


@dataclass
class ClosedPlan:
    """`bred` had a young in the plan's days, `barren` had not."""

    plan: Plan
    bred: Recommendation
    barren: Recommendation
    young: Animal


@pytest.fixture
def closed(book: SmallBook) -> ClosedPlan:
    plan: Plan = PlanFactory(
        programme=book.programme,
        title="Plan of 2020",
        state=Plan.State.CLOSED,
        starts_on=OPENED,
        ends_on=CLOSED,
        published_on=OPENED,
        closed_on=CLOSED,
    )
    young = animal_at(
        book.zoo,
        programme=book.programme,
        studbook_number="41",
        sire=book.sire,
        dam=book.stranger,
        birth=DateInterval.parse("2021-05-03"),
    )
    return ClosedPlan(
        plan, pair_in(plan, book.sire, book.stranger), pair_in(plan, book.sire, book.dam), young
    )


def pair_in(plan: Plan, sire: Animal, dam: Animal, **columns: object) -> Recommendation:
    made: Recommendation = RecommendationFactory(
        programme=plan.programme, plan=plan, sire=sire, dam=dam, **columns
    )
    return made
