"""Arithmetic of days inside the database, the same on both engines."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, DateField, F, Func, IntegerField, When
from django.db.models.sql.compiler import SQLCompiler

from studbook.core.dates import FIRST_DAY

Sql = tuple[str, Any]


class DaysBetween(Func):
    """Whole days from the second day back to the first: `DaysBetween(last, first)`."""

    arity = 2
    output_field = IntegerField()
    arg_joiner = " - "
    template = "(%(expressions)s)"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Sql:
        return self.as_sql(
            compiler,
            connection,
            template="CAST(julianday(%(expressions)s) AS INTEGER)",
            arg_joiner=") - julianday(",
        )


class _Moved(Func):
    """A day moved on by a number of days."""

    arity = 2
    output_field = DateField()
    arg_joiner = " + "
    template = "(%(expressions)s)"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Sql:
        return self.as_sql(
            compiler, connection, template="date(%(expressions)s || ' days')", arg_joiner=", '+' || "
        )


def middle_day(earliest: str, latest: str) -> Case:
    """Return the day that stands for the interval between two columns, as `DateInterval.middle` reckons it."""
    halfway = _Moved(earliest, DaysBetween(latest, earliest) / 2)
    only_an_end = When(**{earliest: FIRST_DAY}, then=F(latest))
    return Case(only_an_end, default=halfway, output_field=DateField())
