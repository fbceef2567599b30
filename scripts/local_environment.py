"""What the studbook needs around it to run on this computer: the folder `var`, a secret key, plain HTTP."""

import os
import secrets
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"


def read_or_make_secret_key(folder: Path) -> str:
    """Return the key kept in this folder, made on first use and readable by its owner only."""
    path = folder / "secret_key"
    if path.exists():
        return path.read_text().strip()
    folder.mkdir(parents=True, exist_ok=True)
    # A temporary file has mode 600 from its first moment, and comes into place whole or not at all.
    handle, draft = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
    os.replace(draft, path)
    return path.read_text().strip()


def prepare_environment() -> None:
    """Set what the settings read, where the caller has not; before Django is imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studbook.settings")
    os.environ.setdefault("HTTPS", "False")
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = read_or_make_secret_key(VAR)
    VAR.mkdir(exist_ok=True)


def prepare_database() -> None:
    """Migrate the database and load the demonstration when no programme is in it."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database ...", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    from studbook.programmes.models import Programme

    if not Programme.objects.exists():
        call_command("load_demonstration")
