import os
import signal
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import sleep
from typing import Any

from django.core.management.base import BaseCommand

from studbook.core.jobs.worker import Worker

SECONDS_BETWEEN_LOOKS = 0.5
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Command(BaseCommand):
    help = "Do the jobs that wait, such as projections, until told to end (Ctrl-C, SIGTERM)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when no job waits; for cron")
        parser.add_argument("--tied", action="store_true", help="end with the process that started this one")
        parser.add_argument(
            "--nice",
            type=int,
            default=0,
            help="let others go first, from 0 to 19: people who wait for a page",
        )

    def handle(self, *_: Any, once: bool, tied: bool, nice: int, **__: Any) -> None:
        if nice > 0:
            os.nice(nice)
        worker = Worker()
        if tied:
            Thread(target=_end_with_parent, args=(worker, os.getppid()), daemon=True).start()
        with _ended_by_signals(worker):
            taken = worker.run(once=once)
        if once:
            self.stdout.write(f"{taken} job{'' if taken == 1 else 's'} taken up.")


@contextmanager
def _ended_by_signals(worker: Worker) -> Iterator[None]:
    before = {number: signal.signal(number, lambda *_: worker.end()) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_with_parent(worker: Worker, parent: int) -> None:
    while os.getppid() == parent:
        sleep(SECONDS_BETWEEN_LOOKS)
    worker.end()
