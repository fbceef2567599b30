"""The set-up does its work once, and again only when there is a reason."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import setup_environment
from scripts.setup_environment import (
    SetupError,
    is_current,
    is_usable,
    set_up,
    stamp_path,
    unfinished_path,
    write_stamp,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose `.venv` stands and is stamped, without the minute that a real one takes."""
    root = tmp_path / "repository"
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").symlink_to(sys.executable)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (root / name).write_text(f"# {name}\n")
    unfinished_path(root).touch()
    write_stamp(root, "requirements-dev.txt")
    return root


def test_is_current__holds_for_both_sets_after_the_larger(root: Path) -> None:
    assert is_current(root, "requirements.txt")
    assert is_current(root, "requirements-dev.txt")


def test_is_current__ends_with_a_changed_requirement(root: Path) -> None:
    (root / "requirements-dev.txt").write_text("another\n")
    assert is_current(root, "requirements.txt")
    assert not is_current(root, "requirements-dev.txt")
    assert is_usable(root)


def test_is_current__ends_with_an_interrupted_set_up(root: Path) -> None:
    unfinished_path(root).touch()
    assert not is_current(root, "requirements.txt")
    assert not is_usable(root)


def test_is_current__ends_where_the_folder_was_moved(root: Path) -> None:
    moved = root.rename(root.with_name("moved"))
    assert not is_current(moved, "requirements.txt")
    assert not is_usable(moved)


def test_is_current__ends_where_the_folder_was_copied(root: Path) -> None:
    copy = shutil.copytree(root, root.with_name("copy"), symlinks=True)
    assert not is_usable(copy)
    assert is_current(root, "requirements.txt")


def test_is_current__ends_when_its_python_is_gone(root: Path) -> None:
    (root / ".venv" / "bin" / "python").unlink()
    assert not is_current(root, "requirements.txt")
    assert not is_usable(root)


def test_is_current__ends_when_its_python_is_another(root: Path) -> None:
    stamp = json.loads(stamp_path(root).read_text())
    stamp_path(root).write_text(json.dumps({**stamp, "python": "3.1"}))
    assert not is_current(root, "requirements.txt")


@pytest.mark.parametrize("text", ["", "not JSON", "[]"])
def test_is_current__reads_a_broken_stamp_as_none(root: Path, text: str) -> None:
    stamp_path(root).write_text(text)
    assert not is_current(root, "requirements.txt")


def test_set_up__does_nothing_when_stamped(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("Nothing had to be done.")

    monkeypatch.setattr(setup_environment, "make_environment", refuse)
    monkeypatch.setattr(setup_environment, "install", refuse)
    assert not set_up(root, "requirements-dev.txt")


def test_make_environment__names_the_missing_package(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", missing("ensurepip"))
    with pytest.raises(SetupError, match="python3-venv"):
        setup_environment.make_environment(root)


def missing(name: str) -> Callable[[str], str | None]:
    return lambda asked: None if asked == name else asked


@pytest.mark.slow
def test_set_up__makes_a_real_environment_once_and_again_after_a_failure(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "requirements.txt").write_text(
        "no-such-package-of-the-studbook @ file:///nowhere/at/all.whl\n"
    )
    with pytest.raises(SetupError, match=r"could not be installed"):
        set_up(tmp_path, "requirements.txt")
    assert unfinished_path(tmp_path).exists()
    (tmp_path / "requirements.txt").write_text("# nothing to install\n")
    assert set_up(tmp_path, "requirements.txt")
    assert not set_up(tmp_path, "requirements.txt")
    assert capfd.readouterr().out.count("Making .venv") == 2
    python = tmp_path / ".venv" / "bin" / "python"
    assert subprocess.run([python, "-c", "import pip"], check=False).returncode == 0
