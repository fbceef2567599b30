"""Broken files: the only answers are records, DbfError and ImportRefused."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studbook.exchange.dbf import DbfError, DbfRow
from studbook.exchange.records import ImportRefused
from studbook.exchange.sparks import parse_sparks
from studbook.exchange.sparks_pedigree import find_loops

MUTATIONS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8)
FIXTURES_ARE_CONSTANT = (HealthCheck.function_scoped_fixture,)


def mutated(content: bytes, mutations: list[tuple[int, int]], start: int = 0) -> bytes:
    changed = bytearray(content)
    for offset, value in mutations:
        changed[start + offset % (len(changed) - start)] = value
    return bytes(changed)


def parse_or_refuse(exchange: bytes, moves: bytes, encoding: str) -> None:
    with suppress(DbfError, ImportRefused):
        parsed = parse_sparks(exchange, moves, encoding)
        assert all(tally.read == tally.header_count for tally in parsed.tallies)
        assert len(parsed.animals) == parsed.tallies[0].accepted + parsed.tallies[0].warned
        assert len(parsed.events) == parsed.tallies[1].accepted + parsed.tallies[1].warned


@given(first=MUTATIONS, second=MUTATIONS, encoding=st.sampled_from(["cp437", "cp850", "cp1252"]))
@settings(max_examples=300, deadline=None, suppress_health_check=FIXTURES_ARE_CONSTANT)
def test_parse_sparks__answers_every_mutation_anywhere(
    exchange_bytes, moves_bytes, first, second, encoding
) -> None:
    parse_or_refuse(mutated(exchange_bytes, first), mutated(moves_bytes, second), encoding)


@given(first=MUTATIONS, second=MUTATIONS, encoding=st.sampled_from(["cp437", "cp850", "cp1252"]))
@settings(max_examples=300, deadline=None, suppress_health_check=FIXTURES_ARE_CONSTANT)
def test_parse_sparks__answers_every_mutation_of_the_rows(
    exchange_bytes, moves_bytes, first, second, encoding
) -> None:
    parse_or_refuse(mutated(exchange_bytes, first, 1185), mutated(moves_bytes, second, 385), encoding)


@given(kept=st.integers(0, 3966), more=st.binary(max_size=40))
@settings(max_examples=100, deadline=None, suppress_health_check=FIXTURES_ARE_CONSTANT)
def test_parse_sparks__answers_every_cut_and_every_tail(exchange_bytes, moves_bytes, kept, more) -> None:
    parse_or_refuse(exchange_bytes[:kept] + more, moves_bytes, "cp437")


@given(content=st.binary(max_size=300))
@settings(max_examples=100, deadline=None, suppress_health_check=FIXTURES_ARE_CONSTANT)
def test_parse_sparks__answers_any_bytes(content, moves_bytes) -> None:
    parse_or_refuse(b"\x03" + content, moves_bytes, "cp437")


def test_parse_sparks__takes_in_a_pair_without_rows(pair) -> None:
    empty = replace(pair, exchange=replace(pair.exchange, rows=()), moves=replace(pair.moves, rows=()))
    assert empty.parse().animals == ()


def test_parse_sparks__takes_in_a_line_of_5000_generations(pair) -> None:
    template = pair.exchange.rows[4].record
    rows = tuple(
        DbfRow(n, template[:1] + f"{n:>6}{n - 1 if n > 1 else 'WILD':>6}{'WILD':>6}".encode() + template[19:])
        for n in range(1, 5001)
    )
    long_line = replace(pair, exchange=replace(pair.exchange, rows=rows), moves=replace(pair.moves, rows=()))
    assert len(long_line.parse().animals) == 5000


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_find_loops__shows_the_whole_loop(size: int) -> None:
    parents = {str(n): [str((n + 1) % size)] for n in range(size)}
    (loop,) = find_loops({"below": ["0"], **parents, "founder": []})
    assert loop == (*[str(n) for n in range(size)], "0")


def test_find_loops__shows_two_separate_loops() -> None:
    assert list(find_loops({"1": ["2"], "2": ["1"], "3": ["3"], "4": ["3", "1"]})) == [
        ("1", "2", "1"),
        ("3", "3"),
    ]


def test_find_loops__passes_a_pedigree_with_inbreeding() -> None:
    assert list(find_loops({"1": [], "2": [], "3": ["1", "2"], "4": ["3", "1"], "5": ["4", "4"]})) == []
