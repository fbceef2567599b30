"""The synthetic SPARKS pair, and ways to change single cells and header bytes of it."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from studbook.exchange.dbf import DbfRow, DbfTable, read_dbf, write_dbf
from studbook.exchange.records import ImportProblem, ImportRefused, ParsedStudbook
from studbook.exchange.sparks import parse_sparks

SAMPLES = Path(__file__).parent / "samples" / "synthetic"
CONDOR = Path(__file__).resolve().parents[3] / "shared" / "samples" / "condor_sparks"


@dataclass(frozen=True)
class Pair:
    exchange: DbfTable
    moves: DbfTable

    def with_animal(self, row: int, **cells: str) -> "Pair":
        return replace(self, exchange=with_cells(self.exchange, row, cells))

    def with_event(self, row: int, **cells: str) -> "Pair":
        return replace(self, moves=with_cells(self.moves, row, cells))

    def parse(self, encoding: str = "cp437") -> ParsedStudbook:
        return parse_sparks(write_dbf(self.exchange), write_dbf(self.moves), encoding)

    def refusal(self) -> ImportRefused:
        with pytest.raises(ImportRefused) as caught:
            self.parse()
        return caught.value

    def only_problem(self, code: str) -> ImportProblem:
        (problem,) = [problem for problem in self.parse().problems if problem.code == code]
        return problem


def with_cells(table: DbfTable, number: int, cells: dict[str, str]) -> DbfTable:
    rows = tuple(with_record(table, row, cells) if row.number == number else row for row in table.rows)
    return replace(table, rows=rows)


def with_record(table: DbfTable, row: DbfRow, cells: dict[str, str]) -> DbfRow:
    record = bytearray(row.record)
    for field in table.fields:
        if field.name in cells:
            raw = cells[field.name].encode("latin-1")
            padded = raw.rjust(field.length) if field.name.endswith("_ID") else raw.ljust(field.length)
            record[field.start : field.start + field.length] = padded
    return DbfRow(row.number, bytes(record))


@pytest.fixture(scope="session")
def exchange_bytes() -> bytes:
    return (SAMPLES / "EXCHANGE.DBF").read_bytes()


@pytest.fixture(scope="session")
def moves_bytes() -> bytes:
    return (SAMPLES / "MOVES.DBF").read_bytes()


@pytest.fixture(scope="session")
def pair(exchange_bytes: bytes, moves_bytes: bytes) -> Pair:
    return Pair(read_dbf(exchange_bytes, "EXCHANGE.DBF"), read_dbf(moves_bytes, "MOVES.DBF"))


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def condor() -> Path:
    if not CONDOR.is_dir():
        pytest.skip("the folder of real samples (../shared) is not beside the project")
    return CONDOR
