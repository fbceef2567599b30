"""Keep one throw-away PostgreSQL server for the process that started this one.

Start it, say where it is, wait until standard input closes, stop it, remove its folder. A process of its own, in a
session of its own: when the one it works for is killed outright, its end of the pipe closes all the same.
"""

import ctypes
import json
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from scripts.postgres_binaries import PostgresUnavailableError

SUPERUSER = "studbook"
START_SECONDS = 60
LONGEST_SOCKET_FOLDER = 80
PR_SET_PDEATHSIG = 1
# Nothing here has to survive a power cut, and nothing may stay in shared memory afterwards.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "dynamic_shared_memory_type": "mmap",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "timezone": "UTC",
}


class Account:
    """Whom the server runs as: PostgreSQL refuses root, so root lends it an unprivileged user that exists."""

    def __init__(self) -> None:
        self.entry = self._unprivileged_entry() if os.geteuid() == 0 else None

    @staticmethod
    def _unprivileged_entry() -> pwd.struct_passwd:
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise PostgresUnavailableError(
            "PostgreSQL refuses to run as root, and this machine has neither a postgres nor a nobody user to lend it; "
            "run the tests as an ordinary user"
        )

    def popen(self, command: list[str | Path], folder: Path, log: int) -> subprocess.Popen[bytes]:
        """Start a program of the server as this account, in a clean environment."""
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        user = self.entry.pw_uid if self.entry else None
        group = self.entry.pw_gid if self.entry else None
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=user,
            group=group,
            extra_groups=[] if self.entry else None,
            preexec_fn=_end_with_parent,
        )

    def own(self, path: Path) -> None:
        if self.entry:
            os.chown(path, self.entry.pw_uid, self.entry.pw_gid, follow_symlinks=False)

    def may_enter(self, folder: Path) -> bool:
        return self.entry is None or all(
            step.stat().st_mode & stat.S_IXOTH for step in (folder, *folder.parents)
        )


def _end_with_parent() -> None:
    # If the keeper itself is killed outright, the kernel tells the server to shut down. Linux only.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def make_folder(account: Account) -> Path:
    """Make the cluster's folder where its account may enter and a socket's path is not too long."""
    for base in map(Path, (tempfile.gettempdir(), "/tmp", "/var/tmp")):  # noqa: S108
        if base.is_dir() and account.may_enter(base.resolve()) and len(str(base)) < LONGEST_SOCKET_FOLDER:
            folder = Path(tempfile.mkdtemp(prefix="studbook-postgres-", dir=base.resolve()))
            account.own(folder)
            return folder
    raise PostgresUnavailableError(
        "no temporary folder is open to the PostgreSQL server; point TMPDIR to one"
    )


def run(account: Account, command: list[str | Path], folder: Path) -> None:
    """Run a program to its end; its last words become the refusal when it fails."""
    log = folder / "program.log"
    with log.open("wb") as out:
        status = account.popen(command, folder, out.fileno()).wait()
    if status != 0:
        raise PostgresUnavailableError(f"{Path(command[0]).name} failed: {last_words(log)}")


def last_words(log: Path) -> str:
    return " ".join(log.read_text(errors="replace").split()[-60:]) or "it said nothing"


def reachable_binaries(account: Account, binaries: Path, folder: Path) -> Path:
    """Return the programs, or a copy of their whole tree when the account cannot reach the original."""
    try:
        run(account, [binaries / "postgres", "--version"], folder)
    except (OSError, PostgresUnavailableError):
        if account.entry is None or not (binaries.parent / "share").is_dir():
            raise
        return copy_tree(account, binaries.parent, folder / "install") / binaries.name
    return binaries


def copy_tree(account: Account, tree: Path, target: Path) -> Path:
    """Copy an installation, and the libraries that a wheel keeps in a folder beside its package."""
    package = tree.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(tree, target / package.name / tree.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for path in (target, *target.rglob("*")):
        account.own(path)
    return target / package.name / tree.name


def initialise(account: Account, binaries: Path, folder: Path) -> None:
    options = [f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    run(account, [binaries / "initdb", "-D", folder / "data", *options], folder)


def start(account: Account, binaries: Path, folder: Path) -> subprocess.Popen[bytes]:
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    with (folder / "server.log").open("wb") as log:
        command: list[str | Path] = [binaries / "postgres", "-D", folder / "data", "-k", folder, *settings]
        return account.popen(command, folder, log.fileno())


def wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait for the line by which the server says in its process file that it takes connections."""
    end = time.monotonic() + START_SECONDS
    process_file = folder / "data" / "postmaster.pid"
    while server.poll() is None and time.monotonic() < end:
        if process_file.exists() and process_file.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.02)
    raise PostgresUnavailableError(
        f"the PostgreSQL server did not start: {last_words(folder / 'server.log')}"
    )


def stop(server: subprocess.Popen[bytes]) -> None:
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(request)
        try:
            server.wait(timeout=10)
            return
        except subprocess.TimeoutExpired:
            continue


def keep(binaries: Path) -> None:
    account = Account()
    folder = make_folder(account)
    server = None
    try:
        binaries = reachable_binaries(account, binaries, folder)
        initialise(account, binaries, folder)
        server = start(account, binaries, folder)
        wait_until_ready(server, folder)
        say(folder=str(folder), server=server.pid)
        sys.stdin.buffer.read()
    finally:
        if server is not None:
            stop(server)
        shutil.rmtree(folder)


def say(**words: str | int) -> None:
    print(json.dumps(words), flush=True)


def end_orderly_on_request() -> None:
    """Let a request to end unwind this process, so that what it began is undone."""
    for request in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, _leave)


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main() -> None:
    end_orderly_on_request()
    try:
        keep(Path(sys.argv[1]))
    except BrokenPipeError:
        # The one it was for ended during the start; everything is removed by now and nobody is left to tell.
        os._exit(0)
    except (PostgresUnavailableError, OSError) as refusal:
        say(refusal=str(refusal))


if __name__ == "__main__":
    main()
