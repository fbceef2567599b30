"""SPARKS pairs: the mapping, cell by cell, and the problems found on the way."""

from dataclasses import replace
from datetime import date

import pytest

from studbook.exchange.records import ImportedDate, ImportedParent, Tally
from studbook.exchange.sparks import still_in


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
