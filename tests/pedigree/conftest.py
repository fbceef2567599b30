"""Random pedigrees take as long as the machine is busy; no claim here is about time."""

from pathlib import Path

import pytest
from hypothesis import settings

from pedigree.cli.commands import main

settings.register_profile("pedigree", deadline=None)
settings.load_profile("pedigree")

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
