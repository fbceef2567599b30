"""The guards hold on whichever engine the tests run on."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from studbook.animals.models import Animal
from studbook.core.apps import _guards_stand
from studbook.core.guards import expected_guards, guards_lifted, installed_guards, missing_guards
from studbook.core.models import AuditChange, AuditEntry
from tests.factories import (
    AnimalFactory,
    AuditChangeFactory,
    AuditEntryFactory,
    HoldingFactory,
    InstitutionFactory,
    OwnershipFactory,
)

pytestmark = pytest.mark.django_db

TRAIL_WRITES: list[Callable[[], object]] = [
    lambda: AuditEntry.objects.update(reason="another"),
    lambda: AuditEntry.objects.all()._raw_delete("default"),
    lambda: AuditChange.objects.update(after={}),
    lambda: AuditChange.objects.all()._raw_delete("default"),
]


def refused(deed: Callable[[], object], *, saying: str) -> None:
    with pytest.raises(DatabaseError, match=saying), transaction.atomic():
        deed()


@pytest.mark.parametrize("write", TRAIL_WRITES)
def test_guards__refuse_to_alter_the_trail(write: Callable[[], object]) -> None:
    AuditChangeFactory(entry=AuditEntryFactory())
    refused(write, saying="trail of changes cannot be altered")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["core_auditentry", "core_auditchange", "animals_animal"])
def test_guards__refuse_to_truncate(table: str) -> None:
    with pytest.raises(DatabaseError, match=r"cannot be altered|never deleted"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")


def test_guards__keep_a_studbook_number() -> None:
    animal = AnimalFactory()
    refused(lambda: Animal.objects.filter(pk=animal.pk).update(studbook_number="9999"), saying="permanent")


def test_guards__keep_an_animal_in_its_programme() -> None:
    animal, other = AnimalFactory(), AnimalFactory()
    moved = Animal.objects.filter(pk=animal.pk)
    refused(lambda: moved.update(programme=other.programme), saying="permanent")


def test_guards__let_the_other_columns_change() -> None:
    animal = AnimalFactory()
    Animal.objects.filter(pk=animal.pk).update(house_name="Khala", studbook_number=animal.studbook_number)
    animal.refresh_from_db()
    assert animal.house_name == "Khala"


def test_guards__refuse_to_delete_an_animal() -> None:
    refused(AnimalFactory().delete, saying="never deleted")


@pytest.mark.parametrize("period_factory", [HoldingFactory, OwnershipFactory])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2019, 6, 1), date(2019, 7, 1)),  # inside
        (date(2018, 1, 1), date(2019, 1, 2)),  # over the start
        (date(2019, 12, 31), date(2021, 1, 1)),  # over the end
        (date(2018, 1, 1), date(2021, 1, 1)),  # around
        (date(2019, 1, 1), date(2020, 1, 1)),  # the same
        (date(2018, 1, 1), None),  # open, from before
    ],
)
def test_guards__refuse_overlapping_periods(period_factory: type, start: date, end: date | None) -> None:
    first = period_factory(start=date(2019, 1, 1), end=date(2020, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        period_factory(animal=first.animal, start=start, end=end)


def test_guards__refuse_an_update_into_an_overlap() -> None:
    first = HoldingFactory(start=date(2019, 1, 1), end=date(2020, 1, 1))
    second = HoldingFactory(animal=first.animal, start=date(2020, 1, 1), end=None)
    second.start = date(2019, 12, 31)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_guards__allow_periods_that_touch_and_empty_ones() -> None:
    first = HoldingFactory(start=date(2019, 1, 1), end=date(2020, 1, 1))
    HoldingFactory(animal=first.animal, start=date(2019, 6, 1), end=date(2019, 6, 1))
    HoldingFactory(animal=first.animal, start=date(2020, 1, 1), end=None)
    assert first.animal.holdings.count() == 3


def test_guards__allow_other_animals_at_the_same_time() -> None:
    zoo = InstitutionFactory()
    first, second = HoldingFactory(institution=zoo), HoldingFactory(institution=zoo)
    assert first.animal != second.animal


def test_constraints__refuse_a_second_open_stay() -> None:
    first = HoldingFactory(start=date(2019, 1, 1), end=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        HoldingFactory(animal=first.animal, start=date(2020, 1, 1), end=None)


def test_constraints__refuse_a_stay_that_ends_before_it_starts() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HoldingFactory(start=date(2020, 1, 1), end=date(2019, 1, 1))


def test_guards_lifted__lays_them_again_after_an_error() -> None:
    def fail_within() -> None:
        with guards_lifted(connection):
            assert installed_guards(connection) == []
            raise KeyError

    with pytest.raises(KeyError):
        fail_within()
    assert missing_guards(connection) == []


@pytest.mark.django_db(transaction=True)
def test_migrate__lays_the_guards_that_a_rebuilt_table_lost() -> None:
    with connection.schema_editor() as editor:
        field = models.CharField(max_length=5, default="x")
        field.set_attributes_from_name("passing")
        editor.add_field(AuditEntry, field)
    with connection.schema_editor() as editor:
        editor.remove_field(AuditEntry, field)
    lost = missing_guards(connection)
    assert bool(lost) == (connection.vendor == "sqlite")
    assert [error.id for error in _guards_stand(databases=["default"])] == ["studbook.E001"] * len(lost)
    call_command("migrate", verbosity=0)
    assert {name for name, _ in installed_guards(connection)} == expected_guards(connection.vendor)


@pytest.mark.django_db(transaction=True)
def test_teardown__empties_the_tables_and_leaves_the_guards() -> None:
    AuditChangeFactory(entry=AuditEntryFactory())
    AnimalFactory()
    with guards_lifted(connection):
        call_command("flush", verbosity=0, interactive=False)
    assert not Animal.objects.exists()
    assert missing_guards(connection) == []


@pytest.mark.parametrize(
    "columns",
    [
        {"birth_earliest": None, "birth_latest": date(2019, 5, 3)},
        {"birth_earliest": date(2019, 5, 3), "birth_latest": None},
        {"birth_earliest": date(2019, 5, 3), "birth_latest": date(2019, 5, 2)},
        {"death_latest": date(2019, 5, 3), "status": "dead"},
    ],
)
def test_half_a_date__is_refused_by_the_database(columns: dict[str, object]) -> None:
    animal = AnimalFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Animal.objects.filter(pk=animal.pk).update(**columns)


@pytest.mark.parametrize("place", [{"latitude": 47.7}, {"longitude": 7.3}, {"latitude": 91, "longitude": 0}])
def test_half_a_place__is_refused_by_the_database(place: dict[str, float]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        InstitutionFactory(**{"latitude": None, "longitude": None, **place})


@pytest.mark.parametrize("number", ["", ".", "..", "1 2", "1/2"])
def test_unreadable_number__is_refused_by_the_database(number: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AnimalFactory(studbook_number=number)
