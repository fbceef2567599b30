"""Dates are intervals, in the words they were given."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studbook.core.dates import (
    DateInterval,
    DateTextError,
    age_years,
    completed_months,
    completed_years,
    interval_columns,
)

DAYS = st.dates(min_value=date(1800, 2, 1), max_value=date(2900, 1, 1))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019-05-03", date(2019, 5, 3), date(2019, 5, 3)),
        ("3 May 2019", date(2019, 5, 3), date(2019, 5, 3)),
        ("May 2019", date(2019, 5, 1), date(2019, 5, 31)),
        ("feb 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-05", date(2019, 5, 1), date(2019, 5, 31)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("about 2019-05-03", date(2019, 4, 18), date(2019, 5, 18)),
        ("about May 2019", date(2019, 4, 1), date(2019, 6, 30)),
        ("about January 2019", date(2018, 12, 1), date(2019, 2, 28)),
        ("about 2019", date(2018, 1, 1), date(2020, 12, 31)),
        ("between 2019-01-01 and 2019-03-15", date(2019, 1, 1), date(2019, 3, 15)),
        ("between May 2018 and 2019", date(2018, 5, 1), date(2019, 12, 31)),
        ("before 2001", date(1800, 1, 1), date(2000, 12, 31)),
        ("before 3 May 2001", date(1800, 1, 1), date(2001, 5, 2)),
    ],
)
def test_parse__reads_the_grammar(text: str, earliest: date, latest: date) -> None:
    read = DateInterval.parse(text)
    assert (read.earliest, read.latest, str(read)) == (earliest, latest, text)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "31 February", "12/05/19", "about", "between 2019", "1 Foo 2019", "99"],
)
def test_parse__answers_other_words_with_a_sentence(text: str) -> None:
    with pytest.raises(DateTextError, match="is not a date this book can read"):
        DateInterval.parse(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-13-01", "2019-13-01"),
        ("30 February 2019", "30 February 2019"),
        ("Before 31 April 2019", "31 April 2019"),
        ("2019-14", "2019-14"),
    ],
)
def test_parse__says_that_a_day_is_not_in_the_calendar(text: str, day: str) -> None:
    with pytest.raises(DateTextError, match=f"“{day}” is not in the calendar"):
        DateInterval.parse(text)


@pytest.mark.parametrize("text", ["about 1800", "about January 1800", "about 1800-01-05", "0019-01-01"])
def test_parse__refuses_what_lies_before_the_first_day(text: str) -> None:
    with pytest.raises(DateTextError, match="the first day this book can hold"):
        DateInterval.parse(text)


@pytest.mark.parametrize(
    "text", ["before 1800", "between 2019 and 2018", "about 9999", "about December 9999"]
)
def test_parse__refuses_an_interval_that_holds_no_day(text: str) -> None:
    with pytest.raises(DateTextError):
        DateInterval.parse(text)


@given(st.text())
def test_parse__raises_nothing_but_its_own_error(text: str) -> None:
    try:
        read = DateInterval.parse(text)
    except DateTextError:
        return
    assert read.earliest <= read.latest


@given(DAYS)
def test_parse__reads_back_what_it_wrote(day: date) -> None:
    exact = DateInterval.exact(day)
    assert DateInterval.parse(str(exact)) == exact


@given(DAYS, DAYS)
def test_middle__lies_inside(one: date, other: date) -> None:
    interval = DateInterval(min(one, other), max(one, other))
    assert interval.earliest <= interval.middle <= interval.latest
    assert DateInterval.parse(str(interval)).earliest == interval.earliest


def test_middle__of_before_is_its_last_day() -> None:
    assert DateInterval.parse("before 2001").middle == date(2000, 12, 31)


def test_age_years__counts_from_the_middle() -> None:
    assert age_years(DateInterval.parse("2019-05-03"), date(2020, 5, 3)) == pytest.approx(366 / 365.25)


@pytest.mark.parametrize("born", ["2023-08-31", "2024-02-29", "2023-01-30", "2019-12-01", "May 2020", "2021"])
def test_completed_months__equal_the_months_met_day_by_day(born: str) -> None:
    birth = DateInterval.parse(born)
    day, months, years = birth.middle, 0, 0
    assert completed_months(birth, day - timedelta(days=1)) == 0
    for _ in range(9 * 366):
        assert (completed_months(birth, day), completed_years(birth, day)) == (months, years)
        yesterday, day = day, day + timedelta(days=1)
        # A month ends on the day of birth, or on the first after a month that is too short to have it.
        if day.day == birth.middle.day or (day.day == 1 and yesterday.day < birth.middle.day):
            months += 1
            years += months % 12 == 0


@pytest.mark.parametrize(
    ("born", "eve", "months"),
    [
        ("2023-01-01", date(2024, 6, 30), 18),
        ("2023-07-01", date(2023, 12, 31), 6),
        ("2023-01-31", date(2023, 2, 28), 1),
        ("2023-01-31", date(2024, 2, 29), 13),
        ("2024-02-29", date(2025, 2, 28), 12),
        ("2024-02-29", date(2028, 2, 28), 48),
    ],
)
def test_completed_months__end_on_the_day(born: str, eve: date, months: int) -> None:
    birth = DateInterval.parse(born)
    assert completed_months(birth, eve) == months - 1
    assert completed_months(birth, eve + timedelta(days=1)) == months


def test_interval_columns__names_the_three_columns() -> None:
    assert interval_columns("birth", None) == {"birth_earliest": None, "birth_latest": None, "birth_text": ""}
    assert interval_columns("birth", DateInterval.parse("May 2019"))["birth_text"] == "May 2019"


@pytest.mark.parametrize(
    "words", ["9999-12-31", "3000-01-01", "between 1900 and 3000-01-01", "about 2999", "before 4000-01-01"]
)
def test_parse__refuses_what_lies_at_the_end_of_the_calendar(words: str) -> None:
    with pytest.raises(DateTextError, match="Correct the year"):
        DateInterval.parse(words)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("May 2019", "2019-05-31", True),
        ("2019-05-31", "May 2019", True),
        ("May 2019", "2019-06-01", False),
        ("2019", "2018-12-31", False),
    ],
)
def test_intervals__meet_where_they_have_a_day_in_common(one: str, other: str, meet: bool) -> None:
    assert DateInterval.parse(one).meets(DateInterval.parse(other)) is meet
