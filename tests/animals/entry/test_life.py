"""Deaths, departures and returns, logged: the right event at the right place, and the timelines that follow."""

from datetime import date
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.entry.life import log_death, log_found, log_lost, log_release
from studbook.animals.entry.newcomer import log_arrival, log_capture
from studbook.animals.keeping import NotTheirsError
from studbook.animals.models import Animal, Event, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import UnacknowledgedError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

DAY = DateInterval.parse("2025-05-03")
DEEDS = [log_death, log_release, log_lost]


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="7", house_name="Amba")


def day(words: str) -> DateInterval:
    return DateInterval.parse(words)


def test_log_death__ends_life_stay_and_ownership(cat: Animal, zoo: Institution, rita: User) -> None:
    death = log_death(cat, on=day("about May 2025"), cause="old age", necropsy="Kidneys.", by=rita)
    assert (cat.status, cat.death, cat.version) == ("dead", day("about May 2025"), 2)
    assert (death.cause, death.necropsy, death.institution, death.provisional) == (
        "old age",
        "Kidneys.",
        zoo,
        False,
    )
    assert cat.holdings.get().end == cat.ownerships.get().end == day("about May 2025").middle
    assert (AuditEntry.objects.get().verb, AuditEntry.objects.get().actor) == ("log death", rita)


def test_log_death__elsewhere_names_the_place(cat: Animal, bo: User) -> None:
    clinic = factories.InstitutionFactory()
    with pytest.raises(UnacknowledgedError) as warned:
        log_death(cat, on=DAY, place=clinic, by=bo)
    codes = {each.code for each in warned.value.findings}
    death = log_death(cat, on=DAY, place=clinic, by=bo, reason="At the clinic.", acknowledged=codes)
    assert (death.institution, death.provisional) == (clinic, True)


def test_log_death__twice_is_refused_with_both_days(cat: Animal, rita: User) -> None:
    log_death(cat, on=DAY, by=rita)
    with pytest.raises(StudbookError, match="7 Amba died 2025-05-03 already"):
        log_death(cat, on=day("2025-06-01"), by=rita)
    assert cat.events.filter(kind="death").count() == 1


def test_log_death__of_a_released_animal_is_at_no_zoo(cat: Animal, rita: User) -> None:
    log_release(cat, on=day("2024-05-03"), by=rita)
    log_death(cat, on=DAY, cause="found dead", by=rita)
    assert (cat.status, cat.holdings.get().end, cat.events.count()) == ("dead", date(2024, 5, 3), 3)


def test_log_death__before_the_birth_is_refused(cat: Animal, rita: User) -> None:
    with pytest.raises(StudbookError, match="birth 2018-05-03"):
        log_death(cat, on=day("2017"), by=rita)
    cat.refresh_from_db()
    assert cat.is_living


def test_log_death__of_a_dam_before_her_young_is_refused(cat: Animal, rita: User) -> None:
    factories.AnimalFactory(programme=cat.programme, studbook_number="8", dam=cat, birth=day("2025-06-01"))
    with pytest.raises(StudbookError, match="dam of 8, born 2025-06-01, and cannot have died 2025-05-03"):
        log_death(cat, on=DAY, by=rita)


@pytest.mark.parametrize(("deed", "status"), [(log_release, "released"), (log_lost, "lost")])
def test_leaving__ends_the_stay_and_is_undone_by_finding(
    deed: Any, status: str, cat: Animal, zoo: Institution, rita: User
) -> None:
    deed(cat, on=DAY, by=rita)
    assert (cat.status, cat.holdings.get().end) == (status, date(2025, 5, 3))
    log_found(cat, on=day("2025-06-01"), place=zoo, by=rita)
    assert (cat.status, cat.holdings.get(end=None).start) == ("living", date(2025, 6, 1))


@pytest.mark.parametrize("deed", DEEDS)
def test_leaving__in_the_future_is_refused(deed: Any, cat: Animal, rita: User) -> None:
    with pytest.raises(StudbookError, match="lies in the future"):
        deed(cat, on=day("2090"), by=rita)


def test_leaving__of_the_dead_is_refused(cat: Animal, rita: User) -> None:
    log_death(cat, on=DAY, by=rita)
    with pytest.raises(StudbookError, match="7 Amba is dead"):
        log_lost(cat, on=day("2025-06-01"), by=rita)


def test_log_found__of_one_nobody_missed_is_refused(cat: Animal, zoo: Institution, rita: User) -> None:
    with pytest.raises(StudbookError, match="was not missed"):
        log_found(cat, on=DAY, place=zoo, by=rita)


def test_late_entry__that_fits_nowhere_is_refused_with_what_it_contradicts(
    cat: Animal, zoo: Institution, rita: User
) -> None:
    log_lost(cat, on=DAY, by=rita)
    log_found(cat, on=day("2025-06-01"), place=zoo, by=rita)
    with pytest.raises(StudbookError, match="found again 2025-06-01"):
        log_death(cat, on=day("2025-05-20"), by=rita)
    assert [each.kind for each in cat.events.all()] == ["birth", "lost", "found"]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("person", ["olga", "remy", "cy"])
def test_deed__is_for_those_who_log(
    deed: Any, person: str, cat: Animal, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotTheirsError):
        deed(cat, on=DAY, by=request.getfixturevalue(person))
    assert (cat.events.count(), AuditEntry.objects.count()) == (1, 0)


def test_deed__of_a_foreign_keeper_is_refused(programme: Programme, bo: User) -> None:
    foreign = factories.animal_at(factories.InstitutionFactory(), programme=programme, studbook_number="20")
    with pytest.raises(NotTheirsError, match="No animal 20"):
        log_death(foreign, on=DAY, by=bo)


def test_log_capture__brings_a_wild_animal_in(programme: Programme, zoo: Institution, bo: User) -> None:
    caught = log_capture(
        programme, place=zoo, on=DAY, sex="F", birth=day("about 2019"), transponder="250-269-000000001", by=bo
    )
    assert (caught.studbook_number, caught.birth_type, caught.is_founder) == ("1", "wild", True)
    capture = caught.events.get()
    assert (capture.kind, capture.institution, capture.provisional) == (Event.Kind.CAPTURE, zoo, True)
    assert caught.ownerships.get().institution == caught.holdings.get().institution == zoo
    assert caught.identifiers.count() == 1


def test_log_arrival__names_parents_and_terms(
    cat: Animal, programme: Programme, zoo: Institution, rita: User
) -> None:
    sender = factories.ParticipationFactory(programme=programme).institution
    unknown, dam = ParentChoice(), ParentChoice(ParentKind.KNOWN, (cat,))
    told: dict[str, Any] = {"place": zoo, "on": DAY, "sex": "M", "sire": unknown, "dam": dam, "by": rita}
    came = log_arrival(
        programme, birth_type="captive", birth=day("2023"), from_institution=sender, terms="loan", **told
    )
    assert (came.dam, came.studbook_number) == (cat, "8")
    assert (came.holdings.get().institution, came.ownerships.get().institution) == (zoo, sender)
    assert not came.events.get().provisional


def test_newcomer__born_after_it_came_is_refused(programme: Programme, zoo: Institution, rita: User) -> None:
    with pytest.raises(StudbookError, match="was born 2026, after it came on 2025-05-03"):
        log_capture(programme, place=zoo, on=DAY, sex="F", birth=day("2026"), by=rita)
    assert Animal.every.count() == 0


def test_newcomer__at_a_foreign_zoo_is_refused(programme: Programme, bo: User) -> None:
    other = factories.ParticipationFactory(programme=programme).institution
    with pytest.raises(NotTheirsError, match="You do not log for"):
        log_capture(programme, place=other, on=DAY, sex="F", by=bo)
