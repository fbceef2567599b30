"""Whose inbreeding changes with other parents, told before they are saved."""

from typing import Any

import pytest

from studbook.animals.models import Animal, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.population.rules_consequences import InbreedingChange, consequences
from tests.factories import animal_at
from tests.population.conftest import Family

UNKNOWN = ParentChoice(ParentKind.UNKNOWN)


def known(animal: Animal) -> ParentChoice:
    return ParentChoice(ParentKind.KNOWN, (animal,))


def test_consequences__are_the_animal_and_its_living_descendants(family: Family) -> None:
    young = animal_at(
        family.zoo, programme=family.programme, studbook_number="11", sex="F", sire=family[9], dam=family[10]
    )
    changes = consequences(family.programme, family[9], known(family[5]), known(family[6]))
    assert changes == [InbreedingChange("9", 0.0, 0.25), InbreedingChange("11", 0.125, 0.1875)]
    assert consequences(family.programme, young, UNKNOWN, UNKNOWN) == [InbreedingChange("11", 0.125, 0.0)]


def test_consequences__of_possible_parents_are_weighed(family: Family) -> None:
    several = ParentChoice(ParentKind.SEVERAL, (family[5], family[7]), (0.5, 0.5))  # type: ignore[arg-type]
    [change] = consequences(family.programme, family[9], several, known(family[6]))
    assert (change.number, change.after) == ("9", 0.125)


def test_consequences__of_impossible_or_equal_parents_are_none(family: Family) -> None:
    assert consequences(family.programme, family[5], known(family[9]), known(family[2])) == []
    assert consequences(family.programme, family[9], known(family[5]), known(family[8])) == []


def test_correct_parents__shows_them_before_it_saves(family: Family, ada: Any, signed_in: Any) -> None:
    data = {"sire": "5", "dam": "6", "reason": "DNA", "opened_version": 1, "once_key": "a"}
    answer = signed_in(ada).post("/programmes/leopards/animals/9/parents/", data)
    assert "Changes the inbreeding of 1 living animal" in answer.text
    assert "0.2500" in answer.text
    assert Animal.objects.get(pk=family[9].pk).dam == family[8]


@pytest.mark.parametrize("number", ["5", "9"])
def test_consequences__cost_a_fixed_number_of_queries(
    family: Family, number: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(10):
        consequences(family.programme, family.animals[number], UNKNOWN, UNKNOWN)
