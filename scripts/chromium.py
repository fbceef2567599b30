"""Where this machine's Chromium is, for the browser tests."""

import os
import shutil

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
