"""A plan of 2024, closed at the year's end: a pair at two zoos, one of its two to be sent, one animal not to breed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.planning.models import Outcome, Plan, PlanAnimal, Recommendation
from studbook.planning.outcomes.kinds import Kind, Reading
from studbook.planning.outcomes.reading import readings_of_plan
from studbook.programmes.models import Programme
from tests import factories
from tests.planning.conftest import SmallBook

BEGAN, ENDED = date(2024, 1, 10), date(2024, 12, 31)


@dataclass
class PastPlan:
    """`sent` is the row of the sire, to the dam's zoo; `held` of the dam; `rested` of the sister, at the sire's zoo."""

    plan: Plan
    pair: Recommendation
    sent: PlanAnimal
    held: PlanAnimal
    rested: PlanAnimal
    book: SmallBook

    def reading(self, kind: Kind) -> Reading:
        found = [each for each in readings_of_plan(self.plan) if each.kind == kind]
        subject = self.held if kind == Kind.HOLD else None
        return next(each for each in found if subject is None or each.subject == subject)

    def close(self) -> None:
        self.plan.state, self.plan.closed_on = Plan.State.CLOSED, ENDED
        self.plan.save()

    def born(self, day: str, **columns: Any) -> Animal:
        parents = {"sire": self.book.sire, "dam": self.book.dam} | columns
        young: Animal = factories.AnimalFactory(
            programme=self.plan.programme,
            studbook_number=f"Y{self.plan.programme.animals.count()}",
            birth=DateInterval.parse(day),
            sex="U",
            **parents,
        )
        return young

    def moved(self, animal: Animal, to: Institution, on: date) -> None:
        animal.holdings.filter(end=None).update(end=on)
        factories.HoldingFactory(animal=animal, institution=to, start=on)

    def died(self, animal: Animal, day: str) -> None:
        animal.status, animal.death = Animal.Status.DEAD, DateInterval.parse(day)
        animal.save()
        animal.holdings.filter(end=None).update(end=animal.death.middle)

    def told(self, subject: Recommendation | PlanAnimal, state: str, **columns: Any) -> Outcome:
        of = {"pair": subject} if isinstance(subject, Recommendation) else {"pair": None, "row": subject}
        made: Outcome = factories.OutcomeFactory(**{"state": state, "attempt": "", **of, **columns})
        return made


@pytest.fixture
def past(book: SmallBook) -> PastPlan:
    """Return the plan while it is in force."""
    Programme.objects.update(gestation_days_min=90, gestation_days_mean=96, gestation_days_max=105)
    book.programme.refresh_from_db()
    plan = factories.PlanFactory(
        programme=book.programme,
        title="Plan 2024",
        state=Plan.State.FINAL,
        starts_on=date(2024, 1, 1),
        ends_on=ENDED,
        published_on=BEGAN,
    )
    of = {"plan": plan}
    return PastPlan(
        plan=plan,
        pair=factories.RecommendationFactory(programme=book.programme, sire=book.sire, dam=book.dam, **of),
        sent=factories.PlanAnimalFactory(
            animal=book.sire, disposition="send", destination=book.other_zoo, **of
        ),
        held=factories.PlanAnimalFactory(animal=book.dam, **of),
        rested=factories.PlanAnimalFactory(animal=book.sister, breeding="do not breed", **of),
        book=book,
    )


@pytest.fixture
def closed(past: PastPlan) -> PastPlan:
    past.close()
    return past
