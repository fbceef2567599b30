"""The throw-away PostgreSQL: it answers, and nothing of it stays, however the run ends."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest

from scripts.postgres import ROOT, PostgresServer, run, throwaway_postgres
from scripts.postgres_binaries import PostgresUnavailableError, find_binaries, wheel_folders

PATIENCE = 60
TELL = "import os; print(os.environ['PGHOST'], flush=True); import time; time.sleep(60)"

pytestmark = pytest.mark.slow
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux lists its processes in /proc.")


@pytest.fixture(autouse=True)
def _needs_binaries() -> None:
    try:
        find_binaries()
    except PostgresUnavailableError as refusal:
        pytest.skip(str(refusal))


def ask(server: PostgresServer, question: str) -> object:
    connection = psycopg2.connect(host=str(server.folder), user="studbook", dbname="postgres")
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            row = cursor.fetchone()
            assert row is not None
            return row[0]
    finally:
        connection.close()


def eventually(claim: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not claim() and time.monotonic() < end:
        time.sleep(0.05)
    return claim()


def processes_with(text: str) -> list[int]:
    """Return the processes with this text in their command line, from the kernel's own list."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if text in words:
            found.append(int(entry.parent.name))
    return found


def is_gone(folder: Path) -> bool:
    return not folder.exists() and not processes_with(str(folder))


def children_with(process: subprocess.Popen[str], text: str) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [pid for pid in processes_with(text) if str(pid) in children]


def runner() -> tuple[subprocess.Popen[str], Path]:
    """Start the command line with a command that tells its server's folder and then waits."""
    command = [sys.executable, "-m", "scripts.postgres", "run", "--", sys.executable, "-c", TELL]
    # What a shell runs in the background ignores interrupts, and so would its children.
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, former)
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    assert (folder / "data").is_dir()
    return process, folder


def test_throwaway_postgres__answers_and_leaves_nothing() -> None:
    with throwaway_postgres() as server:
        assert ask(server, "SHOW server_encoding") == "UTF8"
        assert ask(server, "SELECT datcollate FROM pg_database WHERE datname = 'template0'") == "C.UTF-8"
        assert ask(server, "SHOW listen_addresses") == ""
        assert server.pid in processes_with(str(server.folder))
    assert is_gone(server.folder)


def test_throwaway_postgres__leaves_nothing_after_an_error() -> None:
    with pytest.raises(LookupError), throwaway_postgres() as server:
        raise LookupError(server.folder)
    assert is_gone(server.folder)


def test_throwaway_postgres__runs_the_wheels_programs() -> None:
    folders = wheel_folders()
    if not folders:
        pytest.skip("The wheel with PostgreSQL's programs is not installed.")
    with throwaway_postgres(folders[0]) as server:
        assert ask(server, "SELECT 1") == 1
    assert is_gone(server.folder)


def test_throwaway_postgres__says_why_it_cannot(tmp_path: Path) -> None:
    for program in ("initdb", "postgres"):
        (tmp_path / program).write_text("#!/bin/sh\necho the disk is full\nexit 1\n")
        (tmp_path / program).chmod(0o755)
    message = r"the disk is full|Permission denied"
    with pytest.raises(PostgresUnavailableError, match=message), throwaway_postgres(tmp_path):
        pass


def test_run__passes_the_commands_status_on(capfd: pytest.CaptureFixture[str]) -> None:
    tell = "import os, sys; print(os.environ['PGHOST']); sys.exit(7)"
    assert run([sys.executable, "-c", tell]) == 7
    assert is_gone(Path(capfd.readouterr().out.strip()))


@pytest.mark.parametrize(("request_to_end", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_run__leaves_nothing_when_ended(request_to_end: signal.Signals, status: int) -> None:
    process, folder = runner()
    with process:
        process.send_signal(request_to_end)
        assert process.wait(PATIENCE) == status
    assert is_gone(folder)


@needs_proc
def test_run__leaves_nothing_when_killed() -> None:
    process, folder = runner()
    (command,) = children_with(process, "time.sleep")
    with process:
        process.kill()
        os.kill(command, signal.SIGKILL)
    assert eventually(lambda: is_gone(folder))


@needs_proc
def test_run__stops_the_server_when_everything_is_killed() -> None:
    process, folder = runner()
    with process:
        for pid in [*children_with(process, "postgres_keeper"), *children_with(process, "time.sleep")]:
            os.kill(pid, signal.SIGKILL)
        process.kill()
    assert eventually(lambda: not processes_with(str(folder)))
    shutil.rmtree(folder)
