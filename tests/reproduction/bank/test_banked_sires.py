"""The sires of the bank: whose semen is left, how much, and in which accounts."""

import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.programmes.models import Programme
from studbook.reproduction.bank.queries import EVERY_ACCOUNT, banked_sires
from studbook.reproduction.models import Sample
from tests import factories

pytestmark = pytest.mark.django_db
DIED = {"death": DateInterval.parse("2025-08-01")}


def donor(programme: Programme, number: str, **columns: object) -> Animal:
    made: Animal = factories.AnimalFactory(
        programme=programme, studbook_number=number, sex=Animal.Sex.MALE, **columns
    )
    return made


def sample(programme: Programme, of: Animal, **columns: object) -> Sample:
    made: Sample = factories.SampleFactory(programme=programme, donor=of, **columns)
    return made


def test_each_sire_comes_once_with_all_that_is_left_of_him_in_the_order_of_the_book(
    programme: Programme,
) -> None:
    nine, ten = donor(programme, "9"), donor(programme, "10", status=Animal.Status.DEAD, **DIED)
    sample(programme, ten, units_stored=5, per_dose=2)
    sample(programme, nine, units_stored=3, per_dose=2)
    sample(programme, nine, units_stored=3, per_dose=2, kind="epididymal", account="checking")
    first, second = banked_sires(programme)
    assert (first.animal, first.straws, first.doses, first.accounts) == (nine, 6, 2, {"savings", "checking"})
    assert (second.animal, second.straws, second.doses, len(second.samples)) == (ten, 5, 2, 1)


def test_the_reserve_is_kept_and_not_used(programme: Programme) -> None:
    kept = donor(programme, "7")
    sample(programme, kept, account="reserve", units_stored=40)
    sample(programme, kept, account="savings", units_stored=2)
    assert [each.straws for each in banked_sires(programme)] == [2]
    assert [each.straws for each in banked_sires(programme, accounts=EVERY_ACCOUNT)] == [42]
    assert banked_sires(programme, accounts=["checking"]) == []


def test_what_makes_no_sire_or_is_gone_does_not_count(
    programme: Programme, django_assert_num_queries: object
) -> None:
    sample(programme, donor(programme, "1"), kind="testis")
    sample(programme, donor(programme, "2"), units=0)
    sample(programme, donor(programme, "3"), struck_at="2026-01-01T00:00Z", struck_why="Stored twice.")
    sample(programme, donor(programme, "4", status=Animal.Status.VOID))
    factories.SampleFactory()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert banked_sires(programme, accounts=EVERY_ACCOUNT) == []


def test_the_ledger_of_a_sample_made_for_tests_adds_up() -> None:
    made = factories.SampleFactory(units=2)
    assert sum(made.steps.values_list("change", flat=True)) == made.units == 2
