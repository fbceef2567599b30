"""Deeds at the same moment: a thread and a database connection for each, all let go together."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import wraps
from threading import Barrier, BrokenBarrierError, Event
from typing import Any, ParamSpec, TypeVar

from django.db import connection, connections

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
PATIENCE = 15.0
BEFORE_A_LOCK = 0.3  # how long one deed waits for another that the lock keeps out


def at_once(*deeds: Callable[[], object]) -> list[Any]:
    """Do all deeds at the same moment; return what each returned, or the error it ended with."""
    start = Barrier(len(deeds), timeout=PATIENCE)

    def do(deed: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            start.wait()
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        futures = [pool.submit(do, deed) for deed in deeds]
        return [future.exception() or future.result() for future in futures]


def errors_in(outcomes: list[Any]) -> list[Exception]:
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


class Meeting:
    """A place between reading and writing, where each deed waits for the others, but not for ever.

    Where nothing keeps the deeds apart they meet here, each having read what the others are about to change. Under a
    lock the first waits in vain for `patience` seconds and goes on; the next finds what it wrote.
    """

    def __init__(self, deeds: int, *, patience: float = PATIENCE) -> None:
        self._barrier = Barrier(deeds)
        self._patience = patience

    def wait(self) -> None:
        with suppress(BrokenBarrierError):
            self._barrier.wait(timeout=self._patience)

    @property
    def happened(self) -> bool:
        return not self._barrier.broken

    def after(self, check: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        """Return the check, followed by the meeting."""

        @wraps(check)
        def check_and_meet(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            result = check(*args, **kwargs)
            self.wait()
            return result

        return check_and_meet


def in_order(writers: Sequence[Callable[..., Any]], *, patience: float) -> list[Callable[..., Any]]:
    """Return functions that meet before any of them begins, then go on one after another; none waits for ever."""
    meeting = Meeting(len(writers), patience=patience)
    done = [Event() for _ in writers]

    def in_turn(number: int, write: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(write)
        def meet_and_write(*args: Any, **kwargs: Any) -> Any:
            meeting.wait()
            if number:
                done[number - 1].wait(timeout=patience)
            try:
                return write(*args, **kwargs)
            finally:
                done[number].set()

        return meet_and_write

    return [in_turn(number, write) for number, write in enumerate(writers)]
