"""Processes that guess at the same count, each with a connection of its own, as the workers of a server have."""

from datetime import datetime
from multiprocessing import get_context

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.db import connection, connections

from studbook.accounts.attempts import BY_NAME, take_attempt

PATIENCE = 30.0
PROCESSES = get_context("forkserver")


def let_through_elsewhere(*, processes: int, guesses: int, key: str, since: datetime) -> list[int]:
    """Let several processes guess at the same time; return how many guesses of each were let through."""
    database = str(connection.settings_dict["NAME"])
    started = [
        PROCESSES.Process(target=_guess, args=(database, guesses, key, since)) for _ in range(processes)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join(PATIENCE)
    assert all(process.exitcode is not None for process in started), "a process did not end"
    return [process.exitcode or 0 for process in started]


def _guess(database: str, guesses: int, key: str, since: datetime) -> None:
    connections.settings["default"]["NAME"] = database
    let_through = sum(take_attempt(BY_NAME, key, since) is not None for _ in range(guesses))
    connection.close()
    raise SystemExit(let_through)
