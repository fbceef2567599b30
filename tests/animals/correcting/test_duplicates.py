"""Which records are suspected to be of one animal, and which are not."""

import random
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.correcting.duplicates import suspected_duplicates
from studbook.animals.correcting.not_same import say_not_same
from studbook.animals.keeping import NotTheirsError
from studbook.animals.likeness import Traits, pairs_alike, pairs_warned_of
from studbook.animals.models import Animal, NotSame
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from tests import factories
from tests.animals.correcting.conftest import Sent


def pairs(animal: Animal) -> list[tuple[str, str, str]]:
    return [
        (each.one.studbook_number, each.other.studbook_number, each.reasons[0])
        for each in suspected_duplicates(animal.programme)
    ]


def twin_of(cub: Animal, at: Institution, **columns: Any) -> Animal:
    told: dict[str, Any] = {"studbook_number": "13", "sire": cub.sire, "dam": cub.dam, "birth": cub.birth}
    return factories.animal_at(at, programme=cub.programme, **(told | columns))


@pytest.mark.parametrize(
    ("birth", "suspected"), [("2018-05-06", True), ("2018-05-07", False), ("2018", True)]
)
def test_suspected__same_dam_and_sex_born_within_three_days(
    cub: Animal, zoo: Institution, birth: str, suspected: bool
) -> None:
    twin_of(cub, zoo, birth=DateInterval.parse(birth))
    reason = "the same dam, birth and sex, and nothing tells them apart"
    assert pairs(cub) == ([("12", "13", reason)] if suspected else [])


def test_suspected__litter_mates_are_not(cub: Animal, zoo: Institution, other_zoo: Institution) -> None:
    twin_of(cub, zoo, sex="M")
    twin_of(cub, zoo, studbook_number="14", house_name="Mira")
    twin_of(cub, other_zoo, studbook_number="15")
    found = {pair[:2] for pair in pairs(cub)}
    assert not found & {("12", "13"), ("12", "14"), ("12", "15"), ("14", "15")}


def test_suspected__young_of_one_dam_born_days_apart_whatever_tells_them_apart(
    cub: Animal, zoo: Institution
) -> None:
    twin_of(cub, zoo, birth=DateInterval.parse("2018-05-06"), house_name="Mira")
    assert pairs(cub) == [("12", "13", "the same dam and sex, born days apart")]


def test_suspected__is_every_pair_that_a_deed_is_warned_of() -> None:
    chance = random.Random(4)
    for _ in range(60):
        animals = [some_traits(key, chance) for key in range(8)]
        suggested = {(one.key, other.key) for (one, other), _ in pairs_alike(animals)}
        assert {(one.key, other.key) for (one, other), _ in pairs_warned_of(animals)} <= suggested


def some_traits(key: int, chance: random.Random) -> Traits:
    born = date(2018, 5, chance.randint(1, 6))
    made = Traits(
        key,
        chance.choice("MFU"),
        None,
        chance.choice([None, 100, 101]),
        chance.choice(["", "mira"]),
        None,
        None,
    )
    made.born = chance.choice([None, (born, born), (born, date(2018, 5, 8))])
    made.stay(chance.choice([1, 2]), date(2018, 5, 8), None, chance.choice(["", "l7", "UNK"]))
    made.marks = set(chance.choice(["", "", "9"]))
    return made


def test_suspected__the_same_transponder_used_before(cub: Animal, zoo: Institution) -> None:
    other = factories.animal_at(zoo, programme=cub.programme, studbook_number="30", sex="M")
    factories.IdentifierFactory(animal=cub, value="900")
    factories.IdentifierFactory(animal=other, value="900", active=False)
    assert pairs(cub) == [("12", "30", "the same transponder or global number")]


def test_suspected__the_same_local_id_at_one_zoo(cub: Animal, zoo: Institution, foreign: Animal) -> None:
    born = DateInterval.parse("2018-05-04")
    other = factories.animal_at(zoo, programme=cub.programme, studbook_number="30", sex="U", birth=born)
    for animal in (cub, other, foreign):
        animal.holdings.update(local_id=" L7")
    assert pairs(cub) == [("12", "30", "the same local id at one institution")]
    for animal in (cub, other):
        animal.holdings.update(local_id="UNK")
    assert pairs(cub) == []


def test_suspected__the_same_name_and_birth(cub: Animal, other_zoo: Institution) -> None:
    factories.animal_at(
        other_zoo, programme=cub.programme, studbook_number="30", house_name="zeia ", birth=cub.birth
    )
    assert pairs(cub) == [("12", "30", "the same house name, born on the same days")]


def test_suspected__no_longer_once_said_to_be_two(cub: Animal, zoo: Institution, ada: User) -> None:
    twin = twin_of(cub, zoo)
    said = say_not_same(twin, cub, by=ada, reason="Two of one litter.")
    assert (said.one, said.other, pairs(cub)) == (cub, twin, [])
    with pytest.raises(StudbookError, match="are said to be two animals already"):
        say_not_same(cub, twin, by=ada)


def test_not_same__is_not_the_registrar_s_to_say_of_a_foreign_animal(
    cub: Animal, foreign: Animal, rita: User
) -> None:
    with pytest.raises(NotTheirsError):
        say_not_same(cub, foreign, by=rita)
    assert not NotSame.objects.exists()


def test_duplicates_page__compares_and_remembers(
    cub: Animal, zoo: Institution, ada: User, sent: Sent
) -> None:
    twin_of(cub, zoo)
    path = reverse("duplicates", args=["leopards"])
    assert sent(ada, path, one="12", other="99").status_code == 400
    assert sent(ada, path, one="12", other="13").status_code == 302
    assert NotSame.objects.count() == 1


def test_duplicates_page__reads_in_a_fixed_number_of_queries(
    cub: Animal, zoo: Institution, ada: User, client: Any, django_assert_num_queries: Any
) -> None:
    client.force_login(ada)
    path = reverse("duplicates", args=["leopards"])
    twin_of(cub, zoo)
    client.get(path)
    with django_assert_num_queries(9):
        assert "Compare" in client.get(path).text
    for number in range(40, 46):
        twin_of(cub, zoo, studbook_number=str(number))
    with django_assert_num_queries(9):
        client.get(path)


def test_pairs__of_births_at_the_end_of_the_calendar_are_compared() -> None:
    late = (date(2018, 5, 1), date.max)
    animals = [Traits(key, "F", None, 100, "", late, None) for key in (1, 2)]
    assert list(pairs_warned_of(animals)) == []
    assert len(list(pairs_alike(animals))) == 1
