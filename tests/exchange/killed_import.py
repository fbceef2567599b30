"""Kill an import before its k-th statement, for every k (or every STEP-th), and compare the database with what it was.

Run as a program by test_import_killed.py: `DATABASE_URL=sqlite:///FILE python -m tests.exchange.killed_import MODE STEP`. It
prints, as JSON, how many points it killed at and at which of them the database was left changed.
"""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

import django

SYNTHETIC = Path(__file__).parent / "samples" / "synthetic"


def import_at_once() -> None:
    from studbook.exchange.actions import import_parsed
    from studbook.exchange.sparks import read_sparks

    import_parsed("beasts", read_sparks(SYNTHETIC), by=None, reason="")


def import_row_by_row() -> None:
    """Commit each animal by itself, as an import must not: the twin that shows that the test can fail."""
    from studbook.animals.adding import add_animals
    from studbook.exchange.drafting import drafts_of
    from studbook.exchange.sparks import read_sparks
    from studbook.programmes.changes import changing
    from studbook.programmes.models import Programme

    parsed = read_sparks(SYNTHETIC)
    programme = Programme.objects.create(code="beasts", name="Beasts", taxon="Bestia")
    for draft in drafts_of(parsed, {}, programme.as_of):
        with changing(programme, "import", by=None) as trail:
            add_animals(trail, programme, [draft])


def killed_at(point: int, deed: Any) -> bool:
    """Do the deed in a child that dies before its statement number `point`; False when it came to its end."""
    child = os.fork()
    if child == 0:
        from django.db import connection

        statements = iter(range(1, point))

        def count(execute: Any, *call: Any) -> Any:
            if next(statements, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*call)

        connection.connect()
        with connection.execute_wrapper(count):
            deed()
        connection.close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"the child failed: {status}"
    return os.WIFSIGNALED(status)


def digest(database: Path) -> str:
    opened = sqlite3.connect(database)
    try:
        return hashlib.sha256("\n".join(opened.iterdump()).encode()).hexdigest()
    finally:
        opened.close()


def main(mode: str, step: int) -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    connection.close()
    database = Path(settings.DATABASES["default"]["NAME"])
    template = database.with_suffix(".template")
    shutil.copy(database, template)
    before, point, changed = digest(database), 1, []
    while killed_at(point, {"at once": import_at_once, "row by row": import_row_by_row}[mode]):
        if digest(database) != before:
            changed.append(point)
        for left in database.parent.glob(f"{database.name}*"):
            left.unlink()
        shutil.copy(template, database)
        point += step
    finished = digest(database) != before
    print(json.dumps({"points": point // step, "changed": changed, "finished": finished}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
