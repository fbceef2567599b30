"""Rules that a plain constraint cannot hold, as database triggers on both engines.

- the trail, the frozen versions of plans, and the ledgers of samples cannot be changed or removed;
- a studbook number never changes and an animal is never deleted, so that no number is used again;
- the stays of an animal, and its periods of ownership, never overlap (on PostgreSQL an exclusion constraint holds
  this, see the migration `animals.0002_periods_never_overlap`).

SQLite drops a table's triggers when a migration remakes the table, so they are laid anew after every `migrate`,
and a system check compares what is there with what should be.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TRAIL = ("core_auditentry", "core_auditchange")
PERIODS = ("animals_holding", "animals_ownership")
ANIMALS = "animals_animal"

TRAIL_SENTENCE = "The trail of changes cannot be altered."
FROZEN_SENTENCE = "A frozen version of a plan cannot be altered."
LEDGER_SENTENCE = "A line of the ledger of a sample cannot be altered."
NUMBER_SENTENCE = "A studbook number is permanent."
DELETE_SENTENCE = "An animal is never deleted from the book."
REPLACE_SENTENCE = "A record of the book is never written over by another."
OVERLAP_SENTENCE = "The periods of one animal overlap."
APPEND_ONLY = {
    **dict.fromkeys(TRAIL, TRAIL_SENTENCE),
    "planning_planversion": FROZEN_SENTENCE,
    "reproduction_samplestep": LEDGER_SENTENCE,
}
GUARD_FUNCTIONS = {
    TRAIL_SENTENCE: "guard_trail",
    FROZEN_SENTENCE: "guard_frozen",
    LEDGER_SENTENCE: "guard_ledger",
}


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Lay every trigger; safe to repeat."""
    remove_guards(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, _append_only(connection)):
            cursor.execute(statement)


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away; only for a table rebuild and for emptying a test database."""
    with connection.cursor() as cursor:
        for name, table in installed_guards(connection):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def installed_guards(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Return (trigger, table) of the guards that stand in the database now."""
    if connection.vendor == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'"
    else:
        query = (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgname LIKE 'guard_%'"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted((str(name), str(table)) for name, table in cursor.fetchall())


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of guards that should stand and do not."""
    standing = {name for name, _ in installed_guards(connection)}
    return sorted(expected_guards(connection.vendor, _append_only(connection)) - standing)


def expected_guards(vendor: str, append_only: Mapping[str, str] = APPEND_ONLY) -> set[str]:
    """Return the names of the guards of an engine, of all tables where none are named."""
    statements = _statements(vendor, append_only)
    return {statement.split()[2] for statement in statements if statement.startswith("CREATE TRIGGER")}


def _statements(vendor: str, append_only: Mapping[str, str]) -> list[str]:
    return _sqlite(append_only) if vendor == "sqlite" else _postgresql(append_only)


def _append_only(connection: BaseDatabaseWrapper) -> dict[str, str]:
    # A book on its way from an earlier state has its guards before it has the tables that came later.
    tables = set(connection.introspection.table_names())
    return {table: sentence for table, sentence in APPEND_ONLY.items() if table in tables}


@contextmanager
def guards_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Work without the guards: for emptying a test database, and for a migration that rebuilds a table."""
    remove_guards(connection)
    try:
        yield
    finally:
        install_guards(connection)


def _sqlite(append_only: Mapping[str, str]) -> list[str]:
    return [*_append_only_on_sqlite(append_only), *_animals_on_sqlite(), *_periods_on_sqlite()]


def _append_only_on_sqlite(append_only: Mapping[str, str]) -> list[str]:
    return [
        *(
            f"CREATE TRIGGER guard_{table}_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            for table, sentence in append_only.items()
            for verb in ("UPDATE", "DELETE")
        ),
        *(_refusing_replacement(table, "id = NEW.id") for table in append_only),
    ]


def _animals_on_sqlite() -> list[str]:
    return [
        _refusing_replacement(
            ANIMALS,
            "id = NEW.id OR (programme_id = NEW.programme_id AND studbook_number = NEW.studbook_number)",
        ),
        (
            f"CREATE TRIGGER guard_{ANIMALS}_number BEFORE UPDATE OF studbook_number, programme_id ON {ANIMALS} "
            "WHEN NEW.studbook_number <> OLD.studbook_number OR NEW.programme_id <> OLD.programme_id "
            f"BEGIN SELECT RAISE(ABORT, '{NUMBER_SENTENCE}'); END"
        ),
        (
            f"CREATE TRIGGER guard_{ANIMALS}_delete BEFORE DELETE ON {ANIMALS} "
            f"BEGIN SELECT RAISE(ABORT, '{DELETE_SENTENCE}'); END"
        ),
    ]


def _periods_on_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER guard_{table}_{verb.lower()} AFTER {verb} ON {table} "
        f"WHEN EXISTS ({_overlap_on_sqlite(table)}) "
        f"BEGIN SELECT RAISE(ABORT, '{OVERLAP_SENTENCE}'); END"
        for table in PERIODS
        for verb in ("INSERT", "UPDATE")
    ]


def _refusing_replacement(table: str, same_row: str) -> str:
    # SQLite's INSERT OR REPLACE deletes the row in its way without firing the triggers of a deletion.
    return (
        f"CREATE TRIGGER guard_{table}_replace BEFORE INSERT ON {table} "  # noqa: S608  # our own table names
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same_row}) "
        f"BEGIN SELECT RAISE(ABORT, '{REPLACE_SENTENCE}'); END"
    )


def _overlap_on_sqlite(table: str) -> str:
    new_end, other_end = (f"COALESCE({row}.\"end\", '9999-12-31')" for row in ("NEW", "other"))
    return (
        f"SELECT 1 FROM {table} AS other WHERE other.animal_id = NEW.animal_id AND other.id <> NEW.id "  # noqa: S608  # our own table names
        f"AND {new_end} > NEW.start AND {other_end} > other.start "
        f"AND NEW.start < {other_end} AND other.start < {new_end}"
    )


def _postgresql(append_only: Mapping[str, str]) -> list[str]:
    return [
        *(_refusing_function(function, sentence) for sentence, function in GUARD_FUNCTIONS.items()),
        _refusing_function("guard_number", NUMBER_SENTENCE),
        _refusing_function("guard_delete", DELETE_SENTENCE),
        *(
            _postgresql_trigger(table, name, verbs, GUARD_FUNCTIONS[sentence])
            for table, sentence in append_only.items()
            for name, verbs in (("write", "UPDATE OR DELETE"), ("truncate", "TRUNCATE"))
        ),
        (
            f"CREATE TRIGGER guard_{ANIMALS}_number BEFORE UPDATE ON {ANIMALS} FOR EACH ROW "
            "WHEN (NEW.studbook_number <> OLD.studbook_number OR NEW.programme_id <> OLD.programme_id) "
            "EXECUTE FUNCTION guard_number()"
        ),
        _postgresql_trigger(ANIMALS, "delete", "DELETE", "guard_delete"),
        _postgresql_trigger(ANIMALS, "truncate", "TRUNCATE", "guard_delete"),
    ]


def _postgresql_trigger(table: str, name: str, verbs: str, function: str) -> str:
    each = "STATEMENT" if verbs == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER guard_{table}_{name} BEFORE {verbs} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION {function}()"
    )


def _refusing_function(name: str, sentence: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation'; END $$"
    )


def tables_stand(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether the tables exist that the first guards were laid on; halfway through the first migrate some do not."""
    return {*TRAIL, *PERIODS, ANIMALS} <= set(connection.introspection.table_names())
