"""Prepare the database and serve the studbook, in one process so that it starts fast, with a worker beside it: `make run`."""

import errno
import os
import socket
import sys
from pathlib import Path
from typing import Any

from scripts.local_environment import VAR, prepare_database, prepare_environment
from scripts.serve_lock import serving
from scripts.worker import working

HOST = "127.0.0.1"


class PortError(Exception):
    """The port cannot be served on; the message says why and what helps."""


def read_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise PortError(
            f"PORT is {text!r}, which is not a port: give a number from 1 to 65535, as in `make run PORT=8001`."
        )
    return int(text)


def refuse_closed_port(port: int) -> None:
    """Refuse a port that is taken, or not open to this user, before any work is done."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as refusal:
            raise PortError(_reason(port, refusal)) from None


def _reason(port: int, refusal: OSError) -> str:
    if refusal.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else port - 1
        return f"Port {port} is taken by another program: stop it, or choose another, as in `make run PORT={other}`."
    return f"Port {port} cannot be opened ({refusal.strerror}): choose another, as in `make run PORT=8000`."


def announce(port: int) -> None:
    from django.core.management import call_command

    print(f"\nThe studbook is served on http://{HOST}:{port} (stop it with Ctrl-C).\n", flush=True)
    call_command("demonstration_signins")
    sys.stdout.flush()


def serve(port: int) -> None:
    from django.db import connections
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
        def load_config(self) -> None:
            for name, value in options(port).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from studbook.wsgi import application

            # The worker is a fork of this process, and a database connection does not survive a fork.
            connections.close_all()
            return application

    Server().run()


def options(port: int) -> dict[str, object]:
    def when_ready(_arbiter: object) -> None:
        from django.db import connections

        announce(port)
        connections.close_all()

    return {
        "bind": f"{HOST}:{port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": 8,
        "preload_app": True,
        "graceful_timeout": 5,
        "loglevel": "warning",
        "control_socket_disable": True,
        "when_ready": when_ready,
    }


def collect_static_files() -> None:
    from django.conf import settings
    from django.core.management import call_command

    # WhiteNoise warns about a missing folder even where it finds the files in the rooms themselves.
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    if not getattr(settings, "WHITENOISE_USE_FINDERS", False):
        call_command("collectstatic", interactive=False, verbosity=0)


def main() -> None:
    try:
        port = read_port(os.environ.get("PORT") or "8000")
        refuse_closed_port(port)
        prepare_environment()
        with serving(VAR) as lock:
            import django

            django.setup()
            prepare_database()
            collect_static_files()
            with working(lock):
                serve(port)
    except PortError as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
