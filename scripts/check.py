"""Every check that reads the code without running its tests: `make check`. All findings are shown, not the first."""

import os
import secrets
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS_FOLDER = Path(sys.executable).parent
AT_ONCE = 2
CHECKS = {
    "lint": ["ruff", "check", "--quiet"],
    "format": ["ruff", "format", "--check", "--quiet"],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
    "import contracts": ["lint-imports"],
    "types": ["mypy", "studbook", "pedigree", "scripts"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "system check": ["python", "manage.py", "check", "--fail-level", "WARNING"],
    "deploy check": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "requirement files": ["python", "-m", "scripts.lock", "--check"],
}


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    passed: bool
    output: str


def production_environment(folder: str) -> dict[str, str]:
    """Return the environment of a real installation, on an empty database of its own."""
    return {
        **os.environ,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DEBUG": "False",
        "HTTPS": "True",
        "ALLOWED_HOSTS": "studbook.example",
        "DATABASE_URL": f"sqlite:///{folder}/check.sqlite3",
    }


def run_check(name: str, environment: dict[str, str]) -> Finding:
    program, *arguments = CHECKS[name]
    process = subprocess.run(
        [SCRIPTS_FOLDER / program, *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return Finding(name, process.returncode == 0, process.stdout.strip())


def show(finding: Finding) -> None:
    print(f"{'passed' if finding.passed else 'FAILED'}  {finding.name}", flush=True)
    if not finding.passed:
        print(f"\n{finding.output}\n", flush=True)


def run_checks() -> list[Finding]:
    """Run all checks, a few at once, and show each in its place."""
    findings = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        environment = production_environment(folder)
        for finding in pool.map(lambda name: run_check(name, environment), CHECKS):
            show(finding)
            findings.append(finding)
    return findings


def main() -> None:
    failed = [finding.name for finding in run_checks() if not finding.passed]
    if failed:
        sys.exit(f"make check: failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
