"""All that a database holds, as one short text: equal before and after exactly if nothing changed."""

import hashlib
from collections.abc import Collection
from typing import Any

from django.db import connection


def digest_of_everything(*, without: Collection[str] = ()) -> str:
    """Digest every row of every table but those named."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - set(without)):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())
            digest.update(repr((table, rows)).encode())
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    # PostgreSQL's driver gives bytes as a view, whose repr is an address.
    return bytes(value) if isinstance(value, memoryview) else value
