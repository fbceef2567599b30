"""A lock held long, a full disk: the person is told in words, nothing is half done, and work goes on afterwards."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from threading import Thread
from time import monotonic

import pytest
from django.db import connection
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal, Observation
from studbook.programmes.models import Programme
from tests.races.server import ROOT, Answer, Server, Window, database_url, serving
from tests.races.test_busy import another_change

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WAITING = 10
SECONDS_OF_HEALTH = 1.0
ROOM = 64 * 1024


@pytest.fixture(scope="module")
def address() -> Callable[[Animal], str]:
    return lambda animal: reverse("log_event", args=[animal.programme.code, animal.studbook_number, "note"])


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def test_health__is_told_at_once_while_many_wait_for_a_long_change(
    server: Server, programme: Programme, cub: Animal, ada: User, address: Callable[[Animal], str]
) -> None:
    window, answers = Window(server, ada), list[Answer]()

    def write(number: int) -> None:
        answers.append(window.post(address(cub), once_key=str(number), on="2020-05-01", note=str(number)))

    waiting = [Thread(target=write, args=(number,)) for number in range(WAITING)]
    with ExitStack() as held:
        held.enter_context(another_change(programme))
        for each in waiting:
            each.start()
        waiting[0].join(0.5)
        for path in ("/health/", reverse("animal", args=[programme.code, "7"])):
            assert window.get(path).status == 200
            start = monotonic()
            assert window.get("/health/").status == 200
            assert monotonic() - start < SECONDS_OF_HEALTH
        assert answers == []
    for each in waiting:
        each.join()
    assert [answer.status for answer in answers] == [302] * WAITING
    assert Observation.objects.count() == WAITING


FULL_DISK = """
import os, resource, sys, django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from studbook.accounts.models import User
settings.ALLOWED_HOSTS = ["testserver"]
address, room = sys.argv[1], int(sys.argv[2])
client = Client()
client.force_login(User.objects.get(username="ada"))
with connection.cursor() as cursor:
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
answers = [client.post(address, {"on": "2020-05-01", "note": "x" * 3000, "once_key": str(n)}) for n in range(40)]
full = [each for each in answers if each.status_code != 302]
print(len(answers) - len(full), sorted({each.status_code for each in full}), full[-1].headers["Retry-After"])
print("disk takes no more" in full[-1].content.decode())
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(client.post(address, {"on": "2020-05-01", "note": "room again", "once_key": "last"}).status_code)
"""


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the files of a server are not this process's")
def test_a_full_disk__is_told_and_keeps_what_was_acknowledged(
    cub: Animal, ada: User, address: Callable[[Animal], str]
) -> None:
    connection.close()
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "studbook.settings",
        "SECRET_KEY": "k" * 60,
        "HTTPS": "False",
    }
    command = [sys.executable, "-c", FULL_DISK, address(cub), str(ROOM)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    written, sentence, afterwards = done.stdout.split("\n")[:3]
    saved, answers = written.split(" ", 1)
    assert (answers, sentence, afterwards) == ("[503] 300", "True", "302")
    assert Observation.objects.count() == int(saved) + 1
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)
