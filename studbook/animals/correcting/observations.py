"""Corrections of what was seen or done to an animal."""

from collections.abc import Iterable
from typing import Any

from studbook.accounts.models import User
from studbook.animals.correcting.reasons import correcting, refuse_unchanged
from studbook.animals.correcting.rewriting import take_out
from studbook.animals.entry.observation_rules import OF_THE_LIVING as PERIODS
from studbook.animals.entry.observation_rules import refuse_unsound_period
from studbook.animals.models import Observation
from studbook.core.dates import interval_columns
from studbook.core.errors import StaleRecordError
from studbook.programmes.changes import columns_of, refuse_stale, save_unless_stale

DATES = ("date", "until", "expected_return")
FACTS = (*DATES, "institution", "what", "product", "quantity", "unit", "note")
COLUMNS = [*(column for name in DATES for column in interval_columns(name, None)), *FACTS[len(DATES) :]]


def correct_observation(
    observation: Observation,
    *,
    by: User | None,
    reason: str,
    opened_version: int,
    acknowledged: Iterable[str] = (),
    **facts: Any,
) -> None:
    """Correct facts of an observation: those that FACTS names."""
    with correcting(
        observation.animal,
        "correct observation",
        by=by,
        reason=reason,
        acknowledged=acknowledged,
        only_seen=observation.kind in Observation.ONLY_SEEN,
    ) as trail:
        current = _current(observation)
        before = columns_of(current)
        for name in facts.keys() & set(FACTS):
            setattr(current, name, facts[name])
        if current.kind in PERIODS:
            refuse_unsound_period(current)
        save_unless_stale(current, opened_version=opened_version, fields=COLUMNS)
        refuse_unchanged(current, before)
        trail.changed(current, before)
    observation.refresh_from_db()


def remove_observation(
    observation: Observation,
    *,
    by: User | None,
    reason: str,
    opened_version: int,
    acknowledged: Iterable[str] = (),
) -> None:
    """Take an observation that was not made out of the book; the trail keeps it, and its file stays."""
    with correcting(
        observation.animal,
        "remove observation",
        by=by,
        reason=reason,
        acknowledged=acknowledged,
        only_seen=observation.kind in Observation.ONLY_SEEN,
    ) as trail:
        current = _current(observation)
        refuse_stale(current, opened_version=opened_version)
        take_out(trail, current)


def _current(observation: Observation) -> Observation:
    found = Observation.objects.select_related("animal", "institution").filter(pk=observation.pk)
    if current := found.first():
        return current
    raise StaleRecordError(
        f"{observation.animal}: “{observation}” was taken out by somebody else since you opened it. Nothing is left to do."
    )
