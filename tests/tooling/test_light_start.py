"""Starting the server stays light: what only some pages need is imported by them."""

import os
import subprocess
import sys

HEAVY = ("scipy", "numba", "typst", "vl_convert", "altair")


def test_wsgi__imports_nothing_heavy() -> None:
    script = f"import sys, studbook.wsgi; print([name for name in {HEAVY} if name in sys.modules])"
    settings = {"DATABASE_URL": "sqlite:///:memory:", "SECRET_KEY": "test", "HTTPS": "False"}
    answer = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | settings, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
