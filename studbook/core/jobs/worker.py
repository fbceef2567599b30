"""The worker: takes up jobs in the order of asking, one at a time, until it is told to end."""

import logging
import os
import socket
from collections.abc import Callable
from threading import Event, Thread
from uuid import uuid4

from django.db import DatabaseError, InterfaceError, connection

from studbook.core.errors import StudbookError
from studbook.core.jobs import attendance, queue
from studbook.core.jobs.kinds import kind_named
from studbook.core.models import Job

log = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS = 1.0
LOST = (DatabaseError, InterfaceError)
UNFORESEEN = "It broke off for a reason that nobody foresaw ({kind}: {error}). Tell the person who runs the studbook, whose log has more."


class Worker:
    """One worker. `end` lets it finish the chunk at hand; the job goes back into the queue with what is finished."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:60]} {os.getpid()} {uuid4().hex[:8]}"
        self._ending = Event()
        self._job: Job | None = None

    def end(self) -> None:
        self._ending.set()

    @property
    def is_ending(self) -> bool:
        return self._ending.is_set()

    def run(self, *, once: bool = False) -> int:
        """Work until told to end, or with `once` until no job waits; return how many jobs were taken up."""
        taken = 0
        heart = Thread(target=self._beat, daemon=True)
        self._safely(lambda: attendance.attend(self.name))
        heart.start()
        try:
            while not self.is_ending:
                if self._turn():
                    taken += 1
                elif once:
                    break
                else:
                    self._ending.wait(SECONDS_BETWEEN_LOOKS)
        finally:
            self._ending.set()
            self._safely(lambda: attendance.leave(self.name))
            heart.join()
        return taken

    def _turn(self) -> bool:
        """Take up a job and bring it forward; tell whether there was one."""
        try:
            job = queue.take_up(self.name)
            if job is not None:
                self._work_on(job)
            return job is not None
        except queue.LeaseLostError as lost:
            log.warning("%s", lost)
            return True
        except LOST as error:
            # A busy or lost database: the lease runs out by itself, and the job is taken up again.
            log.warning("The database did not answer, and the worker tries again: %s", error)
            self._ending.wait(SECONDS_BETWEEN_LOOKS)
            return False
        finally:
            self._job = None
            _let_go()

    def _work_on(self, job: Job) -> None:
        self._job = job
        try:
            complete = self._brought_forward(job)
        except StudbookError as refusal:
            queue.settle(job, self.name, Job.State.FAILED, failure=refusal.sentence)
        except (queue.LeaseLostError, *LOST):
            raise
        except Exception as error:
            log.exception("Job %s broke off", job.pk)
            told = UNFORESEEN.format(kind=type(error).__name__, error=error)
            queue.settle(job, self.name, Job.State.FAILED, failure=told[:2000])
        else:
            if complete:
                queue.settle(job, self.name, Job.State.DONE)
            else:
                queue.put_back(job, self.name)

    def _brought_forward(self, job: Job) -> bool:
        """Make the chunks that are missing; tell whether all are there."""
        parts = queue.missing_parts(job)
        if not parts or job.state == Job.State.STOPPING:
            return not parts
        kind, data = kind_named(job.kind), bytes(job.input.data)
        told_to_stop = Event()

        def stop() -> bool:
            return self.is_ending or told_to_stop.is_set()

        for part, made in kind.work(data, parts, stop):
            if not queue.keep(job, self.name, part, made):
                told_to_stop.set()
        return not queue.missing_parts(job)

    def _beat(self) -> None:
        while not self._ending.wait(attendance.SECONDS_BETWEEN):
            self._safely(self._say_so)

    def _say_so(self) -> None:
        attendance.attend(self.name)
        job = self._job
        if job is not None:
            queue.extend(job, self.name)

    def _safely(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except LOST as error:
            log.warning("The worker could not say that it is at hand: %s", error)
        finally:
            _let_go()


def _let_go() -> None:
    # An idle worker holds no connection: the database may be replaced or restarted under it.
    if not connection.in_atomic_block:
        connection.close()
