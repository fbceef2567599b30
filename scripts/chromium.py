"""Where this machine's Chromium is, for the browser tests, and whether it can be driven."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


class ChromiumMissingError(Exception):
    """No Chromium is here to drive; the message says what helps."""


def find_chromium() -> str:
    """Return the program that CHROMIUM names, or the first Chromium on PATH."""
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else NAMES:
        if path := shutil.which(name):
            return path
    if named:
        raise ChromiumMissingError(f"CHROMIUM names {named}, which is not a program")
    raise ChromiumMissingError(
        f"no Chromium was found ({', '.join(NAMES)}): install one, or name one with CHROMIUM="
    )


def refuse_broken_driver(program: Path) -> None:
    """Refuse a driver that does not start: a bare machine may lack a library it is linked to."""
    process = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    if process.returncode:
        said = process.stderr.strip().rpartition("error while ")[2]
        raise ChromiumMissingError(
            f"the driver of the browser tests does not start ({said}): on Debian, install libatomic1"
        )


def driver_program() -> Path:
    """Return the program that Playwright drives the browser with."""
    from playwright._impl._driver import compute_driver_executable

    return Path(compute_driver_executable()[0])
