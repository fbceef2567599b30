"""The worker that `make run` starts beside the server: a process of its own that does not outlive it.

It ends when it is told to, and by itself when the server is gone, however that ended. It is in a session of its own, so that
Ctrl-C reaches the server alone, and shares the server's lock, so that nobody replaces the database while it still works.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from scripts.local_environment import ROOT

SECONDS_TO_END = 10.0
COMMAND = [sys.executable, str(ROOT / "manage.py"), "work", "--tied", "--nice", "10"]


@contextmanager
def working(lock: TextIO) -> Iterator[subprocess.Popen[bytes]]:
    """Let a worker work as long as the block lasts."""
    # Threads that share out one small matrix wait for each other on cores that are busy, seconds instead of none.
    environment = {"OMP_NUM_THREADS": "1", **os.environ}
    worker = subprocess.Popen(
        COMMAND,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        pass_fds=[lock.fileno()],
    )
    starter = os.getpid()
    try:
        yield worker
    finally:
        end(worker, of=starter)


def end(worker: subprocess.Popen[bytes], *, of: int) -> None:
    """End the worker of a process; the server's own processes are forks of it, come here too, and end nothing."""
    if os.getpid() != of:
        return
    worker.terminate()
    try:
        worker.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        # In the middle of a long chunk; whoever takes the job up again makes it anew.
        worker.kill()
        worker.wait()
