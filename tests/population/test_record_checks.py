"""One story for each thing the records can tell against themselves."""

from datetime import date, timedelta

import pytest

from studbook.animals.models import Animal, Event, Identifier, ParentKind
from studbook.core.dates import DateInterval, interval_columns
from studbook.institutions.models import Institution
from studbook.population.quality import problems_of
from studbook.population.rules import findings_among
from studbook.programmes.models import Programme
from tests.factories import (
    AnimalFactory,
    AuditEntryFactory,
    EventFactory,
    FounderFactory,
    HoldingFactory,
    IdentifierFactory,
    InstitutionFactory,
    NotSameFactory,
    OwnershipFactory,
    animal_at,
)
from tests.population.conftest import Family

BORN = DateInterval.parse("2020-05-01")


def codes(programme: Programme, number: str) -> set[str]:
    return {each.code for each in problems_of(programme) if number in each.animals} - {"C15", "K1", "K2"}


@pytest.fixture
def parents(programme: Programme, zoo: Institution) -> dict[str, Animal]:
    """Return a founder pair that lives at the zoo, so that their young have nothing against them."""
    birth = DateInterval.parse("2012-05-01")
    return {
        role: animal_at(zoo, programme=programme, studbook_number=number, sex=sex, birth=birth, sire_kind="wild", dam_kind="wild", birth_type="unknown")
        for role, number, sex in (("sire", "1", "M"), ("dam", "2", "F"))
    }  # fmt: skip


def test_sound_animal__has_nothing_against_it(
    programme: Programme, zoo: Institution, parents: dict[str, Animal]
) -> None:
    animal_at(zoo, programme=programme, studbook_number="3", birth=BORN, **parents)
    assert codes(programme, "3") == set()


def test_a4__two_records_a_day_apart_but_not_litter_mates(
    programme: Programme, zoo: Institution, parents: dict[str, Animal]
) -> None:
    for number, day in (("3", "2020-05-01"), ("4", "2020-05-01"), ("5", "2020-05-02")):
        animal_at(zoo, programme=programme, studbook_number=number, birth=DateInterval.parse(day), **parents)
    suspected = {each.animals for each in problems_of(programme) if each.code == "A4"}
    assert suspected == {("3", "5"), ("4", "5")}


def test_a4__litter_mates_of_one_name(
    programme: Programme, zoo: Institution, parents: dict[str, Animal]
) -> None:
    for number in ("3", "4"):
        animal_at(zoo, programme=programme, studbook_number=number, birth=BORN, house_name="Nadia", **parents)
    assert "A4" in codes(programme, "3") & codes(programme, "4")


def test_a4__is_not_told_of_two_that_were_said_to_be_two(
    programme: Programme, zoo: Institution, parents: dict[str, Animal]
) -> None:
    one, other, _ = (
        animal_at(zoo, programme=programme, studbook_number=number, birth=BORN, house_name="Nadia", **parents)
        for number in ("3", "4", "5")
    )
    NotSameFactory(programme=programme, one=one, other=other)
    suspected = {each.animals for each in problems_of(programme) if each.code == "A4"}
    assert suspected == {("3", "5"), ("4", "5")}
    within = findings_among(programme, [one.pk])
    assert [each.animals for each in within if each.code == "A4"] == [("3", "5")]


def test_a5__a_transponder_as_tag_of_another(programme: Programme, zoo: Institution) -> None:
    for number, kind in (("3", Identifier.Kind.TRANSPONDER), ("4", Identifier.Kind.TAG)):
        IdentifierFactory(
            animal=animal_at(zoo, programme=programme, studbook_number=number), kind=kind, value="985"
        )
    assert "A5" in codes(programme, "3")


def test_a6__one_local_id_for_two(programme: Programme, zoo: Institution) -> None:
    for number in ("3", "4"):
        animal_at(zoo, programme=programme, studbook_number=number).holdings.update(local_id="20-033")
    assert "A6" in codes(programme, "4")


def test_b10__parents_at_two_places_throughout(
    programme: Programme, zoo: Institution, parents: dict[str, Animal]
) -> None:
    far = InstitutionFactory()
    parents["sire"].holdings.update(institution=far)
    animal_at(zoo, programme=programme, studbook_number="3", birth=BORN, **parents)
    assert "B10" in codes(programme, "3")
    assert any(str(far) in each.sentence for each in problems_of(programme) if each.code == "B10")


def test_b10__a_short_visit_in_time_is_enough(
    programme: Programme, zoo: Institution, parents: dict[str, Animal]
) -> None:
    stay = parents["sire"].holdings.get()
    conceived = date(2020, 5, 1) - timedelta(days=96)
    stay.institution, stay.end = InstitutionFactory(), conceived
    stay.save()
    HoldingFactory(animal=parents["sire"], institution=zoo, start=conceived)
    animal_at(zoo, programme=programme, studbook_number="3", birth=BORN, **parents)
    assert "B10" not in codes(programme, "3")


def test_b17__born_in_captivity_in_the_wild(programme: Programme) -> None:
    forest = InstitutionFactory(kind=Institution.Kind.WILD)
    animal_at(forest, programme=programme, studbook_number="3")
    assert "B17" in codes(programme, "3")


def test_c5__a_gap_between_two_stays_unless_it_was_lost(programme: Programme, zoo: Institution) -> None:
    for number in ("3", "4"):
        animal = animal_at(zoo, programme=programme, studbook_number=number, birth=BORN)
        animal.holdings.update(end=date(2021, 1, 1))
        if number == "4":
            EventFactory(
                animal=animal, kind=Event.Kind.LOST, date=DateInterval.parse("2021-01-01"), institution=zoo
            )
            EventFactory(
                animal=animal, kind=Event.Kind.FOUND, date=DateInterval.parse("2022-01-01"), institution=zoo
            )
        HoldingFactory(animal=animal, institution=zoo, start=date(2022, 1, 1))
    assert codes(programme, "3") == {"C5"}
    assert codes(programme, "4") == set()


def test_c5__living_without_a_holder_and_at_an_unknown_place(programme: Programme) -> None:
    AnimalFactory(programme=programme, studbook_number="3")
    animal_at(
        InstitutionFactory(kind=Institution.Kind.UNKNOWN, mnemonic="UNKNOWN"),
        programme=programme,
        studbook_number="4",
    )
    assert "C5" in codes(programme, "3")
    assert "C5" in codes(programme, "4")


def test_c6__a_sender_that_did_not_hold_it(programme: Programme, zoo: Institution) -> None:
    animal = animal_at(zoo, programme=programme, studbook_number="3", birth=BORN)
    there = InstitutionFactory()
    EventFactory(
        animal=animal,
        kind=Event.Kind.TRANSFER,
        date=DateInterval.parse("2022-01-01"),
        institution=zoo,
        from_institution=there,
    )
    assert codes(programme, "3") == {"C6"}


def test_c9__no_owner_and_a_loan_returned_to_a_stranger(programme: Programme, zoo: Institution) -> None:
    animal_at(zoo, programme=programme, studbook_number="3").ownerships.all().delete()
    animal = animal_at(zoo, programme=programme, studbook_number="4", birth=BORN)
    EventFactory(
        animal=animal,
        kind=Event.Kind.TRANSFER,
        date=DateInterval.parse("2022-01-01"),
        institution=InstitutionFactory(),
        from_institution=zoo,
        terms=Event.Terms.LOAN_RETURN,
    )
    assert codes(programme, "3") == {"C9"}
    assert codes(programme, "4") == {"C9"}


def test_c10__moved_while_lost(programme: Programme, zoo: Institution) -> None:
    animal = animal_at(zoo, programme=programme, studbook_number="3", birth=BORN)
    EventFactory(animal=animal, kind=Event.Kind.LOST, date=DateInterval.parse("2021-01-01"), institution=zoo)
    EventFactory(
        animal=animal,
        kind=Event.Kind.TRANSFER,
        date=DateInterval.parse("2022-01-01"),
        institution=zoo,
        from_institution=None,
    )
    assert codes(programme, "3") == {"C10"}


def test_released_animal__caught_again_by_a_move_or_dead_in_the_wild_is_sound(
    programme: Programme, zoo: Institution
) -> None:
    for number in ("3", "4"):
        animal = animal_at(zoo, programme=programme, studbook_number=number, birth=BORN)
        animal.holdings.update(end=date(2021, 1, 1))
        animal.ownerships.update(end=date(2021, 1, 1))
        EventFactory(
            animal=animal, kind=Event.Kind.RELEASE, date=DateInterval.parse("2021-01-01"), institution=None
        )
        if number == "3":
            EventFactory(
                animal=animal,
                kind=Event.Kind.TRANSFER,
                date=DateInterval.parse("2022-01-01"),
                institution=zoo,
            )
            for period in (HoldingFactory, OwnershipFactory):
                period(animal=animal, institution=zoo, start=date(2022, 1, 1))
        else:
            columns = interval_columns("death", DateInterval.parse("2023"))
            Animal.objects.filter(pk=animal.pk).update(status=Animal.Status.DEAD, **columns)
    assert codes(programme, "3") == set()
    assert codes(programme, "4") == set()


def test_c14_and_k3__beyond_the_known_age_and_without_a_birth(programme: Programme, zoo: Institution) -> None:
    programme.longevity_years = 23
    programme.save()
    animal_at(zoo, programme=programme, studbook_number="3", birth=DateInterval.parse("1990"))
    animal_at(zoo, programme=programme, studbook_number="4", birth=None)
    assert "C14" in codes(programme, "3")
    assert "K3" in codes(programme, "4")


def test_c15__a_silent_institution_with_all_its_animals(programme: Programme, zoo: Institution) -> None:
    for number in ("3", "4"):
        animal_at(zoo, programme=programme, studbook_number=number, birth=DateInterval.parse("2021-05-01"))
    found = [each for each in problems_of(programme) if each.code == "C15"]
    assert [(each.severity, each.animals) for each in found] == [("warn", ("3", "4"))]
    assert "Zoo A" in found[0].sentence
    animal_at(zoo, programme=programme, studbook_number="5", birth=DateInterval.parse("2024-06-01"))
    AuditEntryFactory(programme=programme)
    assert [each.severity for each in problems_of(programme) if each.code == "C15"] == ["notify"]


def test_problems_of__the_engines_rules_are_there_with_the_species_figures(
    programme: Programme, zoo: Institution, parents: dict[str, Animal]
) -> None:
    animal_at(
        zoo, programme=programme, studbook_number="3", birth=DateInterval.parse("2013-01-01"), **parents
    )
    FounderFactory(programme=programme, studbook_number="4", birth_type=Animal.BirthType.CAPTIVE)
    AnimalFactory(programme=programme, studbook_number="5", sex="F", sire=parents["dam"])
    assert "B6" in codes(programme, "3")
    assert "B14" in codes(programme, "4")
    assert "B2" in codes(programme, "2")


def test_problems_of__a_loop_is_a_problem_and_hides_no_other(programme: Programme, zoo: Institution) -> None:
    first = AnimalFactory(programme=programme, studbook_number="12", sex="M")
    second = AnimalFactory(programme=programme, studbook_number="40", sex="M", sire=first)
    Animal.objects.filter(pk=first.pk).update(sire=second, sire_kind=ParentKind.KNOWN)
    assert {"B1", "C5"} <= codes(programme, "12")
    assert problems_of(programme)[0].severity == "reject"


def test_problems_of__are_kept_until_the_next_deed(family: Family, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(11):
        first = problems_of(family.programme)
    with django_assert_num_queries(1):
        assert problems_of(family.programme) is first
    AuditEntryFactory(programme=family.programme)
    with django_assert_num_queries(11):
        problems_of(family.programme)
