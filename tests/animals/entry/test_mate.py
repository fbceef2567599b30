"""Who is proposed as the sire of a birth, and why."""

import pytest

from studbook.animals.entry.mate import likeliest_mate, mates_of
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories


@pytest.fixture
def dam(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="7")


@pytest.fixture
def males(programme: Programme, zoo: Institution) -> list[Animal]:
    return [
        factories.animal_at(zoo, programme=programme, studbook_number=number, sex="M")
        for number in ("4", "5", "6")
    ]


def proposed(dam: Animal) -> str:
    mate = likeliest_mate(dam)
    return mate.sentence if mate else ""


def test_likeliest_mate__of_several_males_without_a_sign_is_none(dam: Animal, males: list[Animal]) -> None:
    assert proposed(dam) == ""


def test_likeliest_mate__is_the_only_grown_male(dam: Animal, males: list[Animal], zoo: Institution) -> None:
    males[0].holdings.update(institution=factories.InstitutionFactory())
    Animal.objects.filter(pk=males[1].pk).update(
        birth_earliest=DateInterval.parse("2025-06-01").earliest,
        birth_latest=DateInterval.parse("2025-06-01").earliest,
    )
    assert proposed(dam) == "6 is the only grown male at Zoo A."


def test_likeliest_mate__is_the_sire_of_her_last_young(dam: Animal, males: list[Animal]) -> None:
    for sire, born in ((males[0], "2021-05-01"), (males[2], "2023-05-01")):
        factories.AnimalFactory(
            programme=dam.programme,
            dam=dam,
            sire=sire,
            birth=DateInterval.parse(born),
            studbook_number=born[:4],
        )
    assert proposed(dam) == "6 sired her last young and is at Zoo A too."


def test_likeliest_mate__is_first_of_all_the_one_recommended(dam: Animal, males: list[Animal]) -> None:
    factories.AnimalFactory(programme=dam.programme, dam=dam, sire=males[0], studbook_number="50")
    factories.RecommendationFactory(programme=dam.programme, dam=dam, sire=males[1])
    assert proposed(dam) == "5 is recommended for her and is at Zoo A too."


def test_likeliest_mate__is_nobody_from_another_zoo(dam: Animal, males: list[Animal]) -> None:
    factories.RecommendationFactory(programme=dam.programme, dam=dam, sire=males[1])
    males[1].holdings.update(institution=factories.InstitutionFactory())
    assert proposed(dam) == ""
    dam.holdings.update(end=DateInterval.parse("2025-01-01").earliest)
    assert likeliest_mate(dam) is None


def test_mates__are_all_grown_males_that_live_with_her_the_likeliest_first(
    dam: Animal, males: list[Animal]
) -> None:
    assert mates_of(dam) == (None, males)
    factories.RecommendationFactory(programme=dam.programme, dam=dam, sire=males[1])
    likeliest, offered = mates_of(dam)
    assert likeliest
    assert likeliest.animal == males[1]
    assert offered == [males[1], males[0], males[2]]
