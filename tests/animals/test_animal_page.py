"""An animal's page: who it is, its litters, its life with the gaps, the queries it takes."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from studbook.animals.life import gaps_of
from studbook.animals.models import Animal, Event, ParentKind
from studbook.animals.offspring import offspring_of
from studbook.animals.record import animal_of, record_of
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import (
    AnimalFactory,
    EventFactory,
    FounderFactory,
    HoldingFactory,
    IdentifierFactory,
    InstitutionFactory,
    OwnershipFactory,
    ParentCandidateFactory,
    animal_at,
)

TODAY = date(2025, 10, 31)


def page_of(client: Any, number: str) -> str:
    response = client.get(reverse("animal", args=["leopards", number]))
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def test_animal__says_who_it_is(programme: Programme, zoo: Institution, olga: Any, signed_in: Any) -> None:
    owner = InstitutionFactory(name="Zoo of the Owner")
    animal = AnimalFactory(
        programme=programme, studbook_number="823", house_name="Khala", sire_kind=ParentKind.WILD, note="Shy."
    )
    HoldingFactory(animal=animal, institution=zoo, local_id="M0422", start=date(2012, 3, 17))
    OwnershipFactory(animal=animal, institution=owner)
    IdentifierFactory(animal=animal, value="999324420210173")
    page = page_of(signed_in(olga), "823")
    for words in (
        "823 Khala",
        "2018-05-03",
        "captive-born",
        "Shy.",
        "999324420210173",
        "M0422",
        "2012-03-17",
    ):
        assert words in page
    for words in ("Zoo of the Owner</a>, on loan since 2012-03-17", "sire wild", "dam unknown"):
        assert words in page


def test_animal__tells_death_and_cause(programme: Programme, olga: Any, signed_in: Any) -> None:
    died = DateInterval.parse("about March 2020")
    animal = AnimalFactory(programme=programme, studbook_number="5", status="dead", death=died)
    EventFactory(animal=animal, kind=Event.Kind.DEATH, date=died, cause="renal failure")
    page = page_of(signed_in(olga), "5")
    assert "† about March 2020, cause: renal failure" in page
    assert "1 mo" not in page


def test_animal__gives_no_age_where_nobody_knows_whether_it_lives(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    of = {"programme": programme}
    AnimalFactory(studbook_number="5", status="lost", **of)
    AnimalFactory(studbook_number="6", status="released", **of)
    AnimalFactory(studbook_number="7", birth=None, **of)
    for number in ("5", "6"):
        page = page_of(signed_in(olga), number)
        assert "age not known" not in page
        assert not re.search(r"Female, \d", page)
    assert "Female, age not known" in page_of(signed_in(olga), "7")


def test_animal__draws_a_shared_ancestor_once(programme: Programme, olga: Any, signed_in: Any) -> None:
    shared = FounderFactory(programme=programme, studbook_number="1", sex="M")
    dam = AnimalFactory(programme=programme, studbook_number="2", sire=shared)
    AnimalFactory(programme=programme, studbook_number="3", sire=shared, dam=dam)
    page = page_of(signed_in(olga), "3")
    assert page.count('class="pedigree-number"') == 3
    assert "The pedigree as a list" in page


def test_animal__says_why_a_pedigree_with_a_loop_is_not_drawn(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    sire = AnimalFactory(programme=programme, studbook_number="1", sex="M")
    young = AnimalFactory(programme=programme, studbook_number="2", sex="M", sire=sire)
    Animal.objects.filter(pk=sire.pk).update(sire=young, sire_kind=ParentKind.KNOWN)
    found = animal_of(programme, "2")
    assert found is not None
    record = record_of(found, programme)
    assert record.drawing is None
    assert record.drawing_refused.startswith("The pedigree cannot be drawn: 2 -> 1 -> 2 makes")


@pytest.mark.parametrize("number", ["999", "nobody", "1 OR 1=1"])
def test_animal__does_not_exist_where_the_book_has_no_such_number(
    programme: Programme, olga: Any, signed_in: Any, number: str
) -> None:
    assert signed_in(olga).get(reverse("animal", args=["leopards", number])).status_code == 404


def test_animal__does_not_exist_for_a_stranger_and_asks_for_a_sign_in(
    programme: Programme, cy: Any, client: Any, signed_in: Any
) -> None:
    AnimalFactory(programme=programme, studbook_number="5")
    url = reverse("animal", args=["leopards", "5"])
    assert client.get(url).status_code == 302
    assert signed_in(cy).get(url).status_code == 404


def test_animal__escapes_what_people_wrote(programme: Programme, olga: Any, signed_in: Any) -> None:
    animal = AnimalFactory(programme=programme, studbook_number="5", house_name="<b>x", note="<script>y")
    EventFactory(animal=animal, note="<script>z")
    page = page_of(signed_in(olga), "5")
    assert "<b>x" not in page
    assert "<script>y" not in page
    assert "<script>z" not in page


def litter(sire: Animal | None, dam: Animal | None, birth: str, *statuses: str) -> list[Animal]:
    return [
        AnimalFactory(
            programme=(sire or dam).programme,  # type: ignore[union-attr]
            sire=sire,
            dam=dam,
            birth=DateInterval.parse(birth),
            status=status,
            death=DateInterval.parse("2024-01-01") if status == "dead" else None,
        )
        for status in statuses
    ]


def test_offspring_of__groups_litters_and_puts_the_living_first(programme: Programme) -> None:
    sire = FounderFactory(programme=programme, sex="M")
    one, other = FounderFactory(programme=programme), FounderFactory(programme=programme)
    oldest = litter(sire, one, "2012-05-01", "dead", "living")
    dead = litter(sire, one, "2020-05-01", "dead")
    newest = litter(sire, other, "2020-05-01", "living")
    litters = offspring_of(sire, TODAY).litters
    assert [[young.animal for young in each.young] for each in litters] == [newest, oldest[::-1], dead]
    assert [each.other.animal for each in litters] == [other, one, one]


def test_offspring_of__counts_and_keeps_unknown_partners_and_possible_offspring(programme: Programme) -> None:
    dam = FounderFactory(programme=programme)
    litter(None, dam, "2012-05-01", "dead", "living")
    possible = ParentCandidateFactory(parent=dam, role="dam", animal__programme=programme, probability="0.5")
    offspring = offspring_of(dam, TODAY)
    assert (offspring.total, offspring.living, len(offspring.litters)) == (2, 1, 1)
    assert offspring.litters[0].other.kind == ParentKind.UNKNOWN
    assert offspring.possible == (possible,)


def stays(animal: Animal, *periods: tuple[date, date | None]) -> list[Any]:
    return [HoldingFactory(animal=animal, start=start, end=end) for start, end in periods]


def test_gaps_of__names_each_time_without_a_holder(programme: Programme) -> None:
    animal = AnimalFactory(programme=programme)
    first, left, back, gone = date(2018, 5, 3), date(2019, 1, 1), date(2020, 1, 1), date(2021, 1, 1)
    assert gaps_of(animal, stays(animal, (first, left), (back, gone))) == [(left, back), (gone, None)]


def test_gaps_of__finds_none_where_one_stay_follows_the_other(programme: Programme) -> None:
    animal = AnimalFactory(programme=programme)
    moved = date(2019, 1, 1)
    assert gaps_of(animal, stays(animal, (date(2018, 5, 3), moved), (moved, None))) == []


def test_gaps_of__does_not_ask_where_a_dead_animal_is(programme: Programme) -> None:
    died = DateInterval.parse("2019-01-01")
    animal = AnimalFactory(programme=programme, status="dead", death=died)
    assert gaps_of(animal, stays(animal, (date(2018, 5, 3), died.earliest))) == []


def test_animal__lists_its_life_in_order_with_loans_and_gaps(
    programme: Programme, zoo: Institution, olga: Any, signed_in: Any
) -> None:
    elsewhere = InstitutionFactory(name="Elsewhere")
    animal = AnimalFactory(programme=programme, studbook_number="5")
    EventFactory(animal=animal, institution=zoo, date=DateInterval.parse("about May 2018"))
    EventFactory(
        animal=animal, kind="transfer", institution=elsewhere, from_institution=zoo, terms="loan",
        date=DateInterval.parse("2020-01-01"),
    )  # fmt: skip
    stays(animal, (date(2018, 5, 16), date(2019, 1, 1)), (date(2020, 1, 1), None))
    found = animal_of(programme, "5")
    assert found is not None
    life = record_of(found, programme).life
    assert [entry.is_gap for entry in life] == [False, True, False]
    page = page_of(signed_in(olga), "5")
    assert "about May 2018" in page
    assert "No holder is recorded until 2020-01-01." in page
    assert '<span class="badge badge-warn">on loan</span>' in page


def large_family(programme: Programme, zoo: Institution, size: int) -> Animal:
    """Return an animal with three generations above it, and as many stays, events and young as `size`."""
    pairs = [
        (FounderFactory(programme=programme, sex="M"), FounderFactory(programme=programme)) for _ in range(4)
    ]
    parents = [AnimalFactory(programme=programme, sire=sire, dam=dam) for sire, dam in pairs]
    sire = AnimalFactory(programme=programme, sex="M", sire=parents[0], dam=parents[1])
    dam = AnimalFactory(programme=programme, sire=parents[2], dam=parents[3])
    animal: Animal = AnimalFactory(programme=programme, sex="M", sire=sire, dam=dam)
    for year in range(2000, 2000 + size):
        HoldingFactory(animal=animal, institution=zoo, start=date(year, 1, 1), end=date(year, 6, 1))
        EventFactory(animal=animal, institution=zoo, from_institution=zoo, kind="transfer")
        OwnershipFactory(animal=animal, institution=zoo, start=date(year, 1, 1), end=date(year, 6, 1))
        IdentifierFactory(animal=animal, institution=zoo)
        AnimalFactory(programme=programme, sire=animal, dam=FounderFactory(programme=programme))
    return animal


@pytest.mark.parametrize("size", [1, 12])
def test_record_of__asks_as_many_queries_for_much_as_for_little(
    programme: Programme, zoo: Institution, django_assert_num_queries: Any, size: int
) -> None:
    number = large_family(programme, zoo, size).studbook_number
    with django_assert_num_queries(13):
        found = animal_of(programme, number)
        assert found is not None
        record = record_of(found, programme)
    assert record.offspring.total == size


def test_animal__puts_the_parts_of_other_rooms_beside_the_identity(
    programme: Programme, zoo: Institution, olga: Any, signed_in: Any
) -> None:
    animal = animal_at(zoo, programme=programme, studbook_number="5", sex="M")
    response = signed_in(olga).get(reverse("animal", args=["leopards", animal.studbook_number]))
    for part in response.context["panels"]:
        assert part in response.content.decode()
