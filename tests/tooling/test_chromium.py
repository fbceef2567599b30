from pathlib import Path

import pytest

from scripts.chromium import ChromiumMissingError, driver_program, find_chromium, refuse_broken_driver


def program(folder: Path, script: str) -> Path:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_refuse_broken_driver__says_what_it_lacks(tmp_path: Path) -> None:
    broken = program(
        tmp_path, "echo 'driver: error while loading libatomic.so.1: no such file' >&2; exit 127"
    )
    with pytest.raises(ChromiumMissingError, match=r"loading libatomic\.so\.1.*install libatomic1"):
        refuse_broken_driver(broken)


def test_refuse_broken_driver__lets_a_whole_one_pass(tmp_path: Path) -> None:
    refuse_broken_driver(program(tmp_path, "echo v20"))


def test_driver_program__is_there() -> None:
    assert driver_program().is_file()


def test_find_chromium__refuses_a_name_that_is_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    with pytest.raises(ChromiumMissingError, match="no-such-browser, which is not a program"):
        find_chromium()
