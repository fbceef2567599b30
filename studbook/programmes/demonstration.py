"""What rooms add to the demonstration, without the one that loads it knowing them."""

import csv
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from studbook.core.errors import StudbookError
from studbook.programmes.models import Programme

Addition = Callable[[Programme], object]

_additions: list[Addition] = []


def add_to_demonstration(addition: Addition) -> None:
    """Let a room add something to the demonstration's programme; called once, from an application's `ready`."""
    _additions.append(addition)


def complete_demonstration(programme: Programme) -> None:
    """Let every room add its part."""
    for addition in _additions:
        addition(programme)


def rows_of_fixture(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the demonstration's files."""
    path = Path(settings.FIXTURE_DIR) / "amur_leopard" / f"{name}.csv"
    try:
        with path.open(newline="", encoding="utf-8") as opened:
            return list(csv.DictReader(opened))
    except OSError as error:
        raise StudbookError(f"{path.name} cannot be read. Restore fixtures/amur_leopard.") from error
