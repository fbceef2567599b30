"""What a server needs before it takes its first request."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.slow
@pytest.mark.parametrize("server", ["studbook.wsgi", "studbook.asgi"])
def test_server__does_not_start_without_a_secret_key(server: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SECRET_KEY": "",
        "DJANGO_SETTINGS_MODULE": "studbook.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/book.sqlite3",
    }
    answer = subprocess.run(
        [sys.executable, "-c", f"import {server}"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "The environment names no SECRET_KEY" in answer.stderr


@pytest.mark.slow
def test_manage__runs_on_a_computer_without_settings_of_its_own() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "HTTPS")}
    command = [sys.executable, "manage.py", "check"]
    answer = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
