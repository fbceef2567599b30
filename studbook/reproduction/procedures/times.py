"""The times of a procedure by the clock. Each next one that is earlier by the clock is of the day after."""

from collections.abc import Iterable
from datetime import time, timedelta

from studbook.core.dates import DateInterval
from studbook.reproduction.models import Anaesthesia, Procedure

LONGEST_HOURS = 12
"""How long a procedure may last that runs over midnight; a longer one is taken for a slip of the pen."""
DAY_MINUTES = 24 * 60
NOON = time(12)
Times = list[tuple[str, time | None]]


def times_of(procedure: Procedure) -> Times:
    """Return when a procedure began and ended."""
    return [("started", procedure.started), ("ended", procedure.ended)]


def times_asleep(procedure: Procedure, told: Anaesthesia) -> Times:
    """Return the times of an anaesthesia in the order in which they come."""
    return [
        ("started", procedure.started),
        ("lying_at", told.lying_at),
        ("reversed_at", told.reversed_at),
        ("standing_at", told.standing_at),
    ]


def over_midnight(times: Times) -> frozenset[str]:
    """Return the names of the times that are of the day after."""
    return frozenset(name for name, minutes in _since_midnight(times) if minutes >= DAY_MINUTES)


def too_long(times: Times) -> bool:
    """Tell whether times that run over midnight last longer than is plausible."""
    minutes = [each for _, each in _since_midnight(times)]
    over = bool(minutes) and minutes[-1] >= DAY_MINUTES
    return over and minutes[-1] - minutes[0] > LONGEST_HOURS * 60


def days_asleep(procedure: Procedure, on: DateInterval) -> DateInterval:
    """Return the days on which something may be done under an anaesthesia: also the day after, where it lasts till then.

    One whose end is not told may last over midnight if it began after noon.
    """
    told = getattr(procedure, "anaesthesia", None)
    asleep = times_asleep(procedure, told) if told else []
    last = [at for _, at in asleep if at]
    open_ended = procedure.ended is None and (told is None or told.standing_at is None)
    late = open_ended and bool(last) and last[-1] >= NOON
    if late or over_midnight(asleep) or over_midnight(times_of(procedure)):
        return DateInterval(on.earliest, on.latest + timedelta(days=1))
    return on


def _since_midnight(times: Iterable[tuple[str, time | None]]) -> list[tuple[str, int]]:
    """Return the minutes from the midnight before the first time to each that is told."""
    found: list[tuple[str, int]] = []
    days = 0
    before: time | None = None
    for name, at in times:
        if at is None:
            continue
        days += before is not None and at < before
        before = at
        found.append((name, days * DAY_MINUTES + at.hour * 60 + at.minute))
    return found
