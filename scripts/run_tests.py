"""Run everything that says whether the studbook is sound, on both databases and in a browser: `make test`.

With arguments, run only the tests they name, on SQLite: `make test ARGS="tests/animals -k death"`.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from scripts.chromium import ChromiumMissingError, driver_program, find_chromium, refuse_broken_driver
from scripts.parts import Part, Report, State, exit_status, parts_not_run, read_report, summary
from scripts.postgres import throwaway_postgres
from scripts.postgres_binaries import PostgresUnavailableError
from scripts.postgres_keeper import end_orderly_on_request

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS_COLLECTED = 5
WITHOUT_DATABASE = "science and tools"
ON_SQLITE = "suite on SQLite"
ON_POSTGRES = "suite on PostgreSQL"
IN_BROWSER = "browser tests"
# The science and the tools know no database: they are tested once, everything else on both.
KNOW_NO_DATABASE = ("pedigree", "tests/pedigree", "tests/tooling")
Outcome = tuple[Part, Report]


def heading(name: str) -> None:
    print(f"\n=== {name} ===", flush=True)


def test_environment(**extra: str) -> dict[str, str]:
    """Return the present environment without the databases it names, with a key of this run."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith("PG")
    }
    # Two workers are what the cores hold: threads of arithmetic within each would only wait for each other.
    return {"OMP_NUM_THREADS": "1", **kept, "SECRET_KEY": secrets.token_urlsafe(64), **extra}


def in_parallel() -> list[str]:
    return ["-n", os.environ.get("WORKERS") or "2"]


def run_pytest(name: str, arguments: list[str], environment: dict[str, str]) -> Outcome:
    """Run pytest once and return what became of it, with its report."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        return pytest_part(name, status), read_report(report)


def pytest_part(name: str, status: int) -> Part:
    if status == NO_TESTS_COLLECTED:
        return Part(name, State.NOT_RUN, "no test belongs to it")
    return Part(name, State.PASSED if status == 0 else State.FAILED)


def run_check() -> Outcome:
    status = subprocess.run([sys.executable, "-m", "scripts.check"], cwd=ROOT, check=False).returncode
    return Part("check", State.PASSED if status == 0 else State.FAILED), Report()


def with_database() -> list[str]:
    left_out = [f"--ignore={folder}" for folder in KNOW_NO_DATABASE]
    return [*in_parallel(), "-m", "not browser", "tests", *left_out]


def run_without_database() -> Outcome:
    return run_pytest(WITHOUT_DATABASE, [*in_parallel(), *KNOW_NO_DATABASE], test_environment())


def run_on_sqlite() -> Outcome:
    return run_pytest(ON_SQLITE, with_database(), test_environment())


def run_on_postgres() -> Outcome:
    try:
        with throwaway_postgres() as server:
            print(f"A server of its own, from {server.binaries}.", flush=True)
            environment = test_environment(DATABASE_URL=server.url)
            return run_pytest(ON_POSTGRES, with_database(), environment)
    except PostgresUnavailableError as refusal:
        return Part(ON_POSTGRES, State.NOT_RUN, str(refusal)), Report()


def run_in_browser() -> Outcome:
    try:
        environment = test_environment(CHROMIUM=find_chromium())
        refuse_broken_driver(driver_program())
    except ChromiumMissingError as missing:
        return Part(IN_BROWSER, State.NOT_RUN, str(missing)), Report()
    # A file's tests share one studbook, so a file stays with one worker.
    return run_pytest(
        IN_BROWSER, [*in_parallel(), "--dist", "loadfile", "-m", "browser", "tests/browser"], environment
    )


def run_named(arguments: list[str]) -> int:
    try:
        environment = test_environment(CHROMIUM=find_chromium())
        refuse_broken_driver(driver_program())
    except ChromiumMissingError:
        environment = test_environment()
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, check=False
    ).returncode


def run_all() -> list[Part]:
    runs = {
        "check": run_check,
        WITHOUT_DATABASE: run_without_database,
        ON_SQLITE: run_on_sqlite,
        ON_POSTGRES: run_on_postgres,
        IN_BROWSER: run_in_browser,
    }
    parts: list[Part] = []
    reports: list[Report] = []
    for name, run in runs.items():
        heading(name)
        start = time.monotonic()
        part, report = run()
        parts.append(replace(part, seconds=time.monotonic() - start))
        reports.append(report)
    return [*parts, *parts_not_run(reports)]


def is_strict() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def main() -> None:
    end_orderly_on_request()
    try:
        if sys.argv[1:]:
            sys.exit(run_named(sys.argv[1:]))
        parts = run_all()
    except KeyboardInterrupt:
        sys.exit("Interrupted: the parts that were still to come have not run.")
    heading("summary")
    print(summary(parts), flush=True)
    sys.exit(exit_status(parts, strict=is_strict()))


if __name__ == "__main__":
    main()
