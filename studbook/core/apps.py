from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.models.signals import post_migrate


def _lay_guards(using: str, **_: Any) -> None:
    from studbook.core.guards import install_guards, tables_stand

    if tables_stand(connections[using]):
        install_guards(connections[using])


def _guards_stand(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    from studbook.core.guards import missing_guards, tables_stand

    return [
        Error(
            f"The database lacks its guard {name}: the book could be changed without a trace.",
            hint="Run `python manage.py migrate`, which lays the guards anew.",
            id="studbook.E001",
        )
        for alias in databases or []
        if tables_stand(connections[alias])
        for name in missing_guards(connections[alias])
    ]


def _secret_key_is_set(**_: Any) -> list[CheckMessage]:
    # Django asks for the key only when it first signs something: the server would start, and fail at each sign-in.
    try:
        bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return [
            Error(
                "The environment names no SECRET_KEY, which signs the sessions of everybody signed in.",
                hint="Set SECRET_KEY to at least 50 random characters, and keep it: docs/deployment.md.",
                id="studbook.E002",
            )
        ]
    return []


class CoreConfig(AppConfig):
    name = "studbook.core"

    def ready(self) -> None:
        # Laid after each migrate of any room: a rebuilt SQLite table has lost its triggers.
        post_migrate.connect(_lay_guards, dispatch_uid="lay_guards")
        register(Tags.database)(_guards_stand)
        register(Tags.security)(_secret_key_is_set)
