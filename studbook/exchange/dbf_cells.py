"""One cell of a dBase table: bytes to a value and back."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from studbook.exchange.dbf import DbfField

ENCODINGS: Final = ("cp437", "cp850", "cp1252")
TRUE: Final = frozenset("TtYy")
FALSE: Final = frozenset("FfNn")
NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([Ee][+-]?[0-9]{1,3})?")
BLANK: Final = b" \0"


class CellError(ValueError):
    """What is wrong with a cell, as a clause that follows the name of the field."""


def decode_text(raw: bytes, encoding: str) -> str:
    """Keep the blanks on both sides: a studbook number is right-justified and must go back as it came."""
    try:
        text = raw.rstrip(b"\0").decode(encoding)
    except UnicodeDecodeError as error:
        raise CellError(
            f"holds the byte 0x{raw[error.start]:02x}, which is no letter in {encoding}"
        ) from error
    for letter in text:
        if ord(letter) < 32:
            raise CellError(f"holds the control character 0x{ord(letter):02x}")
    return text


def decode_number(raw: bytes) -> Decimal | None:
    text = _ascii(raw)
    if not text:
        return None
    if NUMBER.fullmatch(text) is None:
        raise CellError(f"holds {text!r}, which is not a number")
    return Decimal(text)


def decode_date(raw: bytes) -> date | None:
    text = _ascii(raw)
    if not text:
        return None
    if len(text) == 8 and text.isdecimal():
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError as error:
            raise CellError(f"holds {text!r}, which is not a day of the calendar") from error
    raise CellError(f"holds {text!r}, which is not a date")


def decode_flag(raw: bytes) -> bool | None:
    text = _ascii(raw)
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    if text in ("", "?"):
        return None
    raise CellError(f"holds {text!r}, which is neither true (T) nor false (F)")


def encode_cell(field: DbfField, value: str | Decimal | date | bool | None, encoding: str) -> bytes:
    """Pad as SPARKS does: text to the left of its blanks, all else to the right."""
    try:
        raw = _as_text(field, value).encode(encoding)
    except UnicodeEncodeError as error:
        raise CellError(f"cannot hold {value!r} in {encoding}") from error
    if len(raw) > field.length:
        raise CellError(f"has room for {field.length} bytes and {value!r} needs {len(raw)}")
    return raw.ljust(field.length) if field.type == "C" else raw.rjust(field.length)


def _as_text(field: DbfField, value: str | Decimal | date | bool | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "T" if value else "F"
        case date():
            return f"{value.year:04d}{value.month:02d}{value.day:02d}"
        case Decimal():
            return f"{value:.{field.decimals}f}"
        case _:
            return value


def _ascii(raw: bytes) -> str:
    try:
        return raw.strip(BLANK).decode("ascii")
    except UnicodeDecodeError as error:
        raise CellError(
            f"holds the byte 0x{raw.strip(BLANK)[error.start]:02x}, which cannot stand there"
        ) from error
