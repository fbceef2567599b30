"""A throw-away PostgreSQL server: `python -m scripts.postgres run -- COMMAND...`, or a context manager.

The cluster lives in a new temporary folder, listens on a socket in it and nowhere else, and is gone afterwards,
however the run ends.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.postgres_binaries import PostgresUnavailableError, find_binaries
from scripts.postgres_keeper import SUPERUSER, end_orderly_on_request

ROOT = Path(__file__).resolve().parent.parent
STOP_SECONDS = 60
USAGE = "usage: python -m scripts.postgres run -- COMMAND [ARGUMENT ...]"


@dataclass(frozen=True, slots=True)
class PostgresServer:
    folder: Path  # of the cluster, its socket and its log
    pid: int
    binaries: Path

    @property
    def url(self) -> str:
        return f"postgres://{SUPERUSER}@/{self.folder}/postgres"

    @property
    def environment(self) -> dict[str, str]:
        """The present environment with this server in it, for Django and for PostgreSQL's own programs."""
        own = {"PGHOST": str(self.folder), "PGUSER": SUPERUSER, "PGDATABASE": "postgres"}
        return {**os.environ, **own, "DATABASE_URL": self.url}


@contextmanager
def throwaway_postgres(binaries: Path | None = None) -> Iterator[PostgresServer]:
    """Start a server from the given program folder, or the one found, and remove it afterwards."""
    chosen = binaries or find_binaries()
    command = [sys.executable, "-m", "scripts.postgres_keeper", str(chosen)]
    keeper = subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    with keeper:
        try:
            yield _await_server(keeper, chosen)
        finally:
            keeper.communicate(timeout=STOP_SECONDS)


def _await_server(keeper: subprocess.Popen[str], binaries: Path) -> PostgresServer:
    assert keeper.stdout is not None  # noqa: S101
    line = keeper.stdout.readline()
    if not line:
        raise PostgresUnavailableError("the PostgreSQL server did not start; the lines above say why")
    words = json.loads(line)
    if "refusal" in words:
        raise PostgresUnavailableError(words["refusal"])
    return PostgresServer(Path(words["folder"]), words["server"], binaries)


def run(command: list[str]) -> int:
    """Run a command with a server of its own and return its exit status."""
    with throwaway_postgres() as server:
        process = subprocess.Popen(command, env=server.environment)
        try:
            status = process.wait()
        finally:
            _end(process)
    return status if status >= 0 else 128 - status


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    if sys.argv[1:3] != ["run", "--"] or len(sys.argv) < 4:
        sys.exit(USAGE)
    end_orderly_on_request()
    try:
        sys.exit(run(sys.argv[3:]))
    except PostgresUnavailableError as refusal:
        sys.exit(f"PostgreSQL could not be started: {refusal}.")
    except FileNotFoundError as missing:
        sys.exit(f"{missing.filename} is not a program on this machine's PATH.")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
