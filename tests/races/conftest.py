"""What the races are run for: a small book, and the programme's lock taken away for their twins."""

import os
from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from django.db import connection

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes import changes
from studbook.programmes.models import Programme
from tests.factories import InstitutionFactory, animal_at
from tests.races.rounds import FIGURES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures at the end of a run that was asked for them."""
    if os.environ.get("RACES"):
        for line in FIGURES:
            terminalreporter.write_line(line)


@pytest.fixture
def lift_lock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function that takes the programme's lock away and leaves the rest of every deed as it is.

    On PostgreSQL the lock is the row's. On SQLite it is the transaction's, so there the transaction goes.
    """

    def lift() -> None:
        if connection.vendor == "sqlite":
            monkeypatch.setattr(changes, "transaction", SimpleNamespace(atomic=nullcontext))
            monkeypatch.setattr(changes, "in_turn", nullcontext)
        else:
            monkeypatch.setattr(type(connection.features), "has_select_for_update", False)

    return lift


@pytest.fixture
def cub(programme: Programme, zoo: Institution) -> Animal:
    return animal_at(zoo, programme=programme, studbook_number="7", birth=DateInterval.parse("2010-05-01"))


@pytest.fixture
def receivers(programme: Programme) -> list[Institution]:
    return [InstitutionFactory(mnemonic=mnemonic, name=mnemonic) for mnemonic in ("ZOOB", "ZOOC")]
