"""Servers share this lock; whoever replaces the database under them needs it alone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


class DatabaseInUseError(Exception):
    """The embedded database is being served, so it cannot be replaced."""


@contextmanager
def serving(folder: Path) -> Iterator[TextIO]:
    with (folder / "serve.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield lock


@contextmanager
def replacing(folder: Path) -> Iterator[None]:
    with (folder / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseInUseError(
                "The embedded database is in use: stop `make run` with Ctrl-C first, then run this again."
            ) from None
        yield
