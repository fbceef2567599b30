"""Each entry is sent five times by a bad network, and is in the book once: on a real server that is killed meanwhile."""

import os
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from time import sleep

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal, Observation
from studbook.core.models import SentOnce
from tests.races.rounds import FIGURES
from tests.races.server import UNANSWERED, Answer, Server, Window, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KEYS = int(os.environ.get("KEYS") or 20)
SENDERS = 16


class Entries:
    """Notes of an animal, each with its key, and every answer that came back."""

    def __init__(self, server: Server, person: User, animal: Animal) -> None:
        self._window = Window(server, person)
        self._path = reverse("log_event", args=[animal.programme.code, animal.studbook_number, "note"])
        self._lock = Lock()
        self.answers: dict[int, list[Answer]] = defaultdict(list)

    def send(self, number: int) -> None:
        with suppress(*UNANSWERED):
            answer = self._window.post(self._path, **self._fields(number))
            with self._lock:
                self.answers[number].append(answer)

    def send_and_leave(self, number: int) -> None:
        with suppress(*UNANSWERED):
            self._window.post_and_leave(self._path, **self._fields(number))

    def _fields(self, number: int) -> dict[str, str]:
        return {"once_key": f"key {number}", "on": "2020-05-01", "note": f"entry {number}"}


def in_threads(deeds: list[Callable[[], None]]) -> None:
    with ThreadPoolExecutor(SENDERS) as pool:
        for done in [pool.submit(deed) for deed in deeds]:
            done.result()


def test_keys_sent_five_times__make_one_effect_each(cub: Animal, ada: User) -> None:
    with serving() as server:
        entries = Entries(server, ada, cub)
        numbers = range(KEYS)
        first = [
            lambda n=number, send=send: send(n)
            for number in numbers
            for send in (entries.send, entries.send, entries.send_and_leave)
        ]
        with ThreadPoolExecutor(1) as aside:
            sending = aside.submit(in_threads, first)
            while Observation.objects.count() < KEYS // 2 and not sending.done():
                sleep(0.05)
            server.kill()
            sending.result()
        server.start()
        for _ in range(2):
            in_threads([lambda n=number: entries.send(n) for number in numbers])
        log = server.log
    told = Counter(Observation.objects.values_list("note", flat=True))
    FIGURES.append(
        f"{KEYS} keys sent five times: {told.total()} effects, {SentOnce.objects.count()} keys kept"
    )
    assert told == {f"entry {number}": 1 for number in numbers}
    assert {number for number in numbers if len(entries.answers[number]) < 2} == set()
    assert {number: set(each) for number, each in entries.answers.items() if len(set(each)) > 1} == {}
    assert {answer.status for each in entries.answers.values() for answer in each} == {302}
    assert "Internal Server Error" not in log
