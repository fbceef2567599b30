"""Factories of records with dates."""

from typing import Any

from factory.django import DjangoModelFactory

from studbook.core.dates import interval_columns


class DatedFactory(DjangoModelFactory):
    """Takes a date as one interval, `birth=DateInterval.parse("2019")`, for the three columns that hold it."""

    class Meta:
        abstract = True

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        for name in ("birth", "death", "date", "until", "seen"):
            if name in kwargs:
                kwargs |= interval_columns(name, kwargs.pop(name))
        return kwargs
