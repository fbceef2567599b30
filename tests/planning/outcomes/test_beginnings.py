"""Since when a row of a plan is judged: from the version that first said it, as the frozen lines show."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studbook.planning.models import Plan, PlanAnimal, PlanVersion
from studbook.planning.outcomes.kinds import Kind
from studbook.planning.outcomes.reading import readings_of, readings_of_plan
from studbook.population.cache import clear_everything
from tests.factories import PlanAnimalFactory, PlanVersionFactory, frozen_version
from tests.planning.outcomes.conftest import BEGAN, PastPlan

pytestmark = pytest.mark.django_db
FINAL, INTERIM = PlanVersion.Kind.FINAL, PlanVersion.Kind.INTERIM
JULY, AUGUST = date(2024, 7, 1), date(2024, 8, 1)


def frozen(plan: Plan, kind: PlanVersion.Kind, on: date, **columns: object) -> PlanVersion:
    at = datetime(on.year, on.month, on.day, 15, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as then:
        then.setattr("django.utils.timezone.now", lambda: at)
        return frozen_version(plan, kind=kind, **columns)


def altered(row: PlanAnimal, **columns: object) -> None:
    PlanAnimal.objects.filter(pk=row.pk).update(**columns)


def since_of(past: PastPlan, kind: Kind, row: PlanAnimal) -> date:
    found = readings_of_plan(past.plan, of=[PlanAnimal])
    return next(each.window.since for each in found if each.kind == kind and each.subject == row)


@pytest.fixture
def changed(past: PastPlan) -> PastPlan:
    """Return the plan, changed on 1 July: the sister shall not breed, the sire holds where it was sent, a brother is named."""
    altered(past.rested, breeding="")
    frozen(past.plan, FINAL, BEGAN)
    past.born("2024-06-05", dam=past.book.sister)
    past.moved(past.book.sire, past.book.other_zoo, date(2024, 3, 4))
    past.moved(past.book.brother, past.book.other_zoo, date(2024, 3, 4))
    altered(past.rested, breeding="do not breed")
    altered(past.sent, disposition="hold", destination=None)
    PlanAnimalFactory(plan=past.plan, animal=past.book.brother)
    frozen(past.plan, INTERIM, JULY)
    return past


def test_no_breeding__is_asked_from_the_change_that_said_it(changed: PastPlan) -> None:
    assert changed.reading(Kind.NO_BREEDING).window.since == JULY
    changed.close()
    assert changed.reading(Kind.NO_BREEDING).state == "fulfilled"
    changed.born("2024-12-01", dam=changed.book.sister)
    assert changed.reading(Kind.NO_BREEDING).state == "not done"


def test_holding__is_asked_from_the_change_that_said_it(changed: PastPlan) -> None:
    named = PlanAnimal.objects.get(animal=changed.book.brother)
    changed.close()
    states = {
        each.subject: (each.state, each.window.since, each.places)
        for each in readings_of_plan(changed.plan, of=[PlanAnimal])
        if each.kind == Kind.HOLD
    }
    there = (changed.book.other_zoo,)
    assert states[changed.sent] == ("fulfilled", JULY, there)
    assert states[named] == ("fulfilled", JULY, there)
    assert states[changed.held] == ("fulfilled", BEGAN, there)
    assert states[changed.rested] == ("fulfilled", BEGAN, (changed.book.zoo,))


def test_sending__elsewhere_begins_with_the_change(past: PastPlan) -> None:
    frozen(past.plan, FINAL, BEGAN)
    assert since_of(past, Kind.SEND, past.sent) == BEGAN
    altered(past.sent, destination=past.book.zoo)
    frozen(past.plan, INTERIM, JULY)
    assert since_of(past, Kind.SEND, past.sent) == JULY


def test_row__said_again_begins_where_it_was_said_last(past: PastPlan) -> None:
    frozen(past.plan, FINAL, BEGAN)
    altered(past.rested, breeding="")
    frozen(past.plan, INTERIM, JULY)
    altered(past.rested, breeding="do not breed")
    frozen(past.plan, INTERIM, AUGUST)
    assert since_of(past, Kind.NO_BREEDING, past.rested) == AUGUST
    assert since_of(past, Kind.HOLD, past.rested) == BEGAN


def test_row__taken_out_is_judged_by_the_versions_before(past: PastPlan) -> None:
    frozen(past.plan, FINAL, BEGAN)
    altered(past.rested, removed_at=datetime(2024, 6, 30, 12, tzinfo=UTC))
    frozen(past.plan, INTERIM, JULY)
    assert since_of(past, Kind.NO_BREEDING, past.rested) == BEGAN


def test_row__altered_and_not_sent_out_yet_has_not_begun(past: PastPlan) -> None:
    altered(past.rested, breeding="")
    frozen(past.plan, FINAL, BEGAN)
    past.born("2024-06-05", dam=past.book.sister)
    altered(past.rested, breeding="do not breed")
    assert past.reading(Kind.NO_BREEDING).state == ""
    past.close()
    assert past.reading(Kind.NO_BREEDING).window.since == past.plan.closed_on


def test_row__of_a_version_that_cannot_be_read_began_with_the_plan(past: PastPlan) -> None:
    with pytest.MonkeyPatch.context() as then:
        then.setattr("django.utils.timezone.now", lambda: datetime(2024, 1, 10, 15, tzinfo=UTC))
        PlanVersionFactory(plan=past.plan, kind=FINAL, number=1)
    frozen(past.plan, INTERIM, JULY)
    assert since_of(past, Kind.NO_BREEDING, past.rested) == BEGAN


def test_versions__are_read_in_one_query_and_kept(changed: PastPlan) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            readings_of(changed.plan.programme)
        return len(asked)

    clear_everything()
    assert queries() == queries() + 1
    frozen(changed.plan, INTERIM, AUGUST)
    clear_everything()
    cold = queries()
    PlanAnimalFactory(plan=changed.plan, animal=changed.book.stranger)
    assert cold == queries() + 1
