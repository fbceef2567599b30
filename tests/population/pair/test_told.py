"""What a pair's page tells beside kinships: ages, past young, health, methods, genes at stake."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from studbook.animals.models import Animal
from studbook.animals.models.observation import Observation
from studbook.core.dates import DateInterval
from studbook.population.bank.sires import NOTHING_STORED
from studbook.population.basis import Basis
from studbook.population.demography.filters import Filters
from studbook.population.demography.vital import vital_on
from studbook.population.explanation import explained_pair
from studbook.population.pair.told import PairTold, pair_told, together_sentence
from tests.factories import (
    AssumptionFactory,
    BankedDonorFactory,
    ObservationFactory,
    OverlayFactory,
    ScenarioFactory,
    animal_at,
)
from tests.population.conftest import Family


def told(family: Family, sire: int, dam: int) -> PairTold:
    basis = Basis(family.programme)
    found = pair_told(basis, explained_pair(basis, family[sire], family[dam]))
    assert found is not None
    return found


def young(family: Family, number: str, born: str, sire: int, dam: int, **columns: object) -> Animal:
    family.programme.revision += 1
    made: Animal = animal_at(
        family.zoo,
        programme=family.programme,
        studbook_number=number,
        birth=DateInterval.parse(born),
        sire=family[sire],
        dam=family[dam],
        **columns,
    )
    return made


def test_past_young__counts_litters_and_who_lived(family: Family) -> None:
    dead = {"status": Animal.Status.DEAD}
    young(family, "21", "2020-05-03", 7, 8)
    young(family, "22", "2020-05-04", 7, 8, death=DateInterval.parse("2020-05-10"), **dead)
    young(family, "23", "2021-06-01", 7, 8, death=DateInterval.parse("2021-12-01"), **dead)
    young(family, "24", "2022-06-01", 7, 6)
    together, sires, dams = told(family, 7, 8).young
    assert (together.litters, together.young, together.last) == (2, 3, date(2021, 6, 1))
    assert (together.month.lived, together.month.known) == (2, 3)
    assert (together.year.lived, together.year.known) == (1, 3)
    # 10 is a young of 7 and 6 too.
    assert (sires.young, sires.mates) == (2, 1)
    assert (dams.young, dams.mates) == (1, 1)


def test_past_young__counts_the_litters_that_the_demography_does(family: Family) -> None:
    for number, born in (("21", "2022-05-03"), ("22", "2022-05-05"), ("23", "2023-06-01")):
        young(family, number, born, 7, 8)
    basis = Basis(family.programme)
    counted = [each for each in vital_on(basis, Filters()).born if each.dam == "8" and "9" not in each.young]
    assert told(family, 7, 8).young[0].litters == len(counted) == 2


def test_past_young__of_young_without_a_sure_dam_are_litters_by_their_days(family: Family) -> None:
    lone = {"dam": None, "birth": DateInterval.parse("2020-05-03")}
    for number in ("21", "22"):
        animal_at(family.zoo, programme=family.programme, studbook_number=number, sire=family[9], **lone)
    family.programme.revision += 1
    found = told(family, 9, 10).young[1]
    assert (found.young, found.litters) == (2, 1)


def test_past_young__of_nobody_is_nothing(family: Family) -> None:
    together, sires, _ = told(family, 9, 10).young
    assert (together.litters, together.month.share, sires.last) == (0, None, None)


def test_observed_ages__tell_how_many_bred_so_old(family: Family) -> None:
    found = told(family, 5, 8)
    sire, dam = found.ages
    assert sire.births > 0
    assert sire.births_at_least is not None
    assert sire.births_at_least <= sire.births
    assert "sires were seen to breed from" in sire.sentence
    assert dam.noun == "dam"


def test_observed_ages__name_one_older_than_any_that_bred(family: Family) -> None:
    animal_at(
        family.zoo, programme=family.programme, studbook_number="30", birth=DateInterval.parse("1935-01-01")
    )
    family.programme.revision += 1
    basis = Basis(family.programme)
    old = family.programme.animals.get(studbook_number="30")
    found = pair_told(basis, explained_pair(basis, family[7], old))
    assert found is not None
    assert "older than any that bred" in found.ages[1].sentence


def test_pair__of_an_animal_whose_sex_an_overlay_assumes_has_ages_and_young(
    family: Family, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(pk=family[9].pk).update(sex="U")
    family.programme.revision += 1
    family.programme.save()
    overlay = OverlayFactory(programme=family.programme, name="Looked at")
    AssumptionFactory(overlay=overlay, kind="sex", animal=family[9], sex="M")
    page = signed_in(olga).get(f"/programmes/leopards/pairs/9/10/?overlay={overlay.pk}")
    assert page.status_code == 200
    assert "sires were seen to breed from" in page.text


def test_pair__whose_sexes_an_overlay_swaps_is_told_by_its_roles(family: Family) -> None:
    young(family, "20", "2021-05-03", 7, 6)
    overlay = OverlayFactory(programme=family.programme, name="Looked at")
    AssumptionFactory(overlay=overlay, kind="sex", animal=family[9], sex="F")
    basis = Basis(family.programme, (overlay,))
    found = pair_told(basis, explained_pair(basis, family[7], family[9]))
    assert found is not None
    assert [each.noun for each in found.ages] == ["sire", "dam"]
    assert (found.young[1].young, found.young[1].mates) == (2, 1)


@pytest.mark.parametrize(
    ("days", "words"), [(20, "less than a month"), (40, "1 month;"), (70, "2 months"), (800, "2 years")]
)
def test_together__counts_one_month_as_one(family: Family, days: int, words: str) -> None:
    basis = Basis(family.programme)
    pair = explained_pair(basis, family[9], family[10])
    since = family.programme.as_of - timedelta(days=days)
    assert words in together_sentence(replace(pair, together_since=since), family.programme.as_of)


def test_together__says_since_when_and_what_came_of_it(family: Family) -> None:
    assert told(family, 9, 10).together == ""
    mate = animal_at(
        family.zoo, programme=family.programme, studbook_number="20", birth=DateInterval.parse("2021-01-01")
    )
    family.programme.revision += 1
    basis = Basis(family.programme)
    found = pair_told(basis, explained_pair(basis, family[9], mate))
    assert found is not None
    assert "have shared a place since 1 January 2021" in found.together
    assert "no young of theirs is recorded" in found.together


def test_health__tells_contraception_reproduction_and_notes(
    family: Family, olga: Any, signed_in: Any
) -> None:
    dam = family[10]
    Animal.objects.filter(pk=dam.pk).update(note="Uterine cysts.")
    plain = {"quantity": None, "unit": ""}
    contraception = ObservationFactory(
        animal=dam, kind=Observation.Kind.CONTRACEPTION, what="implant", **plain
    )
    ObservationFactory(
        animal=dam, kind=Observation.Kind.REPRODUCTION, what="not pregnant", note="By scan.", **plain
    )
    for number in range(7):
        ObservationFactory(animal=dam, kind=Observation.Kind.NOTE, note=f"Note {number}", **plain)
    page = signed_in(olga).get("/programmes/leopards/pairs/9/10/").text
    assert "Uterine cysts." in page
    assert "Contraception, hormone implant, 2025-05-03." in page
    assert "under contraception: hormone implant since 2025-05-03" in page
    assert "Reproduction, found not pregnant, 2025-05-03. By scan." in page
    assert "2 earlier notes on" in page
    contraception.until = DateInterval.parse("2025-09-01")
    contraception.save()
    page = signed_in(olga).get("/programmes/leopards/pairs/9/10/").text
    assert "2025-05-03 until 2025-09-01" in page
    assert "contraception over, no return told" in page


def test_methods__say_who_moves_and_what_is_not_recorded(family: Family) -> None:
    natural, fresh, banked = told(family, 9, 10).methods
    assert "One moves to the other" in natural.asks
    assert "the semen travels" in fresh.asks
    assert fresh.recorded == "No collection of his semen is on record."
    assert banked.recorded == NOTHING_STORED
    assert "Assumed" not in banked.recorded
    scenario = ScenarioFactory(programme=family.programme, name="With the bank")
    BankedDonorFactory(scenario=scenario, animal=family[9], straws=20)
    recorded = told(family, 9, 10).methods[2].recorded
    assert "Assumed, not recorded: 20 straws in the scenario “With the bank”." in recorded


def test_stakes__are_of_founders_that_the_pair_alone_carries(family: Family) -> None:
    stranger = animal_at(family.zoo, programme=family.programme, studbook_number="20", sex="F")
    family.programme.revision += 1
    basis = Basis(family.programme)
    found = pair_told(basis, explained_pair(basis, family[9], stranger))
    assert found is not None
    own = next(row for row in found.stakes.rows if row.label == "20")
    assert (own.only, own.saved[0]) == (2.0, 1.0)
    assert found.stakes.only >= 2
    assert list(own.saved) == sorted(own.saved)


def test_page__of_a_refused_pair_tells_nothing_of_it(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get("/programmes/leopards/pairs/1/6/")
    assert page.status_code == 200
    assert "Breeding so far" not in page.text
