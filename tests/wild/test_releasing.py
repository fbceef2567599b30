"""Animals let go at a site: one deed for all of them, and what later deeds make of it."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.actions import void_animal
from studbook.animals.correcting.events import correct_event, remove_event
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.correcting.undoing import undo_deed, undoable_among
from studbook.animals.entry.life import log_death
from studbook.animals.keeping import NotTheirsError
from studbook.animals.models import Animal, Event
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.wild.models import Release, ReleaseSite
from studbook.wild.releasing import release_animals
from tests import factories
from tests.wild.conftest import living

pytestmark = pytest.mark.django_db
DAY = DateInterval.parse("2024-05-03")


def released(site: ReleaseSite, by: User, *numbers: str, **told: Any) -> Release:
    return release_animals(site, animals=numbers or ("7", "8"), on=DAY, by=by, **told)


def last(verb: str) -> AuditEntry:
    return AuditEntry.objects.filter(verb=verb).latest("pk")


def stands(release: Release) -> dict[str, bool]:
    return {each.animal.studbook_number: each.stands for each in release.lines.select_related("animal")}


def test_release_animals__is_one_deed_for_all(
    programme: Programme, site: ReleaseSite, two: list[Animal], ada: User
) -> None:
    revision = programme.revision
    made = released(site, ada, note="In the morning.")
    assert AuditEntry.objects.count() == 1
    assert [each.status for each in programme.animals.all()] == ["released", "released"]
    events = Event.objects.filter(kind="release")
    assert {each.date for each in events} == {DAY}
    assert {each.release_line.release for each in events} == {made}
    assert not any(each.holdings.open().exists() for each in two)
    programme.refresh_from_db()
    assert programme.revision > revision


def test_release_animals__names_the_wild_area_of_the_site(
    site: ReleaseSite, two: list[Animal], zoo: Institution, ada: User
) -> None:
    released(site, ada, "7")
    assert Event.objects.get(kind="release").institution == zoo
    site.wild_area = factories.InstitutionFactory(kind="wild", mnemonic="RANGE")
    site.save()
    released(site, ada, "8")
    assert Event.objects.get(kind="release", animal=two[1]).institution == site.wild_area


@pytest.mark.parametrize(
    ("state", "why", "sentence"),
    [
        ("on hold", "Because of the war.", "on hold: Because of the war. Nothing is released"),
        ("closed", "The project ended.", "closed: The project ended"),
        ("planned", "", "only planned"),
    ],
)
def test_release_animals__only_an_active_site_takes_any(
    site: ReleaseSite, two: list[Animal], ada: User, state: str, why: str, sentence: str
) -> None:
    ReleaseSite.objects.update(state=state, state_reason=why)
    with pytest.raises(StudbookError, match=sentence):
        released(site, ada)
    assert not Release.objects.exists()


def test_release_animals__the_dead_and_those_gone_are_refused_with_all_others(
    site: ReleaseSite, two: list[Animal], ada: User
) -> None:
    log_death(two[0], on=DAY, by=ada)
    with pytest.raises(StudbookError, match="7 is dead, so it cannot leave"):
        released(site, ada, "8", "7")
    assert not Release.objects.exists()
    released(site, ada, "8")
    with pytest.raises(StudbookError, match="8 is released"):
        released(site, ada, "8")


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([], "needs an animal"),
        (["99"], "No animal 99"),
        ([str(each) for each in range(61)], "61 animals"),
    ],
)
def test_release_animals__says_who_is_not_there(
    site: ReleaseSite, two: list[Animal], ada: User, numbers: list[str], sentence: str
) -> None:
    with pytest.raises(StudbookError, match=sentence) as refusal:
        release_animals(site, animals=numbers, on=DAY, by=ada)
    assert refusal.value.field == "animals"


def test_release_animals__a_day_to_come_is_refused(site: ReleaseSite, two: list[Animal], ada: User) -> None:
    with pytest.raises(StudbookError, match="future"):
        release_animals(site, animals=["7"], on=DateInterval.parse("2998-01-01"), by=ada)


@pytest.mark.parametrize("name", ["olga", "bo", "rita", "remy", "cy"])
def test_release_animals__is_the_coordinators(
    site: ReleaseSite, two: list[Animal], request: pytest.FixtureRequest, name: str
) -> None:
    with pytest.raises(NotTheirsError):
        released(site, request.getfixturevalue(name))


def test_follow_releases__one_undone_is_taken_back_and_can_be_done_again(
    site: ReleaseSite, two: list[Animal], ada: User
) -> None:
    made, entry = released(site, ada), last("release at a site")
    assert undoable_among([entry]) == {entry.pk}
    undo_deed(entry, by=ada)
    assert stands(made) == {"7": False, "8": False}
    assert Animal.objects.get(pk=two[0].pk).is_living
    undo_deed(last("undo release at a site"), by=ada)
    assert stands(made) == {"7": True, "8": True}


def test_follow_releases__an_event_taken_out_takes_its_animal_back(
    site: ReleaseSite, two: list[Animal], ada: User
) -> None:
    made = released(site, ada)
    event = Event.objects.get(kind="release", animal=two[0])
    remove_event(event, by=ada, reason="It stayed.", opened_version=event.version)
    assert stands(made) == {"7": False, "8": True}
    changes = AuditEntry.objects.latest("pk").changes.filter(record="wild.releaseanimal")
    assert [(each.before["event_id"], each.after["event_id"]) for each in changes] == [(event.pk, None)]


def test_follow_releases__a_date_corrected_stays_linked(
    site: ReleaseSite, two: list[Animal], ada: User
) -> None:
    made = released(site, ada)
    event = Event.objects.get(kind="release", animal=two[0])
    day = DateInterval.parse("2024-05-04")
    correct_event(event, date=day, by=ada, reason="The card.", opened_version=event.version)
    assert stands(made) == {"7": True, "8": True}


def test_void__of_a_released_animal_waits_until_its_release_is_taken_back(
    site: ReleaseSite, two: list[Animal], ada: User
) -> None:
    released(site, ada)
    two[0].refresh_from_db()
    with pytest.raises(StudbookError, match="animal of a release"):
        void_animal(two[0], by=ada, reason="No animal.", opened_version=two[0].version)
    undo_deed(last("release at a site"), by=ada)
    two[0].refresh_from_db()
    void_animal(two[0], by=ada, reason="No animal.", opened_version=two[0].version)


def merged(kept: Animal, other: Animal, by: User) -> None:
    for each in (kept, other):
        each.refresh_from_db()
    versions = {"opened_version": kept.version, "other_version": other.version}
    merge_animals(kept, other, choices={}, by=by, reason="One animal.", **versions)


def test_merge__lets_the_release_name_the_record_that_is_kept(
    programme: Programme, zoo: Institution, site: ReleaseSite, ada: User
) -> None:
    # A record of the same animal that tells nothing but its birth.
    born = DateInterval.parse("2018-05-03")
    bare = factories.AnimalFactory(
        programme=programme, studbook_number="9", birth=born, sex="M", status="released"
    )
    other = living(programme, zoo, "7", sex="M")
    made = released(site, ada, "7")
    merged(bare, other, ada)
    assert stands(made) == {"9": True}
    undo_deed(last("merge records"), by=ada)
    assert stands(made) == {"7": True}


def test_merge__of_two_records_of_one_animal_in_one_release_leaves_one_of_them_standing(
    programme: Programme, zoo: Institution, site: ReleaseSite, ada: User
) -> None:
    pair = [living(programme, zoo, number, sex="M") for number in ("7", "8")]
    made = released(site, ada)
    merged(*pair, ada)
    assert stands(made) == {"7": True, "8": False}
    assert made.lines.get(animal=pair[0]).event.animal == pair[0]
    undo_deed(last("merge records"), by=ada)
    assert stands(made) == {"7": True, "8": True}


def test_merge__lets_go_of_an_event_that_went_to_the_other_record(
    programme: Programme, zoo: Institution, site: ReleaseSite, ada: User
) -> None:
    pair = [living(programme, zoo, number, sex="M") for number in ("7", "8")]
    made = released(site, ada)
    # The record that is kept lost its own event, so that of the other goes to it.
    event = Event.objects.get(kind="release", animal=pair[0])
    remove_event(event, by=ada, reason="Told twice.", opened_version=event.version)
    assert stands(made) == {"7": False, "8": True}
    merged(*pair, ada)
    assert stands(made) == {"7": True, "8": False}
    undo_deed(last("merge records"), by=ada)
    assert stands(made) == {"7": False, "8": True}
