"""Stays, owners and status follow from the events, wherever among them one is added, changed or taken out."""

from datetime import date

import pytest

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.keeping import NotTheirsError, keeping
from studbook.animals.models import Animal, Event
from studbook.animals.retelling import insert_event, remove_event, retelling
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.models import AuditChange
from studbook.institutions.models import Institution
from studbook.programmes.changes import columns_of
from studbook.programmes.models import Programme
from tests import factories

BORN = DateInterval.parse("2018-05-03")


@pytest.fixture
def other_zoo(programme: Programme) -> Institution:
    made: Institution = factories.InstitutionFactory(mnemonic="ZOOB", name="Zoo B")
    factories.ParticipationFactory(programme=programme, institution=made)
    return made


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="1", birth=BORN)


def event(kind: str, on: str, at: Institution | None = None, **columns: object) -> Event:
    made = Event(kind=kind, institution=at, **columns)
    made.date = DateInterval.parse(on)
    return made


def insert(cat: Animal, made: Event) -> Event:
    with keeping(cat.programme, "test", by=None, right=None, about=[cat]) as trail, retelling(trail, cat):
        insert_event(trail, cat, made)
    cat.refresh_from_db()
    return made


def stays(cat: Animal) -> list[tuple[str, date, date | None]]:
    return [(each.institution.mnemonic, each.start, each.end) for each in cat.holdings.all()]


def owners(cat: Animal) -> list[tuple[str, date, date | None]]:
    return [(each.institution.mnemonic, each.start, each.end) for each in cat.ownerships.all()]


def test_insert_event__at_the_end_moves_holder_and_owner(cat: Animal, other_zoo: Institution) -> None:
    insert(cat, event("transfer", "2020-06-01", other_zoo, terms="donation"))
    wanted = [("ZOOA", date(2018, 5, 3), date(2020, 6, 1)), ("ZOOB", date(2020, 6, 1), None)]
    assert stays(cat) == owners(cat) == wanted


def test_insert_event__loan_leaves_the_owner(cat: Animal, other_zoo: Institution) -> None:
    insert(cat, event("transfer", "2020-06-01", other_zoo, terms="loan"))
    assert owners(cat) == [("ZOOA", date(2018, 5, 3), None)]


def test_insert_event__between_two_others_shares_the_stay(
    cat: Animal, zoo: Institution, other_zoo: Institution
) -> None:
    third: Institution = factories.InstitutionFactory(mnemonic="ZOOC")
    insert(cat, event("transfer", "2022-06-01", third, terms="donation"))
    insert(cat, event("transfer", "2020-06-01", other_zoo, terms="donation"))
    assert [place for place, _, _ in stays(cat)] == ["ZOOA", "ZOOB", "ZOOC"]
    assert [each.sequence for each in cat.events.all()] == [1, 2, 3]


def test_insert_event__that_a_later_one_contradicts_is_refused_and_changes_nothing(
    cat: Animal, zoo: Institution, other_zoo: Institution
) -> None:
    third: Institution = factories.InstitutionFactory(mnemonic="ZOOC")
    insert(cat, event("transfer", "2022-06-01", third, terms="donation", from_institution=zoo))
    before = stays(cat)
    with pytest.raises(StudbookError, match="was sent by Zoo A, but the animal was at Zoo B"):
        insert(cat, event("transfer", "2020-06-01", other_zoo, terms="donation"))
    assert stays(cat) == before


def test_insert_event__after_the_death_is_refused(
    cat: Animal, zoo: Institution, other_zoo: Institution
) -> None:
    insert(cat, event("death", "2021-02-03", zoo))
    assert (cat.status, str(cat.death)) == ("dead", "2021-02-03")
    with pytest.raises(StudbookError, match="death 2021-02-03"):
        insert(cat, event("transfer", "2022-06-01", other_zoo))


def test_remove_event__a_death_gives_life_and_stay_back(cat: Animal, zoo: Institution) -> None:
    before = stays(cat)
    death = insert(cat, event("death", "2021-02-03", zoo))
    with keeping(cat.programme, "test", by=None, right=None, about=[cat]) as trail, retelling(trail, cat):
        remove_event(trail, death)
    cat.refresh_from_db()
    assert (cat.status, cat.death, stays(cat)) == ("living", None, before)


def test_retelling__leaves_every_step_in_the_trail_under_the_animal(
    cat: Animal, other_zoo: Institution
) -> None:
    insert(cat, event("transfer", "2020-06-01", other_zoo, terms="donation"))
    records = AuditChange.objects.filter(animal=cat.pk).values_list("record", flat=True)
    assert sorted(set(records)) == ["animals.event", "animals.holding", "animals.ownership"]


def test_retelling__of_stays_that_do_not_follow_takes_the_last_event_only(
    cat: Animal, zoo: Institution, other_zoo: Institution
) -> None:
    cat.holdings.update(start=date(2019, 1, 1))
    insert(cat, event("transfer", "2020-06-01", other_zoo, terms="donation"))
    assert stays(cat) == [("ZOOA", date(2019, 1, 1), date(2020, 6, 1)), ("ZOOB", date(2020, 6, 1), None)]
    with pytest.raises(StudbookError, match="do not follow from its events"):
        insert(cat, event("lost", "2019-06-01"))


def test_keeping__of_a_foreign_animal_is_answered_like_a_missing_one(cat: Animal, bo: User) -> None:

    far: Institution = factories.InstitutionFactory()
    foreign = factories.animal_at(far, programme=cat.programme, studbook_number="9", birth=BORN)
    with (
        pytest.raises(NotTheirsError),
        keeping(cat.programme, "test", by=bo, right=Right.LOG, about=[foreign]),
    ):
        raise AssertionError("the deed must not begin")
    with keeping(cat.programme, "test", by=bo, right=Right.LOG, about=[cat]):
        pass


def test_keeping__that_touches_a_foreign_animal_on_the_way_is_taken_back(
    cat: Animal, bo: User, other_zoo: Institution
) -> None:

    foreign = factories.animal_at(other_zoo, programme=cat.programme, studbook_number="9", birth=BORN)
    with pytest.raises(NotTheirsError):
        rename(foreign, about=cat, by=bo)
    foreign.refresh_from_db()
    assert foreign.house_name == ""


def rename(animal: Animal, *, about: Animal, by: User) -> None:
    with keeping(about.programme, "test", by=by, right=Right.LOG, about=[about]) as trail:
        before = columns_of(animal)
        animal.house_name = "Taken"
        animal.save(update_fields=["house_name"])
        trail.changed(animal, before)
