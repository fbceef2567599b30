"""SPARKS pairs: the mapping, cell by cell, and the problems found on the way."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from studbook.exchange.records import ImportedDate, ImportedParent, Tally
from studbook.exchange.sparks import SparksRefused, find_sparks_files, parse_sparks, read_sparks, still_in
from studbook.exchange.sparks_dates import EstimateError, read_estimate


def animal(parsed, number):
    return next(each for each in parsed.animals if each.studbook_number == number)


def test_parse_sparks__takes_in_every_row_of_the_synthetic_pair(pair) -> None:
    parsed = pair.parse()
    assert parsed.tallies == (
        Tally("EXCHANGE.DBF", 10, 10, 10, 0, 0),
        Tally("MOVES.DBF", 24, 24, 24, 0, 0),
    )
    assert [len(parsed.animals), len(parsed.events)] == [10, 24]
    assert parsed.exported_on == date(2017, 1, 31)


def test_parse_sparks__reads_an_animal(pair) -> None:
    four = animal(pair.parse(), "4")
    assert (four.row, four.sex, four.birth_type, four.house_name) == (4, "M", "captive", "Invented")
    assert four.sire == ImportedParent("known", "1", text="1")
    assert four.dam == ImportedParent("known", "2", text="2")
    assert four.birth == ImportedDate(date(1996, 5, 3), date(1996, 5, 3), "19960503", date(1996, 5, 3))
    assert four.death == ImportedDate(date(2015, 1, 19), date(2015, 1, 21), "20150120D", date(2015, 1, 20))


def test_parse_sparks__reads_sexes_as_sparks_numbers_them(pair) -> None:
    sexes = {each.studbook_number: each.sex for each in pair.parse().animals}
    assert (sexes["1"], sexes["2"], sexes["8"]) == ("M", "F", "U")


def test_parse_sparks__knows_that_dead_means_left_the_population(pair) -> None:
    six = animal(pair.parse(), "6")
    assert six.left_population is True
    assert six.death is None


def test_parse_sparks__reads_events_in_the_order_of_the_file(pair) -> None:
    ten = [event for event in pair.parse().events if event.studbook_number == "10"]
    assert [event.kind for event in ten] == ["birth", "release", "capture", "transfer"]
    assert [event.is_return for event in ten] == [False, False, True, False]
    assert [event.direction for event in ten] == ["in", "out", "in", "in"]
    assert ten[3].location_mnemonic == "NORTHZOO"
    assert (ten[3].physical, ten[3].ownership, ten[3].local_id) == (True, True, "N030")


def test_parse_sparks__takes_arrival_after_release_as_return(pair) -> None:
    changed = pair.with_event(23, TRAN_CODE="AS").parse()
    returned = next(event for event in changed.events if event.row == 23)
    assert (returned.kind, returned.is_return) == ("transfer", True)


def test_parse_sparks__reads_local_id_fillers_as_none_and_notes_it(pair) -> None:
    parsed = pair.parse()
    assert parsed.events[0].local_id is None
    assert [(each.level, each.row) for each in parsed.problems if each.code == "X3"] == [
        ("note", 1),
        ("note", 4),
        ("note", 7),
    ]


def test_parse_sparks__keeps_leading_zeros_of_studbook_numbers(pair) -> None:
    refused = pair.with_animal(4, SIRE_ID="001").refusal()
    assert [(each.code, each.row) for each in refused.problems] == [("B16", 4)]
    assert "its sire 001 has no row" in refused.problems[0].sentence


@pytest.mark.parametrize(
    ("written", "parent"),
    [
        ("WILD", ImportedParent("wild", text="WILD")),
        ("wild", ImportedParent("wild", text="wild")),
        ("UNK", ImportedParent("unknown", text="UNK")),
        ("MULT", ImportedParent("several", text="MULT")),
        ("MULT2", ImportedParent("several", text="MULT2")),
        ("", ImportedParent("unknown")),
    ],
)
def test_parse_sparks__tells_wild_unknown_several_and_blank_parents_apart(pair, written, parent) -> None:
    assert animal(pair.with_animal(9, SIRE_ID=written).parse(), "9").sire == parent


@pytest.mark.parametrize(("written", "code"), [("MULT", "B15"), ("", "B14")])
def test_parse_sparks__warns_of_parents_it_cannot_name(pair, written, code) -> None:
    problem = pair.with_animal(9, SIRE_ID=written).only_problem(code)
    assert (problem.row, problem.field, problem.studbook_number, problem.level) == (9, "SIRE_ID", "9", "warn")


def test_parse_sparks__accepts_half_wild_animals_without_a_word(pair) -> None:
    parsed = pair.with_animal(9, SIRE_ID="WILD").parse()
    assert all(each.level == "note" for each in parsed.problems)
    assert animal(parsed, "9").dam.studbook_number == "5"


def test_parse_sparks__warns_of_an_unknown_event_code_and_keeps_it(pair) -> None:
    changed = pair.with_event(20, TRAN_CODE="BX")
    event = next(event for event in changed.parse().events if event.row == 20)
    assert (event.kind, event.raw_code, event.direction) == ("other", "BX", "out")
    assert "'BX' is not known and was read as a departure" in changed.only_problem("X2").sentence


@pytest.mark.parametrize(("code", "direction"), [("AC", "in"), ("b9", "out"), ("ZZ", "none"), ("", "none")])
def test_parse_sparks__reads_direction_from_the_first_letter(pair, code, direction) -> None:
    events = pair.with_event(17, TRAN_CODE=code).parse().events
    assert (events[16].direction, events[16].raw_code) == (direction, code)


def test_parse_sparks__leaves_out_an_impossible_date_and_says_where(pair) -> None:
    changed = pair.with_animal(4, BDATE="19960231")
    problem = changed.only_problem("X1")
    assert (problem.file, problem.row, problem.field, problem.studbook_number) == (
        "EXCHANGE.DBF",
        4,
        "BDATE",
        "4",
    )
    assert "'19960231', which is not a day of the calendar" in problem.sentence
    assert animal(changed.parse(), "4").birth is None
    assert changed.parse().tallies[0] == Tally("EXCHANGE.DBF", 10, 10, 9, 1, 0)


def test_parse_sparks__warns_of_an_event_without_date(pair) -> None:
    problem = pair.with_event(20, TRAN_DATE="").only_problem("X1")
    assert (problem.row, problem.field, problem.level) == (20, "TRAN_DATE", "warn")


@pytest.mark.parametrize("written", ["3", "", "*"])
def test_parse_sparks__reads_other_sexes_as_unknown_with_a_warning(pair, written) -> None:
    changed = pair.with_animal(10, SEX=written)
    assert animal(changed.parse(), "10").sex == "U"
    assert changed.only_problem("X2").field == "SEX"


def test_parse_sparks__reports_a_byte_the_encoding_has_not(pair) -> None:
    changed = pair.with_animal(10, COMMENT="M\x81hle")
    assert animal(changed.parse("cp437"), "10").house_name == "Mühle"
    parsed = changed.parse("cp1252")
    assert animal(parsed, "10").house_name == ""
    assert [(each.row, each.field) for each in parsed.problems if each.level == "warn"] == [(10, "COMMENT")]


def test_parse_sparks__warns_of_an_unknown_estimate_and_widens_the_date(pair) -> None:
    changed = pair.with_animal(4, BIRTH_EST="Q")
    birth = animal(changed.parse(), "4").birth
    assert (birth.earliest, birth.latest) == (date(1995, 11, 3), date(1996, 11, 3))
    assert "unknown estimate 'Q'" in changed.only_problem("X1").sentence


def test_parse_sparks__warns_of_birth_differing_from_the_birth_event(pair) -> None:
    problem = pair.with_animal(9, BDATE="20090301").only_problem("C4")
    assert "BDATE is 2009-03-01 but its first event, AA, is dated 2009-03-03" in problem.sentence


def test_parse_sparks__warns_of_birth_after_capture(pair) -> None:
    assert pair.with_animal(3, BDATE="19960101").only_problem("C4").studbook_number == "3"


def test_parse_sparks__warns_of_events_after_the_export(pair) -> None:
    problem = pair.with_event(24, TRAN_DATE="20170501").only_problem("C3")
    assert (problem.file, problem.row) == ("MOVES.DBF", 24)
    assert "after the day the file was written (2017-01-31)" in problem.sentence


def test_parse_sparks__warns_of_events_after_death(pair) -> None:
    assert pair.with_event(2, TRAN_CODE="BA").only_problem("C2").row == 3


def test_parse_sparks__warns_of_the_same_event_twice(pair) -> None:
    changed = pair.with_event(24, TRAN_CODE="AB", LOCATION="VIETNAM", TRAN_DATE="20160901")
    assert changed.only_problem("C11").row == 24


def test_parse_sparks__warns_of_a_dam_that_is_no_female(pair) -> None:
    problem = pair.with_animal(5, SEX="5").only_problem("B2")
    assert (problem.level, problem.studbook_number, problem.row) == ("warn", "5", 5)
    assert "recorded as dam of 8, 9 but its sex is unknown, not female" in problem.sentence


def test_parse_sparks__warns_of_a_sire_that_is_no_male(pair) -> None:
    assert (
        "recorded as sire of 9, 10 but its sex is female"
        in pair.with_animal(7, SEX="0").only_problem("B2").sentence
    )


@pytest.mark.parametrize(
    ("cells", "field"),
    [({"DEAD": "T"}, "DEAD"), ({"DEATHDATE": "20160101"}, "DEATHDATE"), ({"DATEIN": "20140809"}, "DATEIN")],
)
def test_parse_sparks__warns_where_the_two_files_disagree(pair, cells, field) -> None:
    problems = [each for each in pair.with_animal(10, **cells).parse().problems if each.code == "X6"]
    assert field in [each.field for each in problems]


def test_parse_sparks__warns_of_an_animal_without_events(pair) -> None:
    changed = pair.with_event(13, STUD_ID="9")
    problem = changed.only_problem("C1")
    assert (problem.studbook_number, problem.level) == ("5", "warn")
    assert "5" in still_in(changed.parse())


def test_parse_sparks__warns_when_the_files_are_of_two_days(pair) -> None:
    older = replace(pair, moves=replace(pair.moves, updated=date(2016, 12, 1)))
    assert older.only_problem("X7").row is None


def test_parse_sparks__notes_a_header_without_a_day(pair) -> None:
    undated = replace(pair, moves=replace(pair.moves, updated=None))
    assert undated.only_problem("X7").level == "note"
    assert undated.parse().exported_on == date(2017, 1, 31)


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
    with pytest.raises(SparksRefused, match=r"EXCHANGE.DBF has no column DAM_ID") as caught:
        parse_sparks(moves_bytes, exchange_bytes)
    assert "MOVES.DBF has no column TRAN_CODE; choose the file that SPARKS or PM2000 exported." in [
        each.sentence for each in caught.value.problems
    ]


def test_parse_sparks__refuses_an_encoding_it_does_not_know(pair) -> None:
    with pytest.raises(SparksRefused, match="choose cp437, cp850, cp1252"):
        pair.parse("latin-9")


def test_parse_sparks__tells_birth_types_apart(pair) -> None:
    types = {each.studbook_number: each.birth_type for each in pair.parse().animals}
    assert [number for number, kind in types.items() if kind == "wild"] == ["1", "2", "3"]
    assert set(types.values()) == {"wild", "captive"}


@pytest.mark.parametrize(
    ("dam_row", "expected"),
    [
        ({}, "captive"),
        ({"TRAN_CODE": "BI", "TRAN_DATE": "20090101"}, "wild"),
        ({"TRAN_CODE": "BA"}, "unknown"),
    ],
)
def test_parse_sparks__tells_a_birth_in_a_wild_place_by_where_the_dam_was(pair, dam_row, expected) -> None:
    changed = pair.with_event(20, LOCATION="VIETNAM").with_event(18, STUD_ID="5", **dam_row)
    assert animal(changed.parse(), "9").birth_type == expected


def test_parse_sparks__takes_offspring_of_a_wild_dam_as_wild_born(pair) -> None:
    assert animal(pair.with_animal(9, DAM_ID="WILD").parse(), "9").birth_type == "wild"


def test_parse_sparks__does_not_guess_a_birth_type_without_birth_or_capture(pair) -> None:
    assert animal(pair.with_event(20, TRAN_CODE="AS").parse(), "9").birth_type == "unknown"
    assert animal(pair.with_event(1, TRAN_CODE="AS").parse(), "1").birth_type == "wild"


def test_still_in__agrees_with_the_flag_of_the_file(pair) -> None:
    parsed = pair.parse()
    assert still_in(parsed) == {"5", "7", "9", "10"}
    assert still_in(parsed) == {
        each.studbook_number for each in parsed.animals if each.left_population is False
    }


def test_still_in__does_not_count_a_departure_yet_to_come(pair) -> None:
    parsed = pair.with_event(17, TRAN_CODE="BI", TRAN_DATE="20170501").parse()
    assert "7" in still_in(parsed)


def test_still_in__leaves_out_an_animal_with_a_death_date_only(pair) -> None:
    assert "9" not in still_in(pair.with_animal(9, DEATHDATE="20160101").parse())


@pytest.mark.parametrize(
    ("day", "estimate", "earliest", "latest"),
    [
        (date(2001, 4, 2), "", date(2001, 4, 2), date(2001, 4, 2)),
        (date(2001, 4, 2), "D", date(2001, 4, 1), date(2001, 4, 3)),
        (date(2001, 4, 2), "M", date(2001, 3, 18), date(2001, 4, 17)),
        (date(2001, 8, 31), "Y", date(2001, 2, 28), date(2002, 2, 28)),
        (date(2001, 1, 1), "Y", date(2001, 1, 1), date(2001, 12, 31)),
        (date(2001, 12, 31), "Y", date(2001, 1, 1), date(2001, 12, 31)),
        (date(2001, 1, 1), "Y2", date(2000, 1, 1), date(2002, 1, 1)),
        (date(2001, 4, 2), "U", None, None),
        (date.min, "D", date.min, date(1, 1, 2)),
        (date.min, "Y2", date.min, date(2, 1, 1)),
        (date.max, "M", date(9999, 12, 16), date.max),
        (date(9999, 11, 1), "Y", date(9999, 5, 1), date.max),
    ],
)
def test_read_estimate__gives_the_interval_the_letter_claims(day, estimate, earliest, latest) -> None:
    assert read_estimate(day, estimate) == ImportedDate(earliest, latest, f"{day:%Y%m%d}{estimate}", day)


def test_read_estimate__refuses_other_letters() -> None:
    with pytest.raises(EstimateError):
        read_estimate(date(2001, 1, 1), "Q")


def test_find_sparks_files__finds_the_pair_in_any_case(tmp_path: Path) -> None:
    for name in ("Exchange.dbf", "moves.DBF"):
        (tmp_path / name).touch()
    found = (tmp_path / "Exchange.dbf", tmp_path / "moves.DBF")
    assert find_sparks_files(tmp_path) == found
    assert find_sparks_files(found[0]) == found
    assert find_sparks_files(found[1], found[0]) == found
    assert find_sparks_files(*found) == found


def test_find_sparks_files__refuses_a_folder_without_the_pair(tmp_path: Path) -> None:
    with pytest.raises(SparksRefused, match=r"holds no EXCHANGE\.DBF"):
        find_sparks_files(tmp_path)
    with pytest.raises(SparksRefused, match="is not a SPARKS studbook"):
        find_sparks_files(tmp_path / "other.csv")


def test_read_sparks__reads_the_pair_from_a_folder(samples: Path, pair) -> None:
    assert read_sparks(samples) == pair.parse()


def test_read_sparks__refuses_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(SparksRefused, match="cannot be read"):
        read_sparks(tmp_path / "a.dbf", tmp_path / "b.dbf")
