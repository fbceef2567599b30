"""The wild of the demonstration, from its files: published counts, a camera-trap record, the site on hold. Facts, not invented."""

import csv
from pathlib import Path
from typing import Any

from django.conf import settings

from studbook.accounts.demonstration import COORDINATOR
from studbook.accounts.models import User
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
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
    for row in _read("survey_counts"):
        add_record(SurveyCount, programme, by=by, **_facts(row))
    for row in _read("camera_records"):
        add_record(CameraRecord, programme, by=by, **_facts(row) | {"seen": DateInterval.parse(row["seen"])})
    for row in _read("release_sites"):
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


def _read(name: str) -> list[Row]:
    path = Path(settings.FIXTURE_DIR) / "amur_leopard" / f"{name}.csv"
    try:
        with path.open(newline="", encoding="utf-8") as opened:
            return list(csv.DictReader(opened))
    except OSError as error:
        raise StudbookError(f"{path.name} cannot be read. Restore fixtures/amur_leopard.") from error
