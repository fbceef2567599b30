"""Pregnancies as they stand today, for tests of pages and reminders."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from studbook.core.dates import DateInterval
from studbook.reproduction.models import Pregnancy
from tests import factories
from tests.reproduction.conftest import Couple


def days_ago(days: int) -> DateInterval:
    return DateInterval.exact(timezone.localdate() - timedelta(days=days))


def pregnant(couple: Couple, days: int = 50, **columns: Any) -> Pregnancy:
    """Return a pregnancy that began so many days ago; young come from day 90 to 105."""
    columns = {"sire": couple.sire, "conceived": days_ago(days)} | columns
    return factories.PregnancyFactory(  # type: ignore[no-any-return]
        programme=couple.programme, dam=couple.dam, institution=couple.zoo, **columns
    )


def at(name: str, *more: Any) -> str:
    return reverse(name, args=["leopards", *more])
