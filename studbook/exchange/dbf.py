"""dBase III tables as bytes: a reader that believes nothing the header says, and a writer."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

MAXIMUM_BYTES: Final = 200 * 1024 * 1024
KNOWN_VERSIONS: Final = frozenset({0x03, 0x04, 0x30, 0x31, 0x83, 0x8B, 0xF5})
READABLE_TYPES: Final = frozenset("CNFLDM")
PROLOGUE: Final = 32
DESCRIPTOR: Final = 32
TERMINATOR: Final = 0x0D
END_OF_FILE: Final = b"\x1a"
# A header may end in one blank byte (Clipper) or in the name of a FoxPro database, 263 bytes.
HEADER_SLACK: Final = frozenset({0, 1, 263})
EXPORT_AGAIN: Final = "Export the file again from the program that wrote it."


class DbfError(ValueError):
    """The bytes are not a table that can be read whole."""


@dataclass(frozen=True, slots=True)
class DbfField:
    """`start` is the offset in the record, where byte 0 is the deletion flag."""

    name: str
    type: str
    length: int
    decimals: int
    start: int

    def of(self, record: bytes) -> bytes:
        return record[self.start : self.start + self.length]


@dataclass(frozen=True, slots=True)
class DbfRow:
    number: int
    record: bytes

    @property
    def deleted(self) -> bool:
        return self.record[:1] == b"*"


@dataclass(frozen=True, slots=True)
class DbfTable:
    name: str
    updated: date | None
    fields: tuple[DbfField, ...]
    rows: tuple[DbfRow, ...]
    index_flag: int = 0
    language: int = 0


@dataclass(frozen=True, slots=True)
class _Header:
    updated: date | None
    row_count: int
    length: int
    record_length: int
    index_flag: int
    language: int


def read_dbf(content: bytes, name: str) -> DbfTable:
    """Refuse, with a DbfError, any table whose header and bytes disagree: a row is never dropped in silence."""
    header = _read_header(content, name)
    fields = _read_fields(content, header, name)
    _check_record_length(header, fields, name)
    _check_row_count(content, header, name)
    rows = tuple(_read_rows(content, header, name))
    _refuse_memos(fields, rows, name)
    return DbfTable(name, header.updated, fields, rows, header.index_flag, header.language)


def write_dbf(table: DbfTable) -> bytes:
    """Write plain dBase III as SPARKS does, so that a pair it wrote comes back byte for byte."""
    length = PROLOGUE + DESCRIPTOR * len(table.fields) + 1
    record_length = 1 + sum(field.length for field in table.fields)
    stamp = (table.updated.year % 100, table.updated.month, table.updated.day) if table.updated else (0, 0, 0)
    prologue = struct.pack(
        "<4BIHH16x2B2x", 3, *stamp, len(table.rows), length, record_length, table.index_flag, table.language
    )
    descriptors = b"".join(_describe(field) for field in table.fields)
    records = b"".join(row.record for row in table.rows)
    return prologue + descriptors + bytes([TERMINATOR]) + records + END_OF_FILE


def _describe(field: DbfField) -> bytes:
    name = field.name.encode("ascii")
    return struct.pack(
        "<11scI2B14x", name, field.type.encode("ascii"), field.start, field.length, field.decimals
    )


def _read_header(content: bytes, name: str) -> _Header:
    _check_kind(content, name)
    row_count, length, record_length = struct.unpack_from("<IHH", content, 4)
    updated = _header_date(content[1], content[2], content[3])
    return _Header(updated, row_count, length, record_length, content[28], content[29])


def _check_kind(content: bytes, name: str) -> None:
    if not content:
        raise DbfError(f"{name} is empty. {EXPORT_AGAIN}")
    if len(content) > MAXIMUM_BYTES:
        raise DbfError(
            f"{name} is larger than {MAXIMUM_BYTES // 1024**2} MB, which no studbook is; choose another file."
        )
    if content[0] not in KNOWN_VERSIONS:
        raise DbfError(
            f"{name} is not a dBase table (its first byte is 0x{content[0]:02x}); choose the .DBF file itself."
        )
    if len(content) <= PROLOGUE:
        raise DbfError(f"{name} ends inside its header, after {len(content)} bytes. {EXPORT_AGAIN}")


def _header_date(year: int, month: int, day: int) -> date | None:
    # Programs write the year as year - 1900 or as year mod 100; no table is older than 1980.
    century = 2000 if year < 80 else 1900
    try:
        return date(century + year, month, day)
    except ValueError:
        return None


def _read_fields(content: bytes, header: _Header, name: str) -> tuple[DbfField, ...]:
    count = _count_fields(content, header, name)
    fields: list[DbfField] = []
    start = 1
    for index in range(count):
        descriptor = content[PROLOGUE + DESCRIPTOR * index :][:DESCRIPTOR]
        fields.append(_read_field(descriptor, start, name))
        start += fields[-1].length
    _check_names(fields, name)
    return tuple(fields)


def _count_fields(content: bytes, header: _Header, name: str) -> int:
    if header.length <= PROLOGUE or header.length > len(content):
        raise DbfError(
            f"{name}: the header gives its own length as {header.length} bytes, in a file of {len(content)}. {EXPORT_AGAIN}"
        )
    for end in range(PROLOGUE, header.length, DESCRIPTOR):
        if content[end] == TERMINATOR:
            return _confirm_end(end, header, name)
    raise DbfError(f"{name}: the list of fields has no end mark inside the header. {EXPORT_AGAIN}")


def _confirm_end(end: int, header: _Header, name: str) -> int:
    if end == PROLOGUE:
        raise DbfError(f"{name} has no fields. {EXPORT_AGAIN}")
    if header.length - end - 1 not in HEADER_SLACK:
        raise DbfError(
            f"{name}: the header says it is {header.length} bytes long but its fields end at {end + 1}. {EXPORT_AGAIN}"
        )
    return (end - PROLOGUE) // DESCRIPTOR


def _read_field(descriptor: bytes, start: int, name: str) -> DbfField:
    raw_name = descriptor[:11].split(b"\0")[0].strip()
    if not raw_name.isascii() or not raw_name.decode("ascii").isprintable() or not raw_name:
        raise DbfError(
            f"{name}: the field at byte {start} of the record has an unreadable name. {EXPORT_AGAIN}"
        )
    field = DbfField(raw_name.decode("ascii"), chr(descriptor[11]), descriptor[16], descriptor[17], start)
    if field.type not in READABLE_TYPES:
        raise DbfError(
            f"{name}: field {field.name} is of type {field.type!r}, which a studbook table does not use. {EXPORT_AGAIN}"
        )
    if not field.length:
        raise DbfError(f"{name}: field {field.name} has length 0. {EXPORT_AGAIN}")
    return field


def _check_names(fields: list[DbfField], name: str) -> None:
    names = [field.name for field in fields]
    twice = sorted({each for each in names if names.count(each) > 1})
    if twice:
        raise DbfError(f"{name}: the field {twice[0]} occurs twice. {EXPORT_AGAIN}")


def _check_record_length(header: _Header, fields: tuple[DbfField, ...], name: str) -> None:
    sum_of_fields = 1 + sum(field.length for field in fields)
    if header.record_length != sum_of_fields:
        raise DbfError(
            f"{name}: the header gives {header.record_length} bytes to a row but its fields need {sum_of_fields}. {EXPORT_AGAIN}"
        )


def _check_row_count(content: bytes, header: _Header, name: str) -> None:
    body = len(content) - header.length
    wanted = header.row_count * header.record_length
    if body < wanted:
        whole = body // header.record_length
        raise DbfError(
            f"{name}: the header counts {header.row_count} rows but the file ends after {whole}. {EXPORT_AGAIN}"
        )
    if content[header.length + wanted :].strip(b"\x1a\0"):
        raise DbfError(
            f"{name}: the header counts {header.row_count} rows but more data follow them. {EXPORT_AGAIN}"
        )


def _read_rows(content: bytes, header: _Header, name: str) -> Iterator[DbfRow]:
    for index in range(header.row_count):
        start = header.length + index * header.record_length
        record = content[start : start + header.record_length]
        if record[:1] not in (b" ", b"*"):
            raise DbfError(f"{name}: row {index + 1} does not begin where the header says. {EXPORT_AGAIN}")
        yield DbfRow(index + 1, record)


def _refuse_memos(fields: tuple[DbfField, ...], rows: tuple[DbfRow, ...], name: str) -> None:
    for field in (each for each in fields if each.type == "M"):
        for row in rows:
            if field.of(row.record).strip(b" \x000"):
                raise DbfError(
                    f"{name}: field {field.name} of row {row.number} keeps its text in a memo file, which cannot be read; "
                    "export the table without memo fields."
                )
