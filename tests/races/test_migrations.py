"""The guards of the database stand after every migration, and what was in the book is still there."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from studbook.core.guards import missing_guards
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory, AuditChangeFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# The oldest state a book can be in that has its guards.
OLDEST = {"core": "0001_initial", "animals": "0002_periods_never_overlap"}
TABLES = ("animals_animal", "core_auditentry", "core_auditchange")


@pytest.fixture
def afterwards_at_the_newest() -> Iterator[None]:
    yield
    call_command("migrate", verbosity=0)


def migrate(*to: str) -> None:
    call_command("migrate", *to, verbosity=0)


def later_states() -> list[tuple[str, str]]:
    """Return the migrations after the oldest state, in the order in which they are done."""
    loader = MigrationLoader(connection)
    plan = [key for leaf in sorted(loader.graph.leaf_nodes()) for key in loader.graph.forwards_plan(leaf)]
    return [key for key in dict.fromkeys(plan) if key not in loader.applied_migrations]


def counts() -> list[int]:
    with connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
    return found


def is_refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def ways_past_the_program() -> Iterator[str]:
    """Yield statements that would lose what is kept; none of them may go through."""
    yield "UPDATE animals_animal SET studbook_number = '99'"
    yield "UPDATE core_auditentry SET verb = 'nothing'"
    for table in TABLES:
        yield f"DELETE FROM {table}"
        yield (
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
            if connection.vendor == "sqlite"
            else f"TRUNCATE {table} CASCADE"
        )


@pytest.mark.usefixtures("afterwards_at_the_newest")
def test_guards__stand_after_every_migration(programme: Programme) -> None:
    AnimalFactory(programme=programme, studbook_number="12")
    AuditChangeFactory()
    before = counts()
    for room, name in OLDEST.items():
        migrate(room, name)
    states = later_states()
    assert len(states) > len(OLDEST)
    for state in states:
        migrate(*state)
        assert (state, missing_guards(connection), counts()) == (state, [], before)
    assert [way for way in ways_past_the_program() if not is_refused(way)] == []
    assert counts() == before
