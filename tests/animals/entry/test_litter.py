"""Births: a whole litter at once, its parents, places, numbers and marks, provisional or not."""

from decimal import Decimal
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.entry.litter import Young, log_birth
from studbook.animals.entry.observation_values import weight_from
from studbook.animals.keeping import NotTheirsError
from studbook.animals.models import Animal, Event, Identifier, Observation, ParentCandidate, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.institutions.models import Institution
from studbook.population.pedigrees import book_of
from studbook.programmes.models import Programme
from tests import factories

DAY = DateInterval.parse("2025-05-03")
UNKNOWN = ParentChoice()


def known(*animals: Animal) -> ParentChoice:
    """Return the one parent, or several with equal shares."""
    if len(animals) == 1:
        return ParentChoice(ParentKind.KNOWN, animals)
    return ParentChoice(ParentKind.SEVERAL, animals, (Decimal(1) / len(animals),) * len(animals))


@pytest.fixture
def dam(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="7", house_name="Amba")


@pytest.fixture
def sire(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="4", sex="M")


def born(dam: Animal, by: User | None, *young: Young, **told: Any) -> list[Animal]:
    told = {"on": DAY, "sire": UNKNOWN, "dam": known(dam), "young": young or (Young(),)} | told
    return log_birth(dam.programme, by=by, **told)


def numbers(litter: list[Animal]) -> list[str]:
    return [each.studbook_number for each in litter]


def test_log_birth__adds_each_young_with_parents_place_owner_and_trail(
    dam: Animal, sire: Animal, zoo: Institution, rita: User
) -> None:
    litter = born(dam, rita, Young(sex="F", house_name="Mila"), Young(local_id="L2"), sire=known(sire))
    assert numbers(litter) == ["8", "9"]
    for each in litter:
        each.refresh_from_db()
        assert (each.dam, each.sire, each.birth, each.birth_type) == (dam, sire, DAY, "captive")
        assert (each.holdings.get().institution, each.ownerships.get().institution) == (zoo, zoo)
        assert (each.events.get().kind, each.events.get().provisional) == (Event.Kind.BIRTH, False)
    assert (litter[0].house_name, litter[0].sex, litter[1].holdings.get().local_id) == ("Mila", "F", "L2")
    deed = AuditEntry.objects.get()
    assert (deed.actor, deed.verb) == (rita, "log birth")
    made = AuditChange.objects.filter(entry=deed, record="animals.animal", before__isnull=True)
    assert set(made.values_list("animal", flat=True)) == {each.pk for each in litter}


def test_log_birth__of_a_keeper_is_provisional_with_its_permanent_number(dam: Animal, bo: User) -> None:
    (young,) = born(dam, bo, Young(stillborn=True, weight=weight_from("850 g")))
    assert young.studbook_number == "8"
    assert set(young.events.values_list("kind", "provisional")) == {("birth", True), ("death", True)}
    assert young.observations.get().provisional


def test_log_birth__keeps_weight_transponder_and_rearing_of_each(dam: Animal, rita: User) -> None:
    told = Young(weight=weight_from("0,6 kg"), transponder="250-269-000000001", rearing="hand")
    (young,) = born(dam, rita, told)
    assert young.observations.get(kind="weight").quantity == Decimal("0.6")
    assert young.observations.get(kind="identification").date == DAY
    assert young.identifiers.get(active=True).kind == Identifier.Kind.TRANSPONDER
    assert young.rearing == Animal.Rearing.HAND


def test_log_birth__a_stillborn_is_born_and_dead_that_day(dam: Animal, zoo: Institution, rita: User) -> None:
    dead, living = born(dam, rita, Young(stillborn=True), Young())
    dead.refresh_from_db()
    assert (dead.status, dead.death, living.status) == ("dead", DAY, "living")
    death = dead.events.get(kind=Event.Kind.DEATH)
    assert (death.cause, death.institution, death.date) == ("stillborn", zoo, DAY)
    assert dead.holdings.get().end == DAY.earliest


def test_log_birth__several_sires_share_the_litter_and_are_one_draw(
    dam: Animal, sire: Animal, programme: Programme, rita: User
) -> None:
    other = factories.animal_at(sire.holdings.get().institution, programme=programme, sex="M")
    litter = born(dam, rita, Young(), Young(), sire=known(sire, other))
    for each in litter:
        assert each.sire_kind == ParentKind.SEVERAL
        shares = ParentCandidate.objects.filter(animal=each).values_list("parent", "probability")
        assert dict(shares) == {sire.pk: Decimal("0.5"), other.pk: Decimal("0.5")}
    pedigree = book_of(programme).pedigree
    draws = {pedigree.draws[pedigree.row(each.studbook_number), "sire"] for each in litter}
    assert len(draws) == 1


def test_log_birth__of_a_dam_on_loan_belongs_to_her_owner(dam: Animal, rita: User) -> None:
    home = factories.InstitutionFactory(mnemonic="HOME")
    dam.ownerships.update(institution=home)
    (young,) = born(dam, rita)
    assert young.ownerships.get().institution == home
    assert young.holdings.get().institution.mnemonic == "ZOOA"


def test_log_birth__belongs_to_the_owner_that_is_chosen(dam: Animal, rita: User) -> None:
    chosen = factories.InstitutionFactory()
    (young,) = born(dam, rita, owner=chosen)
    assert young.ownerships.get().institution == chosen


def test_log_birth__before_the_dam_moved_is_where_she_was(dam: Animal, zoo: Institution, ada: User) -> None:
    elsewhere = factories.InstitutionFactory()
    factories.EventFactory(
        animal=dam,
        kind="transfer",
        institution=elsewhere,
        from_institution=zoo,
        date=DateInterval.parse("2025-08-01"),
    )
    dam.holdings.update(end=DateInterval.parse("2025-08-01").earliest)
    factories.HoldingFactory(
        animal=dam, institution=elsewhere, start=DateInterval.parse("2025-08-01").earliest
    )
    (young,) = born(dam, ada)
    assert young.holdings.get().institution == zoo


def test_log_birth__numbers_follow_the_last_of_the_book_void_ones_included(
    dam: Animal, programme: Programme, rita: User
) -> None:
    factories.AnimalFactory(programme=programme, studbook_number="40", status="void")
    factories.AnimalFactory(programme=programme, studbook_number="T99")
    assert numbers(born(dam, rita, Young(), Young(), Young())) == ["41", "42", "43"]


def test_log_birth__a_number_beyond_all_counting_is_not_followed(
    programme: Programme, dam: Animal, rita: User
) -> None:
    factories.AnimalFactory(programme=programme, studbook_number="982000401234567")
    assert numbers(born(dam, rita, Young(), Young())) == ["8", "9"]


def test_log_birth__a_number_that_is_given_is_kept(dam: Animal, rita: User) -> None:
    assert numbers(born(dam, rita, Young(studbook_number="100"), Young())) == ["100", "101"]


@pytest.mark.parametrize("number", ["7", "a/b", "0012", "1 2", "x" * 30, "٣"])
def test_log_birth__a_number_that_cannot_be_is_refused_in_words(dam: Animal, rita: User, number: str) -> None:
    with pytest.raises(StudbookError, match=r"\."):
        born(dam, rita, Young(studbook_number=number))
    assert Animal.every.count() == 1


def test_log_birth__two_young_with_one_number_are_refused(dam: Animal, rita: User) -> None:
    with pytest.raises(StudbookError, match="one studbook number"):
        born(dam, rita, Young(studbook_number="50"), Young(studbook_number="50"))


@pytest.mark.parametrize("count", [0, 13])
def test_log_birth__of_none_or_too_many_is_refused(dam: Animal, rita: User, count: int) -> None:
    with pytest.raises(StudbookError, match="1 to 12 young"):
        log_birth(dam.programme, on=DAY, young=[Young()] * count, sire=UNKNOWN, dam=known(dam), by=rita)


def test_log_birth__tomorrow_s_birth_is_refused(dam: Animal, rita: User) -> None:
    with pytest.raises(StudbookError, match="lies in the future"):
        born(dam, rita, on=DateInterval.parse("2090-01-01"))


def test_log_birth__a_dam_younger_than_her_young_is_refused(dam: Animal, rita: User) -> None:
    with pytest.raises(StudbookError, match="The dam 7 of animal 8 was born on 2018-05-03"):
        born(dam, rita, on=DateInterval.parse("2017-01-01"), place=dam.holdings.get().institution)
    assert Animal.every.count() == 1


def test_log_birth__a_male_dam_or_a_female_sire_is_refused(dam: Animal, sire: Animal, ada: User) -> None:
    other = factories.AnimalFactory(programme=dam.programme, studbook_number="3", sex="F")
    with pytest.raises(StudbookError, match="Animal 3 is recorded female"):
        born(dam, ada, sire=known(other))
    with pytest.raises(StudbookError, match="Animal 4 is recorded male"):
        born(sire, ada)


def test_log_birth__a_parent_of_another_book_is_refused(dam: Animal, rita: User) -> None:
    with pytest.raises(StudbookError, match="is not in the book of Leopards"):
        born(dam, rita, sire=known(factories.AnimalFactory(sex="M", studbook_number="900")))
    assert Animal.every.filter(programme=dam.programme).count() == 1


def test_log_birth__a_transponder_in_use_is_refused_and_nothing_is_left(dam: Animal, rita: User) -> None:
    factories.IdentifierFactory(animal=dam, value="250269000000001")
    with pytest.raises(StudbookError, match="250269000000001"):
        born(dam, rita, Young(), Young(transponder="250269000000001"))
    assert (Animal.every.count(), Observation.objects.count(), AuditEntry.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize("person", ["olga", "remy", "cy"])
def test_log_birth__is_for_those_who_log(dam: Animal, person: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotTheirsError):
        born(dam, request.getfixturevalue(person))
    assert Animal.every.count() == 1


def test_log_birth__a_keeper_logs_neither_for_a_foreign_dam_nor_at_a_foreign_zoo(
    dam: Animal, programme: Programme, bo: User
) -> None:
    other = factories.ParticipationFactory(programme=programme).institution
    foreign = factories.animal_at(other, programme=programme, studbook_number="20")
    with pytest.raises(NotTheirsError):
        born(foreign, bo)
    with pytest.raises(NotTheirsError):
        born(dam, bo, place=other)
    assert Animal.every.count() == 2


def test_log_birth__of_an_unrecorded_dam_needs_a_place(
    programme: Programme, zoo: Institution, bo: User
) -> None:
    told: dict[str, Any] = {"on": DAY, "young": [Young()], "sire": UNKNOWN, "by": bo}
    with pytest.raises(StudbookError, match="Name the place of birth"):
        log_birth(programme, dam=UNKNOWN, **told)
    (young,) = log_birth(programme, dam=UNKNOWN, place=zoo, **told)
    assert (young.studbook_number, young.dam_kind, young.holdings.get().institution) == (
        "1",
        "unknown",
        zoo,
    )


def test_log_birth__raises_the_revision_once_for_a_litter(dam: Animal, rita: User) -> None:
    before = dam.programme.revision
    born(dam, rita, Young(), Young())
    assert Programme.objects.get().revision == before + 1
