"""The repository's own machinery: requirement files, Makefile, and the programs the tests look for."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.chromium import ChromiumMissingError, find_chromium
from scripts.lock import ROOT, SOURCES, digest_line, find_stale
from scripts.postgres_binaries import PostgresUnavailableError, find_binaries
from scripts.setup_environment import BRINGS


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in {*SOURCES, *(source for sources in SOURCES.values() for source in sources)}:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_find_stale__is_empty_for_this_repository() -> None:
    assert find_stale(ROOT) == []


def test_find_stale__sees_a_new_requirement(copy: Path) -> None:
    with (copy / "requirements.in").open("a") as file:
        file.write("pillow\n")
    assert find_stale(copy) == ["requirements.txt", "requirements-dev.txt"]


def test_find_stale__sees_a_run_time_set_that_the_development_set_does_not_know(copy: Path) -> None:
    with (copy / "requirements.txt").open("a") as file:
        file.write("pillow==1.0\n")
    sets = ("fast", "cluster", "dev", "bench")
    assert find_stale(copy) == [f"requirements-{name}.txt" for name in sets]


@pytest.mark.parametrize("name", SOURCES)
def test_requirement_files__name_no_package_index(name: str) -> None:
    text = (ROOT / name).read_text()
    assert digest_line(ROOT, name) in text
    assert re.search(r"://|--(extra-)?index-url|--find-links", text) is None


def test_setup_environment__installs_sets_that_are_compiled() -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert set(re.findall(r"setup_environment.py (\S+)", makefile)) == BRINGS.keys()
    assert {name for brought in BRINGS.values() for name in brought} <= SOURCES.keys()


def test_makefile__lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) - {"python-version"}
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert targets == {words.split()[1] for words in shown.splitlines() if words.startswith("make ")}


def test_makefile__says_in_one_sentence_which_python_it_needs() -> None:
    command = ["make", "--no-print-directory", "setup", "PYTHON=no-such-python"]
    refusal = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refusal.returncode != 0
    assert "needs Python 3.11 or newer, and no-such-python is missing or older" in refusal.stderr


def test_ci_run__is_a_program_that_bash_can_read() -> None:
    program = ROOT / ".ci" / "run"
    assert program.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", program], check=False).returncode == 0


def test_find_chromium__takes_the_one_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "chrome"
    program.touch(mode=0o755)
    monkeypatch.setenv("CHROMIUM", str(program))
    assert find_chromium() == str(program)
    program.unlink()
    with pytest.raises(ChromiumMissingError, match="which is not a program"):
        find_chromium()


def test_find_chromium__says_what_helps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ChromiumMissingError, match="name one with CHROMIUM="):
        find_chromium()


def test_find_binaries__refuses_a_named_folder_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))
    with pytest.raises(PostgresUnavailableError, match="does not hold initdb and postgres"):
        find_binaries()


def test_find_binaries__prefers_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POSTGRES_BIN", raising=False)
    for version in ("9", "15", "17"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        for program in ("initdb", "postgres"):
            (folder / program).touch(mode=0o755)
    monkeypatch.setattr("scripts.postgres_binaries.DEBIAN", tmp_path)
    assert find_binaries() == tmp_path / "17" / "bin"
