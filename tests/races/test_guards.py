"""The guards of the database hold for the writes that pass every rule of the program by."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from studbook.animals.models import Animal, Holding
from studbook.core.models import AuditChange, AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.models import SampleStep
from tests.factories import AnimalFactory, AuditChangeFactory, SampleFactory

pytestmark = pytest.mark.django_db
START, LATER, END = date(2018, 1, 1), date(2018, 6, 1), date(2019, 1, 1)
Write = Callable[[], object]


def sql(statement: str, *values: object) -> Write:
    def execute() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return execute


def refused(write: Write, *, by: type[DatabaseError] = DatabaseError, saying: str | None = None) -> None:
    with pytest.raises(by, match=saying), transaction.atomic():
        write()


@pytest.fixture
def animal(programme: Programme) -> Animal:
    made: Animal = AnimalFactory(programme=programme, studbook_number="12")
    return made


@pytest.fixture
def stays(animal: Animal, zoo: Institution) -> list[Holding]:
    periods = [(START, END), (END, None)]
    return [
        Holding.objects.create(animal=animal, institution=zoo, start=start, end=end) for start, end in periods
    ]


def test_overlapping_stays__are_refused_past_the_action(animal: Animal, stays: list[Holding]) -> None:
    first, second = stays
    zoo = first.institution
    overlapping = Holding(animal=animal, institution=zoo, start=LATER, end=END)
    second.start = LATER
    columns = "animal_id, institution_id, start, local_id"
    writes = [
        lambda: Holding.objects.bulk_create([overlapping]),
        lambda: Holding.objects.filter(pk=second.pk).update(start=LATER),
        lambda: Holding.objects.bulk_update([second], ["start"]),
        sql("UPDATE animals_holding SET start = %s WHERE id = %s", LATER, second.pk),
        sql(
            f'INSERT INTO animals_holding ({columns}, "end") VALUES (%s, %s, %s, %s, %s)',
            *(animal.pk, zoo.pk, LATER, "", END),
        ),
    ]
    for write in writes:
        refused(write, by=IntegrityError)
    assert list(animal.holdings.values_list("start", "end")) == [(START, END), (END, None)]


def test_a_second_open_stay__is_refused_past_the_action(animal: Animal, stays: list[Holding]) -> None:
    first, second = stays
    later = Holding(animal=animal, institution=first.institution, start=date(2020, 1, 1))
    refused(lambda: Holding.objects.bulk_create([later]), by=IntegrityError)
    refused(lambda: Holding.objects.filter(pk=first.pk).update(end=None), by=IntegrityError)
    refused(sql('UPDATE animals_holding SET "end" = NULL WHERE id = %s', first.pk), by=IntegrityError)
    assert animal.holdings.get(end=None) == second


def test_a_studbook_number__is_kept_past_the_action(animal: Animal) -> None:
    animal.studbook_number = "13"
    writes: list[Write] = [
        animal.save,
        lambda: Animal.objects.update(studbook_number="13"),
        lambda: Animal.objects.bulk_update([animal], ["studbook_number"]),
        sql("UPDATE animals_animal SET studbook_number = '13'"),
    ]
    for write in writes:
        refused(write, saying="permanent")
    animal.refresh_from_db()
    assert animal.studbook_number == "12"


def test_an_animal__is_not_deleted_past_the_action(animal: Animal) -> None:
    writes: list[Write] = [
        lambda: Animal.objects.all().delete(),
        lambda: Animal.objects.all()._raw_delete("default"),
        sql("DELETE FROM animals_animal"),
    ]
    for write in writes:
        refused(write, saying="never deleted")
    assert Animal.objects.get() == animal


def test_an_impossible_animal__is_refused_past_the_action(animal: Animal) -> None:
    same = Animal(programme=animal.programme, studbook_number="12", number_order=12)
    writes: list[Write] = [
        lambda: Animal.objects.update(sire=animal.pk, sire_kind="known"),
        lambda: Animal.objects.update(sire_kind="known"),
        lambda: Animal.objects.update(status="dead"),
        lambda: Animal.objects.bulk_create([same]),
        sql("UPDATE animals_animal SET dam_id = id, dam_kind = 'known'"),
        sql("UPDATE animals_animal SET sex = 'X'"),
    ]
    for write in writes:
        refused(write, by=IntegrityError)


def test_the_trail__is_kept_past_the_action(programme: Programme) -> None:
    change = AuditChangeFactory()
    entry = change.entry
    entry.reason = change.record = "another"
    writes: list[Write] = [
        entry.save,
        change.save,
        lambda: AuditEntry.objects.bulk_update([entry], ["reason"]),
        lambda: AuditChange.objects.bulk_update([change], ["record"]),
        sql("UPDATE core_auditentry SET reason = 'another'"),
        sql("DELETE FROM core_auditchange"),
        change.delete,
    ]
    for write in writes:
        refused(write, saying="trail of changes cannot be altered")
    assert list(AuditChange.objects.values_list("record", "entry__reason")) == [("animals.animal", "")]


def test_the_ledger_of_a_sample__is_kept_past_the_action(programme: Programme) -> None:
    line = SampleFactory(programme=programme).steps.get()
    line.change = 7
    writes: list[Write] = [
        line.save,
        lambda: SampleStep.objects.update(reason="another"),
        sql("UPDATE reproduction_samplestep SET change = 7"),
        sql("DELETE FROM reproduction_samplestep"),
        line.delete,
    ]
    for write in writes:
        refused(write, saying="ledger of a sample cannot be altered")
    assert SampleStep.objects.get().change == 6


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize(
    "table", ["animals_animal", "core_auditentry", "core_auditchange", "reproduction_samplestep"]
)
def test_a_record__is_not_replaced_on_sqlite(animal: Animal, table: str) -> None:
    AuditChangeFactory()
    SampleFactory(donor=animal, programme=animal.programme)
    refused(sql(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"), saying="never written over")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no INSERT OR REPLACE")
def test_an_animal__does_not_take_the_place_of_another_with_its_number(animal: Animal) -> None:
    columns = [field.column for field in Animal._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{column}"' for column in columns)
    replace = sql(f"INSERT OR REPLACE INTO animals_animal ({names}) SELECT {names} FROM animals_animal")
    refused(replace, saying="never written over")
