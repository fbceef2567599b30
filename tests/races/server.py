"""The studbook as an installation serves it: worker processes with threads, on the test's own database."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from studbook.accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = {"sqlite": 1, "postgresql": 2}, 16  # as docs/deployment.md has them
SECONDS_TO_START, SECONDS_TO_ANSWER = 30.0, 60.0
TOKEN = "c" * 32


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes
    retry_after: str = ""


class Server:
    """A running server; it can be killed in the middle of its work and started anew."""

    def __init__(self, log: Path) -> None:
        self._log, self.port = log, _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "studbook.wsgi", "--no-control-socket"]
        command += ["--workers", str(WORKERS[connection.vendor]), "--threads", str(THREADS)]
        command += ["--bind", f"127.0.0.1:{self.port}"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment(), stdout=log, stderr=log, start_new_session=True
            )
        _await(self.port, self._log)

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace")


@contextmanager
def serving() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "server.log")
        try:
            server.start()
            yield server
        finally:
            server.stop()


class Window:
    """A person's window on the server: signed in, with the token of its forms."""

    def __init__(self, server: Server, person: User) -> None:
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self._server = server
        self._headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def get(self, path: str) -> Answer:
        with self._connected() as line:
            line.request("GET", path, headers=self._headers)
            return _answer(line.getresponse())

    def post(self, path: str, **fields: str) -> Answer:
        with self._connected() as line:
            self._send(line, path, fields)
            return _answer(line.getresponse())

    def post_and_leave(self, path: str, **fields: str) -> None:
        """Send, and go out of reach before the answer comes."""
        with self._connected() as line:
            self._send(line, path, fields)

    def _send(self, line: HTTPConnection, path: str, fields: dict[str, str]) -> None:
        line.request("POST", path, urlencode({"csrfmiddlewaretoken": TOKEN} | fields), self._headers)

    @contextmanager
    def _connected(self) -> Iterator[HTTPConnection]:
        line = HTTPConnection("127.0.0.1", self._server.port, timeout=SECONDS_TO_ANSWER)
        try:
            yield line
        finally:
            line.close()


UNANSWERED = (OSError, HTTPException)


def _answer(response: HTTPResponse) -> Answer:
    headers = response.headers
    return Answer(
        response.status, headers.get("Location", ""), response.read(), headers.get("Retry-After", "")
    )


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def environment() -> dict[str, str]:
    """Return what a process of its own needs to stand on the test's database."""
    return os.environ | {
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "HTTPS": "False",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }


def database_url() -> str:
    """Return the address of the test's database, as a process of its own is told it."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


def _await(port: int, log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        try:
            line = HTTPConnection("127.0.0.1", port, timeout=1)
            line.request("GET", "/health/")
            if line.getresponse().status == 200:
                return
        except UNANSWERED:
            time.sleep(0.1)
        finally:
            line.close()
    raise AssertionError(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")
