"""Animals added to a book: what they leave in it and in the trail, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from studbook.animals.adding import AddedAnimals, add_animals, number_order
from studbook.animals.correcting.parents import correct_parents
from studbook.animals.drafts import AnimalDraft, EventDraft, IdentifierDraft, ParentDraft
from studbook.animals.models import Animal, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.changes import changing
from studbook.programmes.models import Programme
from tests.factories import (
    AnimalFactory,
    InstitutionFactory,
)

pytestmark = pytest.mark.django_db

MAY_2012 = DateInterval.parse("2012-05-01")
MALE, FEMALE = Animal.Sex.MALE, Animal.Sex.FEMALE


def add(programme: Programme, *drafts: AnimalDraft) -> AddedAnimals:
    with changing(programme, "add animals", by=None) as trail:
        return add_animals(trail, programme, drafts)


def known(number: str) -> ParentDraft:
    return ParentDraft(ParentKind.KNOWN, number)


def several(*shares: tuple[str, str]) -> ParentDraft:
    return ParentDraft(ParentKind.SEVERAL, "", tuple((number, Decimal(share)) for number, share in shares))


# add_animals


def test_add_animals__takes_offspring_before_parents(programme: Programme) -> None:
    added = add(
        programme, AnimalDraft("3", sire=known("1"), dam=known("2")), AnimalDraft("1"), AnimalDraft("2")
    )
    assert list(added.animals) == ["3", "1", "2"]
    cub = programme.animals.get(studbook_number="3")
    assert (cub.sire.studbook_number, cub.dam.studbook_number, cub.sire_kind) == ("1", "2", "known")


def test_add_animals__takes_parents_already_in_the_book(programme: Programme) -> None:
    sire = AnimalFactory(programme=programme, studbook_number="1", sex=MALE)
    add(programme, AnimalDraft("2", sire=known("1")))
    assert programme.animals.get(studbook_number="2").sire == sire


def test_add_animals__draws_both_timelines(programme: Programme, zoo: Institution) -> None:
    other = InstitutionFactory(name="Zoo B")
    life = (
        EventDraft("birth", DateInterval.parse("2010-05-01"), zoo, local_id="L1"),
        EventDraft("transfer", MAY_2012, other, zoo, terms="loan"),
    )
    animal = add(programme, AnimalDraft("1", events=life)).animals["1"]
    first, second = animal.holdings.all()
    assert (first.institution, first.local_id, first.end) == (zoo, "L1", date(2012, 5, 1))
    assert (second.institution, second.end) == (other, None)
    assert animal.ownerships.get().institution == zoo
    assert [event.sequence for event in animal.events.all()] == [1, 2]
    assert {each.institution for each in programme.participations.all()} == {zoo, other}


def test_add_animals__reads_death_from_its_event(programme: Programme, zoo: Institution) -> None:
    life = (
        EventDraft("birth", MAY_2012, zoo),
        EventDraft("death", DateInterval.parse("2013"), zoo, cause="age"),
    )
    animal = add(programme, AnimalDraft("1", birth=MAY_2012, events=life)).animals["1"]
    animal.refresh_from_db()
    assert (animal.status, str(animal.death)) == ("dead", "2013")
    assert animal.holdings.get().end == date(2013, 7, 2)


def test_add_animals__closes_the_stay_at_a_death_without_event(
    programme: Programme, zoo: Institution
) -> None:
    life = (EventDraft("birth", MAY_2012, zoo),)
    animal = add(programme, AnimalDraft("1", death=DateInterval.parse("2013-02-01"), events=life)).animals[
        "1"
    ]
    assert (animal.status, animal.events.count()) == ("dead", 1)
    assert animal.holdings.get().end == date(2013, 2, 1)


def test_add_animals__keeps_candidates_identifiers_and_order(programme: Programme) -> None:
    fathers = several(("1", "0.25"), ("2", "0.75"))
    tag = IdentifierDraft("transponder", "250269000000001")
    added = add(
        programme, AnimalDraft("T10", sire=fathers, identifiers=(tag,)), AnimalDraft("1"), AnimalDraft("2")
    )
    cub = added.animals["T10"]
    assert [(each.parent.studbook_number, each.probability) for each in cub.parent_candidates.all()] == [
        ("2", Decimal("0.75")),
        ("1", Decimal("0.25")),
    ]
    assert cub.identifiers.get().value == "250269000000001"
    assert [each.studbook_number for each in programme.animals.all()] == ["1", "2", "T10"]


def test_add_animals__writes_every_record_in_the_trail(programme: Programme, zoo: Institution) -> None:
    add(programme, AnimalDraft("1", events=(EventDraft("birth", MAY_2012, zoo),)))
    records = AuditChange.objects.values_list("record", flat=True)
    assert sorted(records) == ["animals.animal", "animals.event", "animals.holding", "animals.ownership"]


def test_add_animals__returns_what_did_not_fit(programme: Programme, zoo: Institution) -> None:
    other = InstitutionFactory(name="Zoo B")
    life = (
        EventDraft("birth", MAY_2012, zoo),
        EventDraft("transfer", DateInterval.parse("2014"), zoo, other),
    )
    [(number, problem)] = add(programme, AnimalDraft("1", events=life)).problems
    assert (number, problem.code, problem.position) == ("1", "C6", 1)


BIRTH = EventDraft("birth", MAY_2012)


@pytest.mark.parametrize(
    ("drafts", "sentence"),
    [
        ([AnimalDraft("1"), AnimalDraft("1")], "Studbook number 1 would be given twice"),
        ([AnimalDraft("taken")], "Studbook number taken would be given twice"),
        ([AnimalDraft("1", dam=known("9"))], r"Animal 9 \(parent of 1\) is not in this book"),
        ([AnimalDraft("1", dam=several(("9", "1")))], r"Animal 9 \(parent of 1\) is not in this book"),
        ([AnimalDraft("1", sire=known("1"))], "Ancestry loop: 1 -> 1"),
        ([AnimalDraft("1", sire=known("2")), AnimalDraft("2", dam=known("1"))], "Ancestry loop: 1 -> 2 -> 1"),
        ([AnimalDraft("1", sire=several(("1", "1")))], "Ancestry loop: 1 -> 1"),
        (
            [AnimalDraft("1", sire=several(("taken", "0.5")))],
            "probabilities add up to 0.5; make them add up to 1",
        ),
        ([AnimalDraft("1", sire=several(("taken", "0")))], "probability outside 0 to 1"),
        (
            [AnimalDraft("1", sire=several(("taken", "0.5"), ("taken", "0.5")))],
            "has the candidate taken twice",
        ),
        ([AnimalDraft("1", sire=ParentDraft(ParentKind.KNOWN))], "must be named if it is known"),
        ([AnimalDraft("1", events=(BIRTH, BIRTH))], "Animal 1 has 2 events of birth"),
    ],
)
def test_add_animals__refuses(programme: Programme, drafts: list[AnimalDraft], sentence: str) -> None:
    AnimalFactory(programme=programme, studbook_number="taken")
    with pytest.raises(StudbookError, match=sentence):
        add(programme, *drafts)
    assert programme.animals.count() == 1
    assert not AuditEntry.objects.exists()


TAG = IdentifierDraft("transponder", "250269000000001")


def test_add_animals__refuses_a_transponder_in_two_animals(programme: Programme) -> None:
    with pytest.raises(StudbookError, match="Transponder 250269000000001 would be in two animals at once"):
        add(programme, AnimalDraft("1", identifiers=(TAG,)), AnimalDraft("2", identifiers=(TAG,)))
    add(programme, AnimalDraft("1", identifiers=(TAG,)))
    with pytest.raises(StudbookError, match="would be in two animals at once"):
        add(programme, AnimalDraft("2", identifiers=(TAG,)))


def test_add_animals__refuses_one_mark_twice_on_an_animal(programme: Programme) -> None:
    with pytest.raises(StudbookError, match="Animal 1 has the tag 7 twice"):
        add(programme, AnimalDraft("1", identifiers=(IdentifierDraft("tag", "7"),) * 2))


def test_add_animals__sees_a_loop_through_a_possible_parent_of_the_book(programme: Programme) -> None:
    add(programme, AnimalDraft("1"), AnimalDraft("2", sire=several(("1", "1"))))
    assert programme.animals.count() == 2
    with pytest.raises(StudbookError, match="Ancestry loop: 1 -> 2 -> 1"):
        correct_parents(
            programme.animals.get(studbook_number="1"),
            sire=ParentChoice(ParentKind.UNKNOWN),
            dam=ParentChoice(ParentKind.KNOWN, (_female(programme, "2"),)),
            by=None,
            reason="DNA",
            opened_version=1,
        )


def _female(programme: Programme, number: str) -> Animal:
    programme.animals.filter(studbook_number=number).update(sex=FEMALE)
    return programme.animals.get(studbook_number=number)


@pytest.mark.parametrize(
    ("number", "order"), [("12", 12), ("T12", 12), ("9A7", 9), ("X", 0), ("9" * 15, 2**31 - 1)]
)
def test_number_order__is_the_first_run_of_digits(number: str, order: int) -> None:
    assert number_order(number) == order
