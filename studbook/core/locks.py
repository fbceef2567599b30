"""Turns: work that no other transaction may do at the same time, where no row can be locked yet."""

from django.db import connection


def take_turn(name: str) -> None:
    """Wait until no other transaction has this turn, and keep it until ours ends.

    On SQLite a writing transaction is alone already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"studbook {name}"])
