"""SPARKS pairs: rows and files that are refused, with every reason."""

from dataclasses import replace

import pytest

from studbook.exchange.records import ImportRefused, Tally
from studbook.exchange.sparks import parse_sparks


def animal(parsed, number):
    return next(each for each in parsed.animals if each.studbook_number == number)


def test_parse_sparks__counts_deleted_and_nameless_rows_as_refused(pair) -> None:
    rows = list(pair.exchange.rows)
    rows[5] = replace(rows[5], record=b"*" + rows[5].record[1:])
    changed = replace(pair, exchange=replace(pair.exchange, rows=tuple(rows))).with_animal(10, STUD_ID="")
    parsed = changed.parse()
    assert parsed.tallies[0] == Tally("EXCHANGE.DBF", 10, 10, 8, 0, 2)
    assert parsed.tallies[1].refused == 6
    assert {each.code for each in parsed.problems if each.level == "refuse"} == {"X4", "A1", "X5"}


def test_tally__refuses_counts_that_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        Tally("EXCHANGE.DBF", 10, 10, 9, 0, 0)


def test_parse_sparks__refuses_events_of_animals_it_does_not_hold(pair) -> None:
    parsed = pair.with_event(18, STUD_ID="99").parse()
    assert parsed.tallies[1] == Tally("MOVES.DBF", 24, 24, 23, 0, 1)
    assert [(each.code, each.row) for each in parsed.problems if each.level == "refuse"] == [("X5", 18)]


def test_parse_sparks__refuses_the_file_for_parents_without_row_and_lists_all(pair) -> None:
    refused = pair.with_animal(4, SIRE_ID="77").with_animal(9, DAM_ID="78", SIRE_ID="79").refusal()
    assert [each.studbook_number for each in refused.problems] == ["4", "9", "9"]
    assert "3 facts forbid it, on 4, 9" in str(refused)
    assert "Nothing was taken in" in str(refused)


def test_parse_sparks__refuses_the_file_for_a_number_given_twice(pair) -> None:
    refused = pair.with_animal(10, STUD_ID="9").refusal()
    assert "the number was already given in row 9" in refused.problems[0].sentence


def test_parse_sparks__refuses_the_file_for_a_parent_it_cannot_read(pair) -> None:
    refused = pair.with_animal(9, SIRE_ID="\x07").refusal()
    assert "SIRE_ID holds the control character 0x07" in refused.problems[0].sentence


@pytest.mark.parametrize(
    ("changes", "loop"),
    [
        ({9: {"SIRE_ID": "10"}}, "9 -> 10 -> 9"),
        ({9: {"DAM_ID": "9"}}, "9 -> 9"),
        ({1: {"SIRE_ID": "4"}}, "1 -> 4 -> 1"),
        ({4: {"SIRE_ID": "10"}}, "4 -> 10 -> 7 -> 4"),
    ],
)
def test_parse_sparks__refuses_the_file_for_an_ancestry_loop_and_shows_it(pair, changes, loop) -> None:
    for row, cells in changes.items():
        pair = pair.with_animal(row, **cells)
    assert f"ancestry loop {loop}," in pair.refusal().problems[0].sentence


def test_parse_sparks__refuses_tables_of_another_program(pair, exchange_bytes, moves_bytes) -> None:
    with pytest.raises(ImportRefused, match=r"EXCHANGE.DBF has no column DAM_ID") as caught:
        parse_sparks(moves_bytes, exchange_bytes)
    assert "MOVES.DBF has no column TRAN_CODE; choose the file that SPARKS or PM2000 exported." in [
        each.sentence for each in caught.value.problems
    ]


def test_parse_sparks__refuses_an_encoding_it_does_not_know(pair) -> None:
    with pytest.raises(ImportRefused, match="choose cp437, cp850, cp1252"):
        pair.parse("latin-9")
