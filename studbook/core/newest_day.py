"""The last day that has come: nothing of the book happened later, and what is said to have is refused (C3)."""

from datetime import date, timedelta

from django.utils import timezone

# A zoo east of the date line may be a day ahead of the server.
TIME_ZONES = timedelta(days=1)


def newest_day() -> date:
    """Return the last day that has come somewhere."""
    return timezone.localdate() + TIME_ZONES
