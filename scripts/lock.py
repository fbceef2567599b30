"""Compile the requirement files, and tell without a network whether they are in step: `make lock`.

Each compiled file says, in one line, the digest of the files it was compiled from.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = {
    "requirements.txt": ["requirements.in"],
    "requirements-fast.txt": ["requirements-fast.in", "requirements.txt"],
    "requirements-cluster.txt": ["requirements-cluster.in", "requirements.txt"],
    "requirements-dev.txt": [
        "requirements-dev.in",
        *("requirements.in", "requirements-fast.in", "requirements-cluster.in"),
        *("requirements.txt", "requirements-fast.txt", "requirements-cluster.txt"),
    ],
    "requirements-bench.txt": ["requirements-bench.in", "requirements.txt", "requirements-fast.txt"],
    "requirements-peers.txt": ["requirements-peers.in"],
}
COMMAND = [
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--custom-compile-command", "make lock", "--no-emit-index-url", "--no-emit-find-links"),
]
HEADER_LINES = 2


def digest_line(root: Path, compiled: str) -> str:
    digest = hashlib.sha256()
    for name in SOURCES[compiled]:
        digest.update((root / name).read_bytes())
    return f"# sha256 of {' + '.join(SOURCES[compiled])}: {digest.hexdigest()}"


def find_stale(root: Path) -> list[str]:
    """Return the compiled files that were not compiled from the present sources."""
    return [name for name in SOURCES if digest_line(root, name) not in (root / name).read_text().splitlines()]


def compile_requirements(root: Path, compiled: str, extra: list[str]) -> None:
    source = SOURCES[compiled][0]
    subprocess.run([sys.executable, "-m", *COMMAND, *extra, source, "-o", compiled], cwd=root, check=True)
    lines = (root / compiled).read_text().splitlines()
    lines.insert(HEADER_LINES, digest_line(root, compiled))
    (root / compiled).write_text("\n".join(lines) + "\n")


def main() -> None:
    if sys.argv[1:] == ["--check"]:
        if stale := find_stale(ROOT):
            sys.exit(f"{' and '.join(stale)}: not compiled from the present .in files; run `make lock`.")
        return
    for name in SOURCES:
        try:
            compile_requirements(ROOT, name, sys.argv[1:])
        except subprocess.CalledProcessError:
            sys.exit(f"{name} could not be compiled and is unchanged; the lines above say why.")


if __name__ == "__main__":
    main()
