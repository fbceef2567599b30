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
        columns = {field.name for field in cls._meta.model._meta.concrete_fields}
        for name in [name for name in kwargs if f"{name}_earliest" in columns]:
            kwargs |= interval_columns(name, kwargs.pop(name))
        return kwargs
