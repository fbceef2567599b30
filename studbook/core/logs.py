"""What the logs leave out: the secrets in addresses, of links that open something without signing in."""

import logging
import re
from collections.abc import Mapping
from typing import Any

SECRET_PATHS = re.compile(r"(/answer/|/accounts/password/[^/\s]+/)[^/\s]+")


class SecretsLeftOut(logging.Filter):
    """Takes the secrets out of each line before it is written; the line itself stays."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _without(record.msg)
        if isinstance(record.args, Mapping):
            record.args = {name: _without(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(map(_without, record.args))
        return True


def _without(value: Any) -> Any:
    return SECRET_PATHS.sub(r"\1...", value) if isinstance(value, str) else value
