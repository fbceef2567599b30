#!/usr/bin/env python
"""Run a management command of the studbook."""

import sys

from scripts.local_environment import prepare_environment

if __name__ == "__main__":
    # Commands on this computer work without settings of one's own; a server started from wsgi or asgi needs them.
    prepare_environment()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
