"""Turns: work that no other transaction may do at the same time, where no row can be locked yet."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from django.db import OperationalError, connection

SECONDS_TO_WAIT = 20.0


class Queue:
    """Who came first is served first. SQLite lets in whoever happens to ask next, and somebody may never be."""

    def __init__(self) -> None:
        self._mutex, self._waiting = Lock(), deque[Event]()

    def take(self, seconds: float) -> bool:
        """Wait for our turn; tell whether it came in time."""
        mine = Event()
        with self._mutex:
            self._waiting.append(mine)
            self._waiting[0].set()
        if mine.wait(seconds):
            return True
        with self._mutex:
            if not mine.is_set():
                self._waiting.remove(mine)
            return mine.is_set()

    def give(self) -> None:
        """End our turn, and begin that of the next."""
        with self._mutex:
            self._waiting.popleft()
            if self._waiting:
                self._waiting[0].set()


_writers = Queue()


@contextmanager
def in_turn() -> Iterator[None]:
    """Change the book in the order of asking, among the threads of this process.

    Needed on SQLite only: PostgreSQL queues those who wait for a lock. Inside a transaction the turn is ours already.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    if not _writers.take(SECONDS_TO_WAIT):
        raise OperationalError("database is locked: the turn to write did not come in time")
    try:
        yield
    finally:
        _writers.give()


def take_turn(name: str) -> None:
    """Wait until no other transaction has this turn, and keep it until ours ends.

    On SQLite a writing transaction is alone already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"studbook {name}"])
