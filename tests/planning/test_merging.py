"""What plans say of two records that are made one: in a plan that ended it stands once, and never blocks the merge."""

from datetime import date

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.merging import merge_animals
from studbook.core.errors import StudbookError
from studbook.planning.models import Plan, PlanAnimal, Recommendation
from tests import factories
from tests.planning.conftest import BORN, SmallBook

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(book: SmallBook) -> Plan:
    """Return a plan that names a female twice, by two records, and pairs the sire with both."""
    other = factories.animal_at(
        book.zoo,
        programme=book.programme,
        studbook_number="23",
        sex="F",
        birth=BORN,
    )
    plan: Plan = factories.PlanFactory(
        programme=book.programme, state="closed", published_on=date(2024, 1, 10), closed_on=date(2024, 12, 31)
    )
    for dam in (book.stranger, other):
        factories.PlanAnimalFactory(plan=plan, animal=dam)
        factories.RecommendationFactory(programme=book.programme, plan=plan, sire=book.sire, dam=dam)
    return plan


def merge(book: SmallBook, by: User) -> None:
    other = book.programme.animals.get(studbook_number="23")
    merge_animals(
        book.stranger,
        other,
        choices={},
        by=by,
        reason="One animal, two cards.",
        opened_version=book.stranger.version,
        other_version=other.version,
        acknowledged=("A4", "A6", "C11", "B11", "B12"),
    )


def test_merge__is_not_kept_back_by_a_plan_that_ended(twice: Plan, book: SmallBook, ada: User) -> None:
    merge(book, ada)
    assert [each.animal for each in twice.animals.all()] == [book.stranger, book.stranger]
    assert PlanAnimal.objects.filter(removed_at=None).count() == 1
    assert [each.dam for each in twice.recommendations.all()] == [book.stranger, book.stranger]
    assert Recommendation.objects.not_withdrawn().count() == 1


def test_merge__waits_for_what_an_open_plan_says_twice(twice: Plan, book: SmallBook, ada: User) -> None:
    Plan.objects.update(state="final", closed_on=None)
    with pytest.raises(StudbookError, match="Take one of the two back first"):
        merge(book, ada)
