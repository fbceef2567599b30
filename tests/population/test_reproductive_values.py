"""Whence the reproductive values are: of a life table large enough, else by the programme's last breeding ages."""

from typing import Any

import numpy as np
import pytest

from studbook.animals.models import Animal, Holding, ParentKind
from studbook.core.dates import DateInterval, interval_columns
from studbook.institutions.models import Institution
from studbook.population.basis import Basis
from studbook.population.demography.filters import Filters
from studbook.population.demography.tables import tables_on
from studbook.population.genetics.figures import figures_on
from studbook.programmes.models import Programme
from tests.population.conftest import Family

PARENTS = 32


@pytest.fixture
def crowd(programme: Programme, zoo: Institution) -> Programme:
    """Return a book of 32 pairs born in 2000, each with a son and a daughter at 5 years; the parents die at 12, the young live."""
    made = [_animal(programme, f"{sex}{at}", sex, "2000-03-01") for at in range(PARENTS) for sex in "MF"]
    parents = {animal.studbook_number: animal for animal in Animal.objects.bulk_create(made)}
    Animal.objects.update(
        status=Animal.Status.DEAD, **interval_columns("death", DateInterval.parse("2012-06-01"))
    )
    young = [
        _animal(programme, f"{sex}{at}y", sex, "2005-04-01", parents[f"M{at}"], parents[f"F{at}"])
        for at in range(PARENTS)
        for sex in "MF"
    ]
    Animal.objects.bulk_create(young)
    Holding.objects.bulk_create(
        Holding(animal=animal, institution=zoo, start=animal.birth_earliest, end=animal.death_latest)
        for animal in programme.animals.all()
    )
    return programme


def _animal(
    programme: Programme,
    number: str,
    sex: str,
    birth: str,
    sire: Animal | None = None,
    dam: Animal | None = None,
) -> Animal:
    kind = ParentKind.KNOWN if sire else ParentKind.WILD
    return Animal(
        programme=programme,
        studbook_number=number,
        sex=sex,
        birth_type=Animal.BirthType.CAPTIVE,
        sire=sire,
        dam=dam,
        sire_kind=kind,
        dam_kind=kind,
        **interval_columns("birth", DateInterval.parse(birth)),
    )


def _values(programme: Programme) -> dict[str, float]:
    figures = figures_on(Basis(programme))
    return dict(zip(figures.analysis.population.ids, figures.values.value.tolist(), strict=True))


def test_reproductive_values__are_those_of_the_life_table_at_the_age(crowd: Programme) -> None:
    Animal.objects.filter(studbook_number="F0y").update(
        **interval_columns("birth", DateInterval.parse("2022-01-01"))
    )
    table = tables_on(Basis(crowd), Filters()).female
    values = _values(crowd)
    # Both are within the table: the young of 2005 are 20, F0y is 3 and has its one litter before it.
    assert (values["F0y"], values["F1y"]) == (table.Vx[3], table.Vx[20])
    assert values["F0y"] > 0 == values["F1y"]
    assert figures_on(Basis(crowd)).values.from_table


def test_reproductive_values__of_an_unknown_age_are_the_mean_of_a_stable_population(crowd: Programme) -> None:
    empty: dict[str, Any] = {"birth_earliest": None, "birth_latest": None, "birth_text": ""}
    Animal.objects.filter(studbook_number="M0y").update(**empty)
    table = tables_on(Basis(crowd), Filters()).male
    assert _values(crowd)["M0y"] == pytest.approx(float(np.dot(table.cx, table.Vx)), abs=1e-15)


def test_reproductive_values__of_a_small_book_are_by_the_last_breeding_ages(family: Family) -> None:
    programme = family.programme
    programme.male_last_breeding_years = 10
    programme.save()
    values = _values(programme)
    assert {number: values[number] for number in ("5", "6", "7", "9")} == {"5": 0, "6": 1, "7": 0, "9": 1}
    assert figures_on(Basis(programme)).values.sentence == (
        "An animal past the last breeding age that the programme sets for its sex does not count, every other counts "
        "alike: the life table of the males has 0 deaths, fewer than 30."
    )


def test_reproductive_values__one_death_too_few_is_too_few(crowd: Programme) -> None:
    assert figures_on(Basis(crowd)).values.from_table
    for at in range(3):  # 32 less 3 are 29 females
        again = {"death_earliest": None, "death_latest": None, "death_text": "", "status": Animal.Status.LOST}
        Animal.objects.filter(studbook_number=f"F{at}").update(**again)
    crowd.revision += 1
    crowd.save()
    assert "the life table of the females has 29 deaths" in figures_on(Basis(crowd)).values.sentence


def test_mean_kinships__list_and_file_hold_the_reproductive_value(
    crowd: Programme, olga: Any, signed_in: Any
) -> None:
    browser = signed_in(olga)
    page = browser.get("/programmes/leopards/genetics/mean-kinship/", {"order": "-reproductive_value"})
    assert "of the life table of the whole book for its sex and age" in page.content.decode()
    text = b"".join(
        browser.get("/programmes/leopards/genetics/mean-kinship/export.csv").streaming_content
    ).decode()
    assert "kinship_value,reproductive_value,inbreeding" in text
