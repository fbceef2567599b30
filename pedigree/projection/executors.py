"""Where the chunks of a projection run: here, in processes of this machine, or on a cluster."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final, Protocol

from pedigree.errors import ExecutorError
from pedigree.projection.result import Chunk

Part = tuple[int, int]
"""The first run of a chunk, and how many."""
Work = Callable[[int, int], Chunk]
Stop = Callable[[], bool]
POLL: Final = 0.2
"""Seconds between two questions whether to stop."""


class Executor(Protocol):
    """Where chunks run; they come back in any order, and each is the same wherever it ran."""

    def chunks(self, work: Work, parts: Sequence[Part], stop: Stop) -> Iterator[Chunk]:
        """Yield every part's chunk as it finishes, until asked to stop."""


class Here:
    """In this process, one chunk after the other."""

    def chunks(self, work: Work, parts: Sequence[Part], stop: Stop) -> Iterator[Chunk]:
        """Yield every part's chunk, until asked to stop."""
        for part in parts:
            if stop():
                return
            yield work(*part)


class Processes:
    """In processes of this machine, as many as there are cores if not said otherwise.

    They are started afresh, not forked, so that threads and database connections of a web worker stay its own; each
    ends by itself when the process that started it is gone.
    """

    def __init__(self, workers: int | None = None) -> None:
        if workers is not None and workers < 1:
            raise ExecutorError(f"{workers} processes were asked for. Ask for 1 or more.")
        self.workers = workers or cores()

    def chunks(self, work: Work, parts: Sequence[Part], stop: Stop) -> Iterator[Chunk]:
        """Yield every part's chunk as it finishes, until asked to stop."""
        if not parts:
            return
        workers = min(self.workers, len(parts))
        pool = ProcessPoolExecutor(
            workers, get_context("spawn"), initializer=_begin, initargs=(work, os.getpid())
        )
        try:
            yield from spread(lambda part: pool.submit(_work, part), parts, stop, workers + 1)
        except BrokenProcessPool:
            raise ExecutorError(
                "A process ended before its runs were finished; perhaps memory ran out. Resume with the chunks that "
                "finished and fewer processes."
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    submit: Callable[[Part], Future[Chunk]], parts: Sequence[Part], stop: Stop, at_once: int
) -> Iterator[Chunk]:
    """Yield the chunks of parts handed out so many at a time; what was begun when asked to stop is given up."""
    waiting, pending = deque(parts), set[Future[Chunk]]()
    try:
        while (waiting or pending) and not stop():
            while waiting and len(pending) < at_once:
                pending.add(submit(waiting.popleft()))
            finished, pending = wait(pending, timeout=POLL, return_when=FIRST_COMPLETED)
            yield from (each.result() for each in finished)
    finally:
        for each in pending:
            each.cancel()


_given: list[Work] = []


def _begin(work: Work, parent: int) -> None:
    _given.append(work)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    # A worker whose parent was killed would wait for work for ever.
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _work(part: Part) -> Chunk:
    return _given[0](*part)
