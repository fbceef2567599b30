"""A process that does a deed and is killed on the way, as by a power cut or the machine's last resort.

It is forked from a server process that has loaded Django and holds no connection, so that each kill costs
milliseconds and no connection of the tests is shared.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from signal import SIGKILL
from typing import Any

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.db import connection, connections, transaction

from tests.races.deeds import DEEDS

PATIENCE = 30.0
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


@dataclass(frozen=True)
class Deed:
    """Which deed is done, to what (keys by name), and where on the way the process dies: at a statement, or at the commit."""

    name: str
    about: Mapping[str, int]
    dies_at_statement: int | None = None
    dies_at_commit: str = ""  # "before" or "after"
    in_transaction: bool = True


def exit_code_of(deed: Deed) -> int:
    """Do the deed in a process of its own; return how that ended: 0, or minus the signal that killed it."""
    process = PROCESSES.Process(target=_do, args=(str(connection.settings_dict["NAME"]), deed))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode is not None, "the process neither ended nor died"
    return process.exitcode


def _do(database: str, deed: Deed) -> None:
    connections.settings["default"]["NAME"] = database
    do = DEEDS[deed.name](**deed.about)
    if not deed.in_transaction:
        _let_every_statement_stand()
    if deed.dies_at_commit:
        _die_at_commit(deed.dies_at_commit)
    with connection.execute_wrapper(_dying_at(deed.dies_at_statement)):
        do()
    connection.close()


def _die() -> None:
    os.kill(os.getpid(), SIGKILL)


def _dying_at(number: int | None) -> Callable[..., Any]:
    counted = count(1)

    def execute(run: Callable[..., Any], *statement: Any) -> Any:
        if next(counted) == number:
            _die()
        return run(*statement)

    return execute


def _die_at_commit(moment: str) -> None:
    commit = connection._commit

    def die() -> None:
        if moment == "after":
            commit()
        _die()

    connection._commit = die


def _let_every_statement_stand() -> None:
    transaction.atomic = lambda *_, **__: nullcontext()
    connection.features.has_select_for_update = False
