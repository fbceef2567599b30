"""Factories of records with dates."""

from typing import Any

from factory.django import DjangoModelFactory

from studbook.core.dates import DateInterval, interval_columns

INTERVALS = ("birth", "death", "date", "until", "introduced", "together", "separated", "seen")


class DatedFactory(DjangoModelFactory):
    """Takes a date as one interval, `birth=DateInterval.parse("2019")`, for the three columns that hold it."""

    class Meta:
        abstract = True

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        for name, value in list(kwargs.items()):
            if name in INTERVALS or isinstance(value, DateInterval):
                kwargs |= interval_columns(name, kwargs.pop(name))
        return kwargs
