"""Measure the engine beside its peers and print one table of ratios: `make bench`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import plans
from benchmarks.table import lines, machine_lines, missed, name
from benchmarks.targets import PARTS, PEER, Comparison, Found, Key, compared, keys, measure_all
from benchmarks.timing import Measured

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
PEERS_PYTHON = ROOT / ".venv-bench" / "peers" / "bin" / "python"
OURS, PEERS = ("numpy", "numba"), ("sgkit", "numpy", "numba")
VERSIONS = "import sys; from importlib.metadata import version; print(', '.join(f'{p} {version(p)}' for p in sys.argv[1:]))"
PLANS = "plans"
ALL = (*PARTS, PLANS)
MEASURED = "measured"


def main() -> None:
    """Measure the parts asked for; write the page when that is all of them."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=...", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"any of: {', '.join(ALL)} (default: all)")
    parser.add_argument("--skip", action="append", default=[], choices=ALL, help="leave a part out")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(ALL):
        parser.error(f"there is no part {sorted(unknown)[0]}; the parts are {', '.join(ALL)}")
    parts = tuple(part for part in chosen.parts or ALL if part not in chosen.skip)
    comparisons = compared(parts)
    found = measure_all(keys(comparisons), _in_a_process)
    runs = {MEASURED: "\n".join(report(comparisons, found, machine()))}
    if PLANS in parts:
        runs[PLANS] = "\n".join(plans.lines())
    sys.stdout.write("\n\n".join(runs.values()) + "\n")
    if set(parts) == set(ALL):
        PAGE.write_text(with_runs(PAGE.read_text(), runs))
    if short := missed(comparisons, found):
        sys.exit("Targets missed: " + "; ".join(short))


def _in_a_process(key: Key) -> Measured:
    sys.stderr.write(f"{name(key)} ...\n")
    by_peer = key[1] == PEER
    module, python = ("peers", PEERS_PYTHON) if by_peer else ("measure", Path(sys.executable))
    command = [str(python), "-W", "ignore", "-m", f"benchmarks.{module}", *map(str, key)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if answer.returncode != 0:
        sys.exit(f"{name(key)} could not be measured:\n{answer.stderr}")
    return Measured(**json.loads(answer.stdout.splitlines()[-1]))


def report(comparisons: tuple[Comparison, ...], found: Found, on: dict[str, str]) -> Iterator[str]:
    """Yield the lines of a run."""
    yield from machine_lines(on)
    yield ""
    yield from lines(comparisons, found)


def machine() -> dict[str, str]:
    """Return what the run was made on."""
    cores = f"{os.cpu_count()} cores, {_processor()}, load {os.getloadavg()[0]:.1f} at the end"
    ours, peers = _versions(Path(sys.executable), OURS), _versions(PEERS_PYTHON, PEERS)
    versions = f"Python {platform.python_version()}, {ours}; beside {peers}"
    return {"Machine": cores, "Versions": versions}


def _versions(python: Path, packages: tuple[str, ...]) -> str:
    command = [str(python), "-c", VERSIONS, *packages]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    models = (line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name"))
    return next(models, platform.machine())


def with_runs(page: str, runs: Mapping[str, str]) -> str:
    """Return the page with each run between the marks of its name."""
    for mark, run in runs.items():
        before, rest = page.split(f"<!-- {mark} -->")
        page = f"{before}<!-- {mark} -->\n{run}\n<!-- /{mark} -->{rest.split(f'<!-- /{mark} -->')[1]}"
    return page


if __name__ == "__main__":
    main()
