"""32 people write at once on a real server: what was acknowledged is in the book once, and nobody met an error."""

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import quantiles
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal, Observation
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import animal_at
from tests.races.rounds import FIGURES
from tests.races.server import Answer, Server, Window, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLIENTS = 32
SECONDS = float(os.environ.get("LOAD") or 6)
ANIMALS = 12
DONE = 302


@dataclass
class Client:
    """One person at work: notes, weights and edits of what others edit too; each fifth is sent twice."""

    window: Window
    animals: list[Animal]
    number: int
    acknowledged: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def work(self, until: float) -> None:
        turn = self.number
        while time.monotonic() < until:
            turn += 1
            kind = (self._note, self._weight, self._edit)[turn % 3]
            kind(self.animals[turn % len(self.animals)], again=turn % 5 == 0)

    def _note(self, animal: Animal, *, again: bool) -> None:
        mark = str(uuid4())
        self._write(animal, "note", mark, again, note=mark, on="2020-05-01")

    def _weight(self, animal: Animal, *, again: bool) -> None:
        mark = str(uuid4())
        self._write(animal, "weight", mark, again, note=mark, on="2020-05-01", weight="38.5 kg")

    def _write(self, animal: Animal, kind: str, mark: str, again: bool, **fields: str) -> None:
        path = reverse("log_event", args=[animal.programme.code, animal.studbook_number, kind])
        answers = {self._post(path, once_key=mark, **fields) for _ in range(2 if again else 1)}
        assert len(answers) == 1
        if answers.pop().status == DONE:
            self.acknowledged.append(mark)

    def _edit(self, animal: Animal, *, again: bool) -> None:
        mark = str(uuid4())
        path = reverse("correct_animal", args=[animal.programme.code, animal.studbook_number])
        version = self._version_of(animal)
        fields = {"note": mark, "sex": "M", "birth_type": animal.birth_type, "rearing": animal.rearing}
        answer = self._post(path, once_key=mark, opened_version=str(version), reason="seen anew", **fields)
        if answer.status == DONE:
            self.edited.append(mark)

    @staticmethod
    def _version_of(animal: Animal) -> int:
        try:
            return Animal.objects.values_list("version", flat=True).get(pk=animal.pk)
        finally:
            connection.close()

    def _post(self, path: str, **fields: str) -> Answer:
        start = time.monotonic()
        answer = self.window.post(path, **fields)
        self.seconds.append(time.monotonic() - start)
        self.statuses[answer.status] += 1
        return answer


@pytest.fixture
def animals(programme: Programme, zoo: Institution) -> list[Animal]:
    return [
        animal_at(zoo, programme=programme, studbook_number=str(number), sex="M", birth=None)
        for number in range(1, ANIMALS + 1)
    ]


def at_work(server: Server, people: list[User], animals: list[Animal]) -> list[Client]:
    clients = [Client(Window(server, people[n % len(people)]), animals, n) for n in range(CLIENTS)]
    until = time.monotonic() + SECONDS
    # Not `at_once`: the clients have no connection to the database, only the server has.
    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(client.work, until) for client in clients]:
            done.result()
    return clients


def figures_of(clients: list[Client], found: int, statuses: Counter[int]) -> str:
    seconds = sorted(second for client in clients for second in client.seconds)
    cuts = quantiles(seconds, n=20)
    sent = sum(len(client.acknowledged) + len(client.edited) for client in clients)
    return (
        f"{connection.vendor:<11} {CLIENTS} clients for {SECONDS:.0f} s: {sent} acknowledged, {found} found, "
        f"answers {dict(statuses)}, {len(seconds) / SECONDS:.1f} a second, "
        f"p50 {cuts[9]:.2f} s, p95 {cuts[18]:.2f} s, longest {seconds[-1]:.2f} s"
    )


def test_writing_of_many__loses_nothing_and_fails_nobody(
    animals: list[Animal], ada: User, bo: User, rita: User
) -> None:
    with serving() as server:
        clients = at_work(server, [ada, bo, rita], animals)
        log = server.log
    acknowledged = [mark for client in clients for mark in client.acknowledged]
    statuses = sum((client.statuses for client in clients), Counter())
    found = Counter(Observation.objects.values_list("note", flat=True))
    edits = sum(len(client.edited) for client in clients)
    versions = sum(Animal.objects.values_list("version", flat=True)) - len(animals)
    FIGURES.append(figures_of(clients, found.total() + versions, statuses))
    assert found == Counter(acknowledged)
    assert versions == edits
    assert {status for status in statuses if status >= 500} == set()
    assert "Internal Server Error" not in log
