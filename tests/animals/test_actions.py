"""Deeds on animals: what they leave in the book and in the trail, and what they refuse."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from studbook.accounts.models import User
from studbook.animals.actions import add_animals, record_death, record_parents, record_transfer
from studbook.animals.adding import AddedAnimals, number_order
from studbook.animals.drafts import AnimalDraft, EventDraft, IdentifierDraft, ParentDraft
from studbook.animals.models import Animal, Holding, ParentKind
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.changes import changing
from studbook.programmes.models import Programme
from tests.factories import (
    AnimalFactory,
    FounderFactory,
    InstitutionFactory,
    ParentCandidateFactory,
    animal_at,
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
        ([AnimalDraft("1", sire=several(("taken", "0.5"), ("taken", "0.5")))], "has one candidate twice"),
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
        record_parents(
            programme.animals.get(studbook_number="1"),
            sire=ParentKind.UNKNOWN,
            dam=_female(programme, "2"),
            by=None,  # type: ignore[arg-type]
            reason="",
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


# record_parents


@pytest.fixture
def set_parents(ada: User) -> Callable[..., None]:
    def deed(animal: Animal, **parents: object) -> None:
        unknown = {"sire": ParentKind.UNKNOWN, "dam": ParentKind.UNKNOWN}
        version = {"opened_version": animal.version}
        record_parents(animal, by=ada, reason="DNA", **(unknown | version | parents))  # type: ignore[arg-type]

    return deed


def test_record_parents__leaves_before_and_after(
    programme: Programme, set_parents: Callable[..., None]
) -> None:
    cub, sire = AnimalFactory(programme=programme), FounderFactory(programme=programme, sex=MALE)
    set_parents(cub, sire=sire, dam=ParentKind.WILD)
    assert (cub.sire, cub.sire_kind, cub.dam, cub.dam_kind, cub.version) == (sire, "known", None, "wild", 2)
    change = AuditChange.objects.get()
    assert (change.before["sire_id"], change.after["sire_id"]) == (None, sire.pk)
    assert (change.entry.actor_name, change.entry.reason) == ("ada", "DNA")
    assert cub.programme.revision == 2


def test_record_parents__drops_the_candidates(set_parents: Callable[..., None], programme: Programme) -> None:
    cub = ParentCandidateFactory(animal__programme=programme).animal
    set_parents(cub)
    assert not cub.parent_candidates.exists()
    assert AuditChange.objects.filter(record="animals.parentcandidate", after__isnull=True).count() == 1


def test_record_parents__shows_the_loop(programme: Programme, set_parents: Callable[..., None]) -> None:
    birth = {"programme": programme, "birth": None}
    top = AnimalFactory(studbook_number="12", **birth)
    middle = AnimalFactory(studbook_number="77", dam=top, **birth)
    last = AnimalFactory(studbook_number="40", sex=MALE, dam=middle, **birth)
    with pytest.raises(StudbookError, match="Ancestry loop: 12 -> 40 -> 77 -> 12"):
        set_parents(top, sire=last)
    top.refresh_from_db()
    assert (top.sire, top.version) == (None, 1)


def test_record_parents__refuses_what_changed_since(
    programme: Programme, set_parents: Callable[..., None]
) -> None:
    cub = AnimalFactory(programme=programme)
    set_parents(cub)
    with pytest.raises(StaleRecordError):
        set_parents(cub, opened_version=1)


@pytest.mark.parametrize(
    ("role", "columns", "sentence"),
    [
        ("sire", {"sex": FEMALE}, "is recorded female and cannot be a sire"),
        ("dam", {"sex": MALE}, "is recorded male and cannot be a dam"),
        ("dam", {"sex": Animal.Sex.UNKNOWN}, "is recorded with unknown sex and cannot be a dam"),
        ("dam", {"birth": DateInterval.parse("2020")}, "was born 2020, not before"),
    ],
)
def test_record_parents__refuses_a_parent_that_cannot_be(
    programme: Programme,
    set_parents: Callable[..., None],
    role: str,
    columns: dict[str, object],
    sentence: str,
) -> None:
    cub, parent = AnimalFactory(programme=programme), AnimalFactory(programme=programme, **columns)
    with pytest.raises(StudbookError, match=sentence) as refusal:
        set_parents(cub, **{role: parent})
    assert refusal.value.field == role


def test_record_parents__refuses_another_book(programme: Programme, set_parents: Callable[..., None]) -> None:
    with pytest.raises(StudbookError, match="is not in the book of Leopards"):
        set_parents(AnimalFactory(programme=programme), dam=FounderFactory())


def test_record_parents__refuses_a_kind_that_names_nobody(
    programme: Programme, set_parents: Callable[..., None]
) -> None:
    with pytest.raises(StudbookError, match="or say that it is wild or unknown"):
        set_parents(AnimalFactory(programme=programme), dam=ParentKind.KNOWN)


# record_transfer, record_death


@pytest.fixture
def cub(programme: Programme, zoo: Institution) -> Animal:
    return animal_at(zoo, programme=programme, studbook_number="7", birth=DateInterval.parse("2010-05-01"))


def transfer(animal: Animal, by: User, to: Institution, terms: str = "donation", **more: object) -> None:
    record_transfer(animal, to=to, on=MAY_2012, terms=terms, by=by, reason="plan", **more)  # type: ignore[arg-type]


def places(animal: Animal) -> list[tuple[str, date, date | None]]:
    return [(stay.institution.name, stay.start, stay.end) for stay in animal.holdings.all()]


def test_record_transfer__moves_holder_and_owner(cub: Animal, ada: User) -> None:
    other = InstitutionFactory(name="Zoo B")
    transfer(cub, ada, other)
    day = date(2012, 5, 1)
    assert places(cub) == [("Zoo A", date(2010, 5, 1), day), ("Zoo B", day, None)]
    assert [each.institution for each in cub.ownerships.all()][-1] == other
    event = cub.events.last()
    assert (event.kind, event.sequence, event.from_institution.name) == ("transfer", 2, "Zoo A")
    assert other.participations.get().programme == cub.programme
    assert cub.version == 2


def test_record_transfer__loan_and_return_leave_the_owner(cub: Animal, ada: User, zoo: Institution) -> None:
    transfer(cub, ada, InstitutionFactory(), terms="loan")
    transfer(cub, ada, zoo, terms="loan return")
    assert cub.ownerships.get().institution == zoo
    assert Holding.objects.get(animal=cub, end=None).institution == zoo


def test_record_transfer__refuses_the_second_of_two_receivers(cub: Animal, ada: User) -> None:
    seen_by_the_second = Animal.objects.get(pk=cub.pk)
    transfer(cub, ada, InstitutionFactory())
    with pytest.raises(StaleRecordError):
        transfer(seen_by_the_second, ada, InstitutionFactory())
    assert cub.holdings.filter(end=None).count() == 1
    assert cub.events.count() == 2


@pytest.mark.parametrize("status", ["released", "lost"])
def test_record_transfer__refuses_an_animal_that_is_not_there(cub: Animal, ada: User, status: str) -> None:
    Animal.objects.filter(pk=cub.pk).update(status=status)
    with pytest.raises(StudbookError, match="cannot be sent"):
        transfer(cub, ada, InstitutionFactory())


def test_record_transfer__refuses_where_it_is_already(cub: Animal, ada: User, zoo: Institution) -> None:
    with pytest.raises(StudbookError, match="is at Zoo A already"):
        transfer(cub, ada, zoo)


@pytest.mark.parametrize(
    ("terms", "owned_by_receiver", "sentence"),
    [
        ("gift", False, "are no terms of a transfer"),
        ("loan return", False, "cannot return from a loan"),
        ("loan", True, "Choose “loan return”"),
    ],
)
def test_record_transfer__refuses_terms_that_cannot_be(
    cub: Animal, ada: User, terms: str, owned_by_receiver: bool, sentence: str
) -> None:
    to = InstitutionFactory()
    if owned_by_receiver:
        cub.ownerships.update(institution=to)
    with pytest.raises(StudbookError, match=sentence):
        transfer(cub, ada, to, terms=terms)


def test_record_transfer__refuses_a_wild_area(cub: Animal, ada: User) -> None:
    with pytest.raises(StudbookError, match="Record a release instead"):
        transfer(cub, ada, InstitutionFactory(kind=Institution.Kind.WILD))


@pytest.mark.parametrize(
    ("on", "sentence"), [("2009", "has a later event in the book"), ("2999", "lies in the future")]
)
def test_record_transfer__refuses_a_day_that_cannot_be(
    cub: Animal, ada: User, on: str, sentence: str
) -> None:
    with pytest.raises(StudbookError, match=sentence):
        record_transfer(cub, to=InstitutionFactory(), on=DateInterval.parse(on), terms="", by=ada, reason="")


def test_record_death__closes_the_book_of_an_animal(cub: Animal, ada: User) -> None:
    record_death(cub, on=MAY_2012, cause="old age", by=ada, reason="necropsy")
    assert (cub.status, str(cub.death), cub.version) == ("dead", "2012-05-01", 2)
    assert places(cub) == [("Zoo A", date(2010, 5, 1), date(2012, 5, 1))]
    assert cub.ownerships.get().end == date(2012, 5, 1)
    assert (cub.events.last().institution.name, cub.events.last().cause) == ("Zoo A", "old age")


def test_record_death__refuses_a_second_one(cub: Animal, ada: User) -> None:
    record_death(cub, on=MAY_2012, cause="", by=ada, reason="")
    with pytest.raises(StudbookError, match="7 died 2012-05-01 already"):
        record_death(cub, on=MAY_2012, cause="", by=ada, reason="")


def test_record_death__refuses_a_dam_that_gave_birth_later(cub: Animal, ada: User) -> None:
    AnimalFactory(programme=cub.programme, dam=cub, birth=DateInterval.parse("2013"))
    with pytest.raises(StudbookError, match="is the dam of"):
        record_death(cub, on=MAY_2012, cause="", by=ada, reason="")


def test_record_death__takes_a_released_animal(cub: Animal, ada: User) -> None:
    cub.holdings.update(end=date(2011, 1, 1))
    Animal.objects.filter(pk=cub.pk).update(status="released")
    record_death(cub, on=MAY_2012, cause="", by=ada, reason="found dead")
    assert (cub.status, cub.events.last().institution) == ("dead", None)
