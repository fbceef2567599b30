"""The rules asked about single animals say what the data-quality page says of them, at the same cost in any book."""

import random
from collections.abc import Collection
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pedigree.checks import NOTIFY
from studbook.animals.keeping import keeping
from studbook.animals.models import Animal, Identifier, ParentKind
from studbook.core.dates import DateInterval, interval_columns
from studbook.core.findings import Finding, RuleError, UnacknowledgedError
from studbook.population.quality import problems_of
from studbook.population.rules import findings_among
from studbook.population.rules_neighbours import MOST_ASKED
from studbook.programmes.changes import columns_of
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory, IdentifierFactory, ParentCandidateFactory, animal_at
from tests.population.conftest import Family


@pytest.fixture
def demonstration_book(db: None) -> Programme:
    call_command("load_demonstration", stdout=StringIO())
    return Programme.objects.get()


def on_the_page(programme: Programme, numbers: Collection[str]) -> list[Finding]:
    return [
        Finding(each.code, each.severity, each.animals, each.sentence)
        for each in problems_of(programme)
        if each.severity != NOTIFY and each.code != "C15" and set(numbers) & set(each.animals)
    ]


def queries(programme: Programme, animals: Collection[int]) -> int:
    with CaptureQueriesContext(connection) as captured:
        findings_among(programme, animals)
    return len(captured)


@pytest.mark.slow
def test_findings_among__are_those_of_the_quality_page(demonstration_book: Programme) -> None:
    keys = dict(demonstration_book.animals.values_list("studbook_number", "pk"))
    faulty = {number for each in problems_of(demonstration_book) for number in each.animals} & keys.keys()
    numbers = sorted(faulty) + random.Random(4).sample(sorted(keys), 150)
    found = {number: findings_among(demonstration_book, [keys[number]]) for number in numbers}
    assert found == {number: on_the_page(demonstration_book, [number]) for number in numbers}
    some = numbers[::7]
    assert findings_among(demonstration_book, [keys[each] for each in some]) == on_the_page(
        demonstration_book, some
    )


@pytest.mark.slow
def test_findings_among__many_animals_read_the_whole_book(demonstration_book: Programme) -> None:
    keys = dict(demonstration_book.animals.values_list("pk", "studbook_number")[: MOST_ASKED + 1])
    assert findings_among(demonstration_book, list(keys)) == on_the_page(
        demonstration_book, list(keys.values())
    )


def test_findings_among__cost_the_same_whoever_is_asked_about(family: Family) -> None:
    alone = AnimalFactory(programme=family.programme, studbook_number="77")
    ParentCandidateFactory(animal__programme=family.programme, parent=family[7])
    for animal in (alone, *(family[number] for number in range(1, 11))):
        IdentifierFactory(animal=animal)
    counts = {
        queries(family.programme, [family[number].pk for number in numbers])
        for numbers in ([7], [5, 6], range(1, 11))
    }
    assert counts == {queries(family.programme, [alone.pk])}


def test_findings_among__leave_void_records_out(family: Family) -> None:
    one = AnimalFactory(programme=family.programme, studbook_number="77", status=Animal.Status.VOID)
    other = animal_at(family.zoo, programme=family.programme, studbook_number="78")
    for animal, kind in ((one, Identifier.Kind.GAN), (other, Identifier.Kind.TAG)):
        IdentifierFactory(animal=animal, kind=kind, value="MIG12")
    assert findings_among(family.programme, [one.pk]) == []
    assert "A5" not in {each.code for each in findings_among(family.programme, [other.pk])}


def test_keeping__refuses_what_a_rule_rejects(family: Family) -> None:
    late = interval_columns("birth", DateInterval.parse("2021-05-01"))
    with pytest.raises(RuleError, match="was born on 2021-05-01, not before its offspring"):
        _change(family[8], (), **late)
    assert str(Animal.objects.get(pk=family[8].pk).birth) == "2014-05-01"


@pytest.mark.rule("B4", door="engine", case="inside outside")
def test_keeping__refuses_a_sex_that_the_offspring_contradict(family: Family) -> None:
    with pytest.raises(RuleError, match=r"5 Cat 5 has 1 offspring as sire \(9\)") as refusal:
        _set_sex(family[5], Animal.Sex.FEMALE)
    assert [(each.code, each.animals) for each in refusal.value.findings] == [("B4", ("5", "9"))]
    assert Animal.objects.get(pk=family[5].pk).sex == "M"
    _set_sex(family[9], Animal.Sex.FEMALE)


def test_keeping__asks_to_read_a_warning_and_then_saves(family: Family) -> None:
    with pytest.raises(UnacknowledgedError, match="sex is unknown"):
        _set_sex(family[5], Animal.Sex.UNKNOWN)
    _set_sex(family[5], Animal.Sex.UNKNOWN, acknowledged=["C12"])
    assert Animal.objects.get(pk=family[5].pk).sex == "U"


def test_keeping__old_faults_block_nothing(family: Family) -> None:
    Animal.objects.filter(pk=family[5].pk).update(sex="F")
    _rename(family[5])
    _rename(family[9])
    assert Animal.objects.get(pk=family[9].pk).house_name == "Nadia"


def test_keeping__a_part_of_an_old_fault_may_be_settled(family: Family) -> None:
    second = animal_at(family.zoo, programme=family.programme, studbook_number="11", sire=family[5])
    Animal.objects.filter(pk=family[5].pk).update(sex="F")
    with keeping(family.programme, "correct parents", by=None, right=None, about=[second]) as trail:
        before = columns_of(second)
        second.sire, second.sire_kind = None, ParentKind.UNKNOWN
        second.save()
        trail.changed(second, before)
    assert [
        each.animals for each in findings_among(family.programme, [family[5].pk]) if each.code == "B2"
    ] == [("5", "9")]


def _set_sex(animal: Animal, sex: str, acknowledged: Collection[str] = ()) -> None:
    _change(animal, acknowledged, sex=sex)


def _rename(animal: Animal) -> None:
    _change(animal, (), house_name="Nadia")


def _change(animal: Animal, acknowledged: Collection[str], **columns: Any) -> None:
    with keeping(
        animal.programme, "correct", by=None, right=None, about=[animal], acknowledged=acknowledged
    ) as trail:
        current = Animal.objects.get(pk=animal.pk)
        before = columns_of(current)
        for name, value in columns.items():
            setattr(current, name, value)
        current.save()
        trail.changed(current, before)
