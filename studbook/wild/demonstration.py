"""The wild of the demonstration, from its files: published counts, a camera-trap record, the site on hold. Facts, not invented."""

from typing import Any

from studbook.accounts.demonstration import COORDINATOR
from studbook.accounts.models import User
from studbook.core.dates import DateInterval
from studbook.programmes.demonstration import rows_of_fixture
from studbook.programmes.models import Programme
from studbook.wild.models import CameraRecord, ReleaseSite, SurveyCount
from studbook.wild.recording import add_record, edit_record

Row = dict[str, str]
WORDS = frozenset(
    ("area", "country", "method", "individuals", "source", "note", "name", "state_reason", "reason")
)


def add_the_wild(programme: Programme) -> None:
    """Add what is known of the wild, by the demonstration's coordinator."""
    by = User.objects.get(username=COORDINATOR.username)
    for row in rows_of_fixture("survey_counts"):
        add_record(SurveyCount, programme, by=by, **_facts(row))
    for row in rows_of_fixture("camera_records"):
        add_record(CameraRecord, programme, by=by, **_facts(row) | {"seen": DateInterval.parse(row["seen"])})
    for row in rows_of_fixture("release_sites"):
        _add_halted(programme, _facts(row), by)


def _add_halted(programme: Programme, facts: dict[str, Any], by: User) -> None:
    why, reason = facts.pop("state_reason"), facts.pop("reason")
    site = add_record(ReleaseSite, programme, by=by, **facts)
    halted = {"state": ReleaseSite.State.ON_HOLD, "state_reason": why}
    edit_record(site, by=by, reason=reason, opened_version=site.version, **halted)


def _facts(row: Row) -> dict[str, Any]:
    return {
        name: value if name in WORDS else int(value) if value else None
        for name, value in row.items()
        if name != "seen"
    }
