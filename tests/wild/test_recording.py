"""Records of the wild added, changed and struck out."""

from typing import Any

import pytest

from studbook.accounts.models import ProgrammeRole, User
from studbook.accounts.rights import Right
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.programmes.changes import RightEndedError
from studbook.programmes.models import Programme
from studbook.wild import places, recording
from studbook.wild.models import CameraRecord, ReleaseSite, SurveyCount
from studbook.wild.recording import add_record, edit_record, strike_out
from tests.wild.conftest import COUNT

pytestmark = pytest.mark.django_db
SEEN = {"seen": DateInterval.parse("October 2013"), "area": "Wangqing", "country": "China"}
MET = {**SEEN, "individuals": "a female", "source": "A report"}
SITE = {"name": "Lazovsky", "country": "Russia"}


def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody see places, as a role would that writes and does not see them."""
    for module in (places, recording):
        monkeypatch.setattr(module, "sees_places", lambda person, programme: False)


def test_add_record__leaves_a_trail_and_the_numbers_alone(programme: Programme, ada: User) -> None:
    made = add_record(SurveyCount, programme, by=ada, **COUNT)
    assert (made.number, made.years, made.logged_by) == ("84", "2014–15", ada)
    assert AuditEntry.objects.get().verb == "add survey count"
    programme.refresh_from_db()
    assert programme.revision == Programme._meta.get_field("revision").default


@pytest.mark.parametrize(
    ("model", "facts", "field"),
    [
        (SurveyCount, {**COUNT, "source": " "}, "source"),
        (SurveyCount, {**COUNT, "area": ""}, "area"),
        (SurveyCount, {**COUNT, "country": ""}, "country"),
        (SurveyCount, {**COUNT, "best": None}, "best"),
        (SurveyCount, {**COUNT, "low": 90}, "best"),
        (SurveyCount, {**COUNT, "adults": 85}, "adults"),
        (SurveyCount, {**COUNT, "young": 85}, "young"),
        (SurveyCount, {**COUNT, "last_year": 2013}, "last_year"),
        (SurveyCount, {**COUNT, "last_year": 2998}, "last_year"),
        (CameraRecord, {**MET, "individuals": ""}, "individuals"),
        (CameraRecord, {**MET, "seen": DateInterval.parse("2013-10-09")}, "seen"),
        (CameraRecord, {**MET, "seen": DateInterval.parse("about 2013-10-09")}, "seen"),
        (CameraRecord, {**MET, "seen": DateInterval.parse("about 2013-10-16")}, "seen"),
        (CameraRecord, {**MET, "seen": DateInterval.parse("About 16 January 2014")}, "seen"),
        (CameraRecord, {**MET, "seen": DateInterval.parse("between 2013-10-01 and 2013-10-30")}, "seen"),
        (CameraRecord, {**MET, "seen": DateInterval.parse("May 2998")}, "seen"),
        (CameraRecord, {**MET, "latitude_tenths": 434}, "longitude_tenths"),
        (CameraRecord, {**MET, "source": ""}, "source"),
        (ReleaseSite, {**SITE, "name": ""}, "name"),
        (ReleaseSite, {**SITE, "country": ""}, "country"),
        (ReleaseSite, {**SITE, "state": "on hold"}, "state_reason"),
        (ReleaseSite, {**SITE, "youngest_months": 19, "oldest_months": 18}, "youngest_months"),
        (ReleaseSite, {**SITE, "longitude_tenths": 1307}, "latitude_tenths"),
    ],
)
def test_add_record__refuses_what_says_too_little_or_what_cannot_be(
    programme: Programme, ada: User, model: Any, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(StudbookError) as refusal:
        add_record(model, programme, by=ada, **facts)
    assert refusal.value.field == field
    assert not model.objects.exists()


@pytest.mark.parametrize(
    "words", ["October 2013", "2013", "about May 2013", "before 2014", "between 2012-12-01 and 2013-02-28"]
)
def test_add_record__takes_months_and_seasons(programme: Programme, ada: User, words: str) -> None:
    made = add_record(CameraRecord, programme, by=ada, **MET | {"seen": DateInterval.parse(words)})
    assert str(made.seen) == words


def test_add_record__refuses_a_name_that_another_site_has(
    programme: Programme, site: ReleaseSite, ada: User
) -> None:
    with pytest.raises(StudbookError, match="exists already"):
        add_record(ReleaseSite, programme, by=ada, **SITE | {"name": "LAZOVSKY"})


@pytest.mark.parametrize("name", ["olga", "bo", "rita", "remy"])
def test_add_record__is_the_coordinators(
    programme: Programme, request: pytest.FixtureRequest, name: str
) -> None:
    with pytest.raises(RightEndedError):
        add_record(SurveyCount, programme, by=request.getfixturevalue(name), **COUNT)


def test_add_record__is_refused_to_whose_role_ended(programme: Programme, ada: User) -> None:
    ProgrammeRole.objects.filter(user=ada).delete()
    with pytest.raises(RightEndedError):
        add_record(SurveyCount, programme, by=ada, **COUNT)


def test_add_record__of_who_sees_no_places_has_none(
    programme: Programme, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind(monkeypatch)
    made = add_record(CameraRecord, programme, by=ada, **MET, latitude_tenths=434, longitude_tenths=1307)
    assert made.place == ""


def test_edit_record__needs_a_reason_and_a_change(count: SurveyCount, ada: User) -> None:
    with pytest.raises(StudbookError, match="needs a reason"):
        edit_record(count, by=ada, reason=" ", opened_version=1, best=60)
    with pytest.raises(StudbookError, match="says this already"):
        edit_record(count, by=ada, reason="A letter.", opened_version=1, best=57)


def test_edit_record__keeps_before_and_after(count: SurveyCount, ada: User) -> None:
    changed = edit_record(count, by=ada, reason="A newer report.", opened_version=1, best=60)
    assert (changed.best, changed.version) == (60, 2)
    change = AuditChange.objects.get()
    assert (change.before["best"], change.after["best"]) == (57, 60)
    assert change.entry.reason == "A newer report."


def test_edit_record__changes_all_columns_of_a_date(camera: CameraRecord, ada: User) -> None:
    season = DateInterval.parse("between 2012-12-01 and 2013-02-28")
    edit_record(camera, by=ada, reason="A letter.", opened_version=1, seen=season)
    camera.refresh_from_db()
    assert camera.seen == season


@pytest.mark.parametrize("state", ["planned", "active"])
def test_edit_record__of_a_site_that_is_open_again_keeps_no_reason_for_its_halt(
    programme: Programme, ada: User, state: str
) -> None:
    halted = add_record(ReleaseSite, programme, by=ada, **SITE, state="on hold", state_reason="A war.")
    edit_record(halted, by=ada, reason="It is over.", opened_version=1, state=state)
    halted.refresh_from_db()
    assert (halted.state, halted.state_reason) == (state, "")
    new = SITE | {"name": "Another", "state": state, "state_reason": "A war."}
    assert add_record(ReleaseSite, programme, by=ada, **new).state_reason == ""


def test_edit_record__on_an_older_version_tells_what_is_now(count: SurveyCount, ada: User) -> None:
    edit_record(count, by=ada, reason="A report.", opened_version=1, best=60)
    with pytest.raises(StaleRecordError, match="was “57”, is “60” now, you wrote “62”"):
        edit_record(count, by=ada, reason="Another.", opened_version=1, best=62)
    count.refresh_from_db()
    assert count.best == 60


def test_edit_record__by_who_sees_no_places_leaves_them_and_tells_none(
    camera: CameraRecord, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_record(camera, by=ada, reason="A map.", opened_version=1, latitude_tenths=441, adults=2)
    blind(monkeypatch)
    with pytest.raises(StaleRecordError) as stale:
        edit_record(camera, by=ada, reason="A letter.", opened_version=1, latitude_tenths=0, adults=3)
    assert [each.fact for each in stale.value.differences] == ["adults"]
    assert "latitude" not in stale.value.sentence
    changed = edit_record(camera, by=ada, reason="A letter.", opened_version=2, latitude_tenths=0, adults=3)
    assert (changed.latitude_tenths, changed.adults) == (441, 3)


def test_edit_record__who_sees_places_is_told_of_them(camera: CameraRecord, ada: User) -> None:
    edit_record(camera, by=ada, reason="A map.", opened_version=1, latitude_tenths=441)
    with pytest.raises(StaleRecordError, match=r"latitude.*441"):
        edit_record(camera, by=ada, reason="A letter.", opened_version=1, adults=3)


def test_strike_out__keeps_the_record_which_counts_no_more(count: SurveyCount, ada: User) -> None:
    struck = strike_out(count, by=ada, reason="Counted twice.", opened_version=1)
    assert (struck.struck_why, struck.struck_by) == ("Counted twice.", ada)
    assert list(SurveyCount.objects.standing()) == []
    assert SurveyCount.objects.get() == count


def test_strike_out__ends_every_change(count: SurveyCount, ada: User) -> None:
    strike_out(count, by=ada, reason="Counted twice.", opened_version=1)
    with pytest.raises(StaleRecordError, match=r"struck out on .*Counted twice"):
        edit_record(count, by=ada, reason="A letter.", opened_version=2, best=1)
    with pytest.raises(StaleRecordError, match="struck out"):
        strike_out(count, by=ada, reason="Again.", opened_version=2)


def test_strike_out__needs_a_reason_and_the_version_seen(count: SurveyCount, ada: User) -> None:
    with pytest.raises(StudbookError, match="needs a reason"):
        strike_out(count, by=ada, reason="", opened_version=1)
    with pytest.raises(StaleRecordError):
        strike_out(count, by=ada, reason="Wrong.", opened_version=7)


def test_rights__of_the_wild_are_the_coordinators_alone(
    programme: Programme, ada: User, olga: User, rita: User
) -> None:
    from studbook.accounts.rights import may

    assert [may(each, Right.PLACES, programme.pk) for each in (ada, olga, rita)] == [True, False, False]
    assert [may(each, Right.WILD, programme.pk) for each in (ada, olga, rita)] == [True, False, False]


def test_add_record__parts_of_a_count_are_not_more_than_the_whole(programme: Programme, ada: User) -> None:
    told = COUNT | {"best": 10, "adults": 50, "young": 3}
    sentence = (
        "50 adults and 3 young make more than the best number, 10, that they are counted among. Correct"
    )
    with pytest.raises(StudbookError, match=sentence):
        add_record(SurveyCount, programme, by=ada, **told)
    with pytest.raises(StudbookError, match="make more than the highest number, 52,"):
        add_record(SurveyCount, programme, by=ada, **told, high=52)
    add_record(SurveyCount, programme, by=ada, **told, high=53)
    # At least so many: nobody knows how many at most.
    add_record(SurveyCount, programme, by=ada, **(told | {"best": None, "low": 10}))
    assert SurveyCount.objects.count() == 2
