"""The last day that has come."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from studbook.core.newest_day import newest_day


@pytest.mark.parametrize(
    ("now", "newest"),
    [
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), date(2027, 1, 2)),
        (datetime(2028, 2, 28, 12, 0, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_newest_day__is_the_day_after_that_of_the_server(
    now: datetime, newest: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert newest_day() == newest
