"""Replace the embedded database by a new one with the demonstration studbook: `make demo-reset`."""

import os
import sys
from pathlib import Path
from urllib.parse import quote

from scripts.local_environment import VAR, prepare_database, prepare_environment
from scripts.serve_lock import DatabaseInUseError, replacing

DATABASE = VAR / "studbook.sqlite3"
DRAFT = VAR / "studbook.new.sqlite3"


def companions(database: Path) -> list[Path]:
    """Return the journal files that SQLite keeps beside a database."""
    return [database.with_name(database.name + ending) for ending in ("-wal", "-shm", "-journal")]


def remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def build_draft() -> None:
    import django
    from django.db import connections

    django.setup()
    prepare_database()
    connections.close_all()


def put_in_place(draft: Path, database: Path) -> None:
    # An old journal beside a new database would be replayed into it.
    remove(*companions(database))
    os.replace(draft, database)
    remove(*companions(draft))


def reset() -> None:
    prepare_environment()
    with replacing(VAR):
        remove(DRAFT, *companions(DRAFT))
        os.environ["DATABASE_URL"] = f"sqlite:///{quote(str(DRAFT))}"
        build_draft()
        put_in_place(DRAFT, DATABASE)
    print("The embedded database is new and holds the demonstration studbook. Start it with `make run`.")


def main() -> None:
    if os.environ.get("DATABASE_URL"):
        sys.exit(
            "`make demo-reset` replaces the embedded database only, and DATABASE_URL names another: "
            "unset DATABASE_URL, or empty that database with its own tools."
        )
    try:
        reset()
    except DatabaseInUseError as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit("Interrupted: the embedded database is as it was.")


if __name__ == "__main__":
    main()
