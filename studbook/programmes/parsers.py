"""What programs send, read; what cannot be read is told, and never an error of ours."""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

TOO_DEEP = (
    "The body has lists or objects within each other too deeply to be read. Send the fields of the form."
)
NO_TEXT = "The body has half a character in it (a lone surrogate). Send text as UTF-8."


class ReadableJSONParser(JSONParser):
    """Refuses also what is valid JSON and still no text that any database could keep."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            found = super().parse(stream, media_type, parser_context)
            json.dumps(found, ensure_ascii=False).encode()
        except RecursionError as error:
            raise ParseError(TOO_DEEP) from error
        except UnicodeEncodeError as error:
            raise ParseError(NO_TEXT) from error
        return found
