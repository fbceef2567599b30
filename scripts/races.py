"""Race, load, kill and resend at length, on both databases, and print the figures: `make races`.

The ordinary suite does some of each; this does 300 rounds of every race, a minute of 32 people writing, a kill at
every statement, a thousand entries sent five times, 200 random lives of a book, and the matrix of rights with every method.
It takes some hours.
"""

import subprocess
import sys

from scripts.postgres import throwaway_postgres
from scripts.postgres_binaries import PostgresUnavailableError
from scripts.postgres_keeper import end_orderly_on_request
from scripts.run_tests import ROOT, heading, test_environment

AT_LENGTH = {"AT_LENGTH": "1", "RACES": "300", "LOAD": "60", "KEYS": "1000"}
EVERYTHING = ["tests/races", "tests/house/test_permissions.py"]


def run_races(name: str, arguments: list[str], **database: str) -> int:
    """Run the tests of races once, one after the other so that the figures are of one thing each."""
    heading(name)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", *(arguments or EVERYTHING)]
    environment = test_environment(**AT_LENGTH, **database)
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main() -> None:
    end_orderly_on_request()
    arguments = sys.argv[1:]
    statuses = [run_races("SQLite", arguments)]
    try:
        with throwaway_postgres() as server:
            statuses.append(run_races("PostgreSQL", arguments, DATABASE_URL=server.url))
    except PostgresUnavailableError as refusal:
        sys.exit(f"PostgreSQL could not be started: {refusal}. Nothing is known of it.")
    sys.exit(max(statuses))


if __name__ == "__main__":
    main()
