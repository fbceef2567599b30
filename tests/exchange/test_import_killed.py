"""An import killed in the middle leaves nothing, wherever the middle is."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def kill_everywhere(mode: str, folder: Path, *, step: int) -> Any:
    own = {
        "DATABASE_URL": f"sqlite:///{folder}/killed.sqlite3",
        "DJANGO_SETTINGS_MODULE": "studbook.settings",
        "SECRET_KEY": "only-for-this-test",
    }
    command = [sys.executable, "-m", "tests.exchange.killed_import", mode, str(step)]
    run = subprocess.run(command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_import_parsed__killed_at_any_statement_leaves_nothing(tmp_path: Path) -> None:
    outcome = kill_everywhere("at once", tmp_path, step=1)
    assert outcome["points"] > 20
    assert outcome["changed"] == []
    assert outcome["finished"]


def test_import_row_by_row__killed_leaves_a_torn_book(tmp_path: Path) -> None:
    outcome = kill_everywhere("row by row", tmp_path, step=12)
    assert len(outcome["changed"]) > outcome["points"] / 2
    assert outcome["finished"]
