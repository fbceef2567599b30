"""The dBase reader and writer: what goes back byte for byte, and every lie of a header."""

import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from studbook.exchange import dbf
from studbook.exchange.dbf import DbfError, read_dbf, write_dbf
from studbook.exchange.dbf_cells import (
    CellError,
    decode_date,
    decode_flag,
    decode_number,
    decode_text,
    encode_cell,
)

DECODERS = {"N": decode_number, "F": decode_number, "D": decode_date, "L": decode_flag}


def patched(content: bytes, offset: int, raw: bytes) -> bytes:
    return content[:offset] + raw + content[offset + len(raw) :]


def refusal(content: bytes) -> str:
    with pytest.raises(DbfError) as caught:
        read_dbf(content, "EXCHANGE.DBF")
    return str(caught.value)


@pytest.mark.parametrize("name", ["EXCHANGE.DBF", "MOVES.DBF"])
def test_write_dbf__returns_the_synthetic_pair_byte_for_byte(samples: Path, name: str) -> None:
    content = (samples / name).read_bytes()
    assert write_dbf(read_dbf(content, name)) == content


@pytest.mark.parametrize("name", ["EXCHANGE.DBF", "MOVES.DBF"])
def test_write_dbf__returns_the_condor_pair_byte_for_byte(condor: Path, name: str) -> None:
    content = (condor / name).read_bytes()
    assert write_dbf(read_dbf(content, name)) == content


def test_read_dbf__reads_fields_and_day_of_the_exchange_file(exchange_bytes: bytes) -> None:
    table = read_dbf(exchange_bytes, "EXCHANGE.DBF")
    assert len(table.fields) == 36
    assert [(each.name, each.type, each.length) for each in table.fields[:4]] == [
        ("STUD_ID", "C", 6),
        ("DAM_ID", "C", 6),
        ("SIRE_ID", "C", 6),
        ("BDATE", "D", 8),
    ]
    assert table.updated == date(2017, 1, 31)
    assert len(table.rows) == 10


def test_read_dbf__keeps_right_justified_numbers_as_text(exchange_bytes: bytes) -> None:
    table = read_dbf(exchange_bytes, "EXCHANGE.DBF")
    assert table.fields[0].of(table.rows[0].record) == b"     1"


@pytest.mark.parametrize("version", sorted(dbf.KNOWN_VERSIONS))
def test_read_dbf__accepts_header_variants_without_memo(exchange_bytes: bytes, version: int) -> None:
    assert len(read_dbf(patched(exchange_bytes, 0, bytes([version])), "EXCHANGE.DBF").rows) == 10


@pytest.mark.parametrize("slack", [1, 263])
def test_read_dbf__accepts_header_longer_than_its_fields(exchange_bytes: bytes, slack: int) -> None:
    longer = exchange_bytes[:1185] + bytes(slack) + exchange_bytes[1185:]
    assert len(read_dbf(patched(longer, 8, struct.pack("<H", 1185 + slack)), "EXCHANGE.DBF").rows) == 10


def test_read_dbf__accepts_file_without_end_mark(exchange_bytes: bytes) -> None:
    assert len(read_dbf(exchange_bytes[:-1], "EXCHANGE.DBF").rows) == 10


@pytest.mark.parametrize(("year", "expected"), [(16, 2016), (116, 2016), (95, 1995)])
def test_read_dbf__reads_both_ways_of_writing_the_year(
    exchange_bytes: bytes, year: int, expected: int
) -> None:
    table = read_dbf(patched(exchange_bytes, 1, bytes([year])), "EXCHANGE.DBF")
    assert table.updated is not None
    assert table.updated.year == expected


def test_read_dbf__has_no_day_when_the_header_gives_an_impossible_one(exchange_bytes: bytes) -> None:
    assert read_dbf(patched(exchange_bytes, 2, b"\x0d"), "EXCHANGE.DBF").updated is None


@pytest.mark.parametrize(
    ("offset", "raw", "fact"),
    [
        (0, b"PK", "is not a dBase table"),
        (4, struct.pack("<I", 11), "the header counts 11 rows but the file ends after 10"),
        (4, struct.pack("<I", 2**31), "the header counts 2147483648 rows"),
        (4, struct.pack("<I", 9), "the header counts 9 rows but more data follow"),
        (4, struct.pack("<I", 0), "the header counts 0 rows but more data follow"),
        (8, struct.pack("<H", 0), "gives its own length as 0 bytes"),
        (8, struct.pack("<H", 32), "gives its own length as 32 bytes"),
        (8, struct.pack("<H", 65535), "gives its own length as 65535 bytes"),
        (8, struct.pack("<H", 1184), "no end mark"),
        (8, struct.pack("<H", 1200), "its fields end at 1185"),
        (10, struct.pack("<H", 0), "gives 0 bytes to a row but its fields need 278"),
        (10, struct.pack("<H", 277), "gives 277 bytes to a row but its fields need 278"),
        (1184, b" ", "no end mark"),
        (32, b"\r", "has no fields"),
        (32, b"\0", "unreadable name"),
        (32, b"\xff", "unreadable name"),
        (64, b"STUD_ID", "the field STUD_ID occurs twice"),
        (32 + 11, b"B", "is of type 'B'"),
        (32 + 16, b"\0", "has length 0"),
        (1185, b"X", "row 1 does not begin where the header says"),
    ],
)
def test_read_dbf__refuses_a_header_that_lies(
    exchange_bytes: bytes, offset: int, raw: bytes, fact: str
) -> None:
    sentence = refusal(patched(exchange_bytes, offset, raw))
    assert fact in sentence
    assert sentence.startswith("EXCHANGE.DBF")


@pytest.mark.parametrize("kept", [0, 1, 31, 32, 33, 700, 1185, 1186, 3000, 3964])
def test_read_dbf__refuses_a_file_cut_short(exchange_bytes: bytes, kept: int) -> None:
    assert "EXCHANGE.DBF" in refusal(exchange_bytes[:kept])


def test_read_dbf__refuses_an_empty_file() -> None:
    assert refusal(b"").startswith("EXCHANGE.DBF is empty.")


def test_read_dbf__refuses_a_file_too_large(exchange_bytes: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbf, "MAXIMUM_BYTES", 1024**2)
    assert "larger than 1 MB" in refusal(exchange_bytes + bytes(1024**2))


def test_read_dbf__refuses_text_kept_in_a_memo_file(exchange_bytes: bytes) -> None:
    comment = 32 + 32 * 35 + 11
    assert "row 1 keeps its text in a memo file" in refusal(patched(exchange_bytes, comment, b"M"))


def test_read_dbf__accepts_memo_fields_that_are_empty(exchange_bytes: bytes) -> None:
    instcode = 32 + 32 * 17 + 11
    assert len(read_dbf(patched(exchange_bytes, instcode, b"M"), "EXCHANGE.DBF").rows) == 10


def test_read_dbf__knows_deleted_rows(exchange_bytes: bytes) -> None:
    table = read_dbf(patched(exchange_bytes, 1185, b"*"), "EXCHANGE.DBF")
    assert [row.deleted for row in table.rows[:2]] == [True, False]


@pytest.mark.parametrize("name", ["EXCHANGE.DBF", "MOVES.DBF"])
def test_encode_cell__returns_every_cell_as_it_was(samples: Path, name: str) -> None:
    table = read_dbf((samples / name).read_bytes(), name)
    for row in table.rows:
        for field in table.fields:
            raw = field.of(row.record)
            value = DECODERS[field.type](raw) if field.type in DECODERS else decode_text(raw, "cp437")
            assert encode_cell(field, value, "cp437") == raw


def test_encode_cell__refuses_what_the_field_cannot_hold(pair) -> None:
    field = pair.exchange.fields[0]
    with pytest.raises(CellError, match="room for 6 bytes"):
        encode_cell(field, "1234567", "cp437")
    with pytest.raises(CellError, match="cannot hold"):
        encode_cell(field, "ж", "cp437")


@pytest.mark.parametrize(("encoding", "letter"), [("cp437", "ü"), ("cp850", "ü"), ("cp1252", "\x81")])
def test_decode_text__depends_on_the_encoding_chosen(encoding: str, letter: str) -> None:
    if encoding == "cp1252":
        with pytest.raises(CellError, match="0x81, which is no letter in cp1252"):
            decode_text(b"M\x81hle", encoding)
    else:
        assert decode_text(b"M\x81hle", encoding) == f"M{letter}hle"


def test_decode_text__refuses_control_characters() -> None:
    with pytest.raises(CellError, match="0x00"):
        decode_text(b"a\0b", "cp437")


def test_decode_text__drops_padding_of_null_bytes() -> None:
    assert decode_text(b"12\0\0\0\0", "cp437") == "12"


@pytest.mark.parametrize(
    ("raw", "number"), [(b"   12", Decimal(12)), (b" -1.0000", Decimal("-1.0000")), (b"  ", None)]
)
def test_decode_number__reads_numbers(raw: bytes, number: Decimal | None) -> None:
    assert decode_number(raw) == number


@pytest.mark.parametrize("raw", [b"*****", b"1_0", b"NaN", b"Inf", b"1,5", b"\xff"])
def test_decode_number__refuses_what_is_none(raw: bytes) -> None:
    with pytest.raises(CellError):
        decode_number(raw)


@pytest.mark.parametrize(
    "raw", [b"20010231", b"00000000", b"2001    ", b"????????", b"2001-1-1", b"\xff0010101"]
)
def test_decode_date__refuses_what_is_none(raw: bytes) -> None:
    with pytest.raises(CellError):
        decode_date(raw)


@pytest.mark.parametrize(
    ("raw", "flag"), [(b"T", True), (b"y", True), (b"F", False), (b" ", None), (b"?", None)]
)
def test_decode_flag__reads_true_false_and_blank(raw: bytes, flag: bool | None) -> None:
    assert decode_flag(raw) is flag


def test_decode_flag__refuses_other_letters() -> None:
    with pytest.raises(CellError, match="neither true"):
        decode_flag(b"X")
