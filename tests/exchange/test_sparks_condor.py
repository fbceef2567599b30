"""A real pair, read where it lies beside the repository: sums only, no single bird."""

from collections import Counter
from pathlib import Path

import pytest

from studbook.exchange.records import ParsedStudbook, Tally
from studbook.exchange.sparks import read_sparks, still_in


@pytest.fixture(scope="module")
def parsed(condor: Path) -> ParsedStudbook:
    return read_sparks(condor)


def test_read_sparks__takes_in_every_condor_row(parsed: ParsedStudbook) -> None:
    assert parsed.tallies == (
        Tally("EXCHANGE.DBF", 807, 807, 790, 17, 0),
        Tally("MOVES.DBF", 4076, 4076, 4074, 2, 0),
    )
    assert (len(parsed.animals), len(parsed.events)) == (807, 4076)


def test_read_sparks__counts_condor_events_by_kind(parsed: ParsedStudbook) -> None:
    assert Counter(event.kind for event in parsed.events) == {
        "transfer": 1863, "release": 951, "birth": 792, "death": 374, "capture": 96,
    }  # fmt: skip
    assert sum(event.is_return for event in parsed.events) == 521


def test_read_sparks__counts_condor_sexes_and_deaths(parsed: ParsedStudbook) -> None:
    assert Counter(animal.sex for animal in parsed.animals) == {"M": 392, "F": 362, "U": 53}
    assert sum(animal.death is not None for animal in parsed.animals) == 374


def test_read_sparks__lists_the_two_dams_of_unknown_sex(parsed: ParsedStudbook) -> None:
    problems = [problem for problem in parsed.problems if problem.code == "B2"]
    assert [(problem.level, problem.field) for problem in problems] == [("warn", "SEX")] * 2
    assert all(
        "as dam of" in problem.sentence and "its sex is unknown" in problem.sentence for problem in problems
    )


def test_read_sparks__warns_of_the_known_dirt(parsed: ParsedStudbook) -> None:
    warned = Counter(problem.code for problem in parsed.problems if problem.level == "warn")
    assert warned == {"C4": 15, "C3": 2, "B2": 2}


def test_still_in__equals_the_202_not_flagged_as_left(parsed: ParsedStudbook) -> None:
    flagged = {animal.studbook_number for animal in parsed.animals if animal.left_population is False}
    assert len(flagged) == 202
    assert still_in(parsed) == flagged


def test_read_sparks__finds_a_birth_type_for_nearly_all(parsed: ParsedStudbook) -> None:
    assert Counter(animal.birth_type for animal in parsed.animals) == {
        "captive": 680,
        "wild": 123,
        "unknown": 4,
    }
