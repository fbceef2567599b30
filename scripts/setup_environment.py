"""Make `.venv` and install one requirement file into it, once.

Runs before anything is installed, so it uses the standard library only. A stamp inside `.venv` says where the
environment was made, by which Python, and from which requirement files; while all of that holds nothing is done.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# The other sets are resolved on top of the run-time set, so they bring that set with them.
BRINGS = {
    "requirements.txt": ["requirements.txt"],
    "requirements-fast.txt": ["requirements.txt", "requirements-fast.txt"],
    "requirements-cluster.txt": ["requirements.txt", "requirements-cluster.txt"],
    "requirements-dev.txt": ["requirements.txt", "requirements-dev.txt"],
}


class SetupError(Exception):
    """The environment cannot be made; the message says why and what helps."""


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stamp_path(root: Path) -> Path:
    return root / ".venv" / "studbook-setup.json"


def unfinished_path(root: Path) -> Path:
    return root / ".venv" / "studbook-setup-unfinished"


def python_of(root: Path) -> Path:
    return root / ".venv" / "bin" / "python"


def python_version(python: Path) -> str | None:
    """Return the version an interpreter gives of itself, or None when it does not run."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [python, "-I", "-S", "-c", question], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()


def read_stamp(root: Path) -> dict[str, Any]:
    try:
        stamp = json.loads(stamp_path(root).read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_current(root: Path, requirements: str) -> bool:
    """Tell whether `.venv` stands, where it was made, with exactly these requirements."""
    stamp = read_stamp(root)
    return (
        stamp.get("installed", {}).get(requirements) == fingerprint(root / requirements)
        and not unfinished_path(root).exists()
        and is_in_place(root)
    )


def is_in_place(root: Path) -> bool:
    """Tell whether the stamped environment was made here, by the Python that it still runs on."""
    stamp = read_stamp(root)
    version = python_version(python_of(root))
    return stamp.get("location") == str(root) and version is not None and stamp.get("python") == version


def is_usable(root: Path) -> bool:
    """Tell whether requirements may be installed into the `.venv` that is there."""
    if unfinished_path(root).exists():
        return False
    return is_in_place(root) if read_stamp(root) else _is_made_by_hand(root)


def _is_made_by_hand(root: Path) -> bool:
    pip = root / ".venv" / "bin" / "pip"
    if not pip.exists() or python_version(python_of(root)) is None:
        return False
    return str(python_of(root)) in pip.read_text(errors="replace").splitlines()[0]


def make_environment(root: Path) -> None:
    """Make `.venv` anew, marked unfinished until its requirements are in."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SetupError(
            f"{sys.executable} has no venv module, which `.venv` is made with. "
            "On Debian or Ubuntu `apt install python3-venv` brings it; then run the same command again."
        )
    print(f"Making .venv with Python {sys.version.split()[0]} ...", flush=True)
    shutil.rmtree(root / ".venv", ignore_errors=True)
    unfinished_path(root).parent.mkdir()
    unfinished_path(root).touch()
    if subprocess.run([sys.executable, "-m", "venv", root / ".venv"], check=False).returncode != 0:
        raise SetupError("`.venv` could not be made; the lines above say why.")


def install(root: Path, requirements: str) -> None:
    """Install the requirement file and what it brings; the stamp is written last."""
    print(f"Installing {requirements} ...", flush=True)
    unfinished_path(root).touch()
    stamp_path(root).unlink(missing_ok=True)
    files = [argument for name in BRINGS[requirements] for argument in ("-r", str(root / name))]
    command = [str(python_of(root)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *files]
    if subprocess.run(command, check=False).returncode != 0:
        raise SetupError(
            f"The packages of {requirements} could not be installed; the lines above say why. "
            "Run the same command again when the package index can be reached."
        )
    write_stamp(root, requirements)


def write_stamp(root: Path, requirements: str) -> None:
    stamp = {
        "location": str(root),
        "python": python_version(python_of(root)),
        "installed": {name: fingerprint(root / name) for name in BRINGS[requirements]},
    }
    draft = stamp_path(root).with_suffix(".draft")
    draft.write_text(json.dumps(stamp, indent=2) + "\n")
    os.replace(draft, stamp_path(root))
    unfinished_path(root).unlink()


def set_up(root: Path, requirements: str) -> bool:
    """Bring `.venv` to the requirement file; return whether anything had to be done."""
    (root / "var").mkdir(exist_ok=True)
    with (root / "var" / "setup.lock").open("w") as lock:
        # Two terminals may start at once; the second finds everything done.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_current(root, requirements):
            return False
        if not is_usable(root):
            make_environment(root)
        install(root, requirements)
    return True


def main() -> None:
    try:
        set_up(ROOT, sys.argv[1])
    except SetupError as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit("Interrupted: the set-up is not finished and starts again with the next command.")


if __name__ == "__main__":
    main()
