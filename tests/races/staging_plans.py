"""Races about a plan that is published: by two at once, and while an animal that it sends dies."""

from functools import partial
from typing import Any

from studbook.animals.entry.life import log_death
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.planning.models import Plan, PlanAnimal
from studbook.planning.plans.life import publish
from studbook.planning.plans.seen import look_at
from studbook.planning.plans.versions import lines_in
from studbook.transfers.machine import OPEN
from studbook.transfers.models import Transfer
from tests.factories import (
    ParticipationFactory,
    PlanAnimalFactory,
    PlanFactory,
    ProgrammeFactory,
    ProgrammeRoleFactory,
    animal_at,
)
from tests.races.rounds import Round, refusals_of
from tests.races.staging import Book, opened

DIED = DateInterval.parse("2026-03-01")


def drafted(book: Book, number: int) -> PlanAnimal:
    """Return the row of the one animal of a draft, in a programme of its own: it is to be sent."""
    programme = ProgrammeFactory(code=f"plans-{number}-{book.zoo.pk}")
    ProgrammeRoleFactory(user=book.ada, programme=programme, role="coordinator")
    for zoo in (book.zoo, book.receivers[0]):
        ParticipationFactory(programme=programme, institution=zoo)
    animal = animal_at(book.zoo, programme=programme, sex="F", birth=DateInterval.parse("2018-05-01"))
    row: PlanAnimal = PlanAnimalFactory(
        plan=PlanFactory(programme=programme),
        animal=animal,
        disposition="send",
        destination=book.receivers[0],
    )
    return row


def publishing(book: Book, row: PlanAnimal, seen: str = "") -> None:
    plan = Plan.objects.select_related("programme").get(pk=row.plan_id)
    publish(plan, by=book.ada, opened_version=1, seen=seen)


def half_plan(row: PlanAnimal) -> str:
    """Return what is half of a plan: in force with no version or no transfer, or the other way round."""
    plan = Plan.objects.get(pk=row.plan_id)
    versions, transfers = plan.versions.count(), Transfer.objects.filter(lines__animal=row.animal_id).count()
    wanted = (1, 1) if plan.state == Plan.State.FINAL else (0, 0)
    return (
        "" if (versions, transfers) == wanted else f"{plan.state}: {versions} versions, {transfers} transfers"
    )


def two_publishings(book: Book, number: int) -> Round:
    """Two coordinators publish one plan: one does, the other is told."""
    row = drafted(book, number)
    publish_it = partial(publishing, book, row)

    def fault(outcomes: list[Any]) -> str:
        wrong = half_plan(row)
        return wrong or ("" if refusals_of(outcomes) == 1 else f"{outcomes}")

    return Round([publish_it, publish_it], fault)


def publishing_or_death(book: Book, number: int) -> Round:
    """The animal that the plan sends dies between the preview and the publishing."""
    row = drafted(book, number)
    plan = Plan.objects.select_related("programme").get(pk=row.plan_id)
    seen = str(look_at(plan).seen)

    def die() -> None:
        log_death(opened(row.animal), on=DIED, cause="old age", by=book.ada)

    def fault(outcomes: list[Any]) -> str:
        animal = opened(row.animal)
        if animal.status != Animal.Status.DEAD:
            return f"lives on: {outcomes}"
        if Transfer.objects.filter(lines__animal=animal, state__in=OPEN).exists():
            return "a dead animal is to be sent"
        version = Plan.objects.get(pk=row.plan_id).versions.first()
        if version and lines_in(version).animals[0].status != Animal.Status.LIVING:
            return "published though it was dead"
        return half_plan(row)

    return Round([partial(publishing, book, row, seen), die], fault)
