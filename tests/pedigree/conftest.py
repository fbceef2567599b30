"""The command line, asked with a file."""

from pathlib import Path

import pytest

from pedigree.cli.commands import main

Answer = tuple[int, str, str]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def asked(command: str, text: str | bytes, *options: str, chosen: str | None = None) -> Answer:
        path = tmp_path / "book.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        if chosen is not None:
            (tmp_path / "set.txt").write_text(chosen)
            options = (*options, "--set", str(tmp_path / "set.txt"))
        code = main([command, str(path), *options])
        out, err = capsys.readouterr()
        return code, out, err

    return asked
