"""What a database knows of its tables, by which it chooses how to look things up."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Model


def take_stock(models: Iterable[type[Model]]) -> None:
    """Let PostgreSQL count the rows of these tables now, inside the transaction that brought them.

    By itself it does so within a minute or so of the commit; until then it takes a whole studbook for an empty table
    and reads all of it for each animal. SQLite chooses well without.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")
