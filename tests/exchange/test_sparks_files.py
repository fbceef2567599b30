"""SPARKS pairs: who is still in, what a date estimate means, and how the pair is found."""

from datetime import date
from pathlib import Path

import pytest

from studbook.exchange.records import ImportedDate, ImportRefused
from studbook.exchange.sparks import find_sparks_files, read_sparks, still_in
from studbook.exchange.sparks_dates import EstimateError, read_estimate


def animal(parsed, number):
    return next(each for each in parsed.animals if each.studbook_number == number)


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
    with pytest.raises(ImportRefused, match=r"holds no EXCHANGE\.DBF"):
        find_sparks_files(tmp_path)
    with pytest.raises(ImportRefused, match="is not a SPARKS studbook"):
        find_sparks_files(tmp_path / "other.csv")


def test_read_sparks__reads_the_pair_from_a_folder(samples: Path, pair) -> None:
    assert read_sparks(samples) == pair.parse()


def test_read_sparks__refuses_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="cannot be read"):
        read_sparks(tmp_path / "a.dbf", tmp_path / "b.dbf")
