"""What `make run` refuses, and the key it makes once."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import worker
from scripts.local_environment import read_or_make_secret_key
from scripts.reset_demonstration import companions, put_in_place
from scripts.serve import HOST, PortError, read_port, refuse_closed_port
from scripts.serve_lock import DatabaseInUseError, replacing, serving


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "8000x", "٣"])
def test_read_port__refuses_what_is_no_port(text: str) -> None:
    with pytest.raises(PortError, match="give a number from 1 to 65535"):
        read_port(text)


def test_read_port__takes_a_number() -> None:
    assert read_port("8001") == 8001


def test_refuse_closed_port__names_the_port_and_the_remedy() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=rf"Port {port} is taken by another program: .*make run PORT="):
            refuse_closed_port(port)
    refuse_closed_port(port)


def test_read_or_make_secret_key__makes_one_key_for_its_owner_only(tmp_path: Path) -> None:
    key = read_or_make_secret_key(tmp_path / "var")
    assert len(key) >= 50
    assert read_or_make_secret_key(tmp_path / "var") == key
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_replacing__refuses_while_served(tmp_path: Path) -> None:
    sentence = "stop `make run` with Ctrl-C first"
    with serving(tmp_path), pytest.raises(DatabaseInUseError, match=sentence), replacing(tmp_path):
        pass
    with replacing(tmp_path):
        pass


def test_serving__may_be_done_twice(tmp_path: Path) -> None:
    with serving(tmp_path), serving(tmp_path):
        pass


def test_put_in_place__leaves_no_old_journal(tmp_path: Path) -> None:
    draft, database = tmp_path / "draft", tmp_path / "database"
    draft.write_text("new")
    for path in (database, *companions(database)):
        path.write_text("old")
    put_in_place(draft, database)
    assert database.read_text() == "new"
    assert list(tmp_path.iterdir()) == [database]


@pytest.fixture
def quick_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the worker be a process that only waits for its end."""
    monkeypatch.setattr(worker, "COMMAND", [sys.executable, "-c", "import time; time.sleep(60)"])


def test_working__ends_the_worker_with_the_server(tmp_path: Path, quick_worker: None) -> None:
    with serving(tmp_path) as lock, worker.working(lock) as started:
        assert started.poll() is None
    assert started.poll() is not None


def test_working__is_not_ended_by_a_fork_of_the_server(tmp_path: Path, quick_worker: None) -> None:
    with serving(tmp_path) as lock, worker.working(lock) as started:
        fork = os.fork()
        if fork == 0:
            worker.end(started, of=os.getpid() + 1)
            os._exit(0)
        os.waitpid(fork, 0)
        assert started.poll() is None


def test_working__keeps_the_database_in_use_until_the_worker_is_gone(
    tmp_path: Path, quick_worker: None
) -> None:
    with serving(tmp_path) as lock:
        started = subprocess.Popen(worker.COMMAND, pass_fds=[lock.fileno()])
    with pytest.raises(DatabaseInUseError), replacing(tmp_path):
        pass
    started.kill()
    started.wait()
    with replacing(tmp_path):
        pass
