"""Dates as people know them: an interval, and the words it was given in."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

FIRST_DAY = date(1800, 1, 1)
# The last day that anybody may write: days are counted on from it, and the calendar ends with the year 9999.
LAST_DAY = date(2999, 12, 31)
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
DAYS_IN_YEAR = 365.25
MONTHS_IN_YEAR = 12


class DateTextError(ValueError):
    """The words are not a date; the message is the sentence to show."""


@dataclass(frozen=True, slots=True)
class DateInterval:
    """Everything known about one date: it lies between `earliest` and `latest`, both included.

    `text` is what the person wrote and is what is shown; the interval is what rules and numbers use.
    """

    earliest: date
    latest: date
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse an interval that holds no day."""
        if self.earliest > self.latest:
            raise DateTextError(
                f"The date runs backwards: {self.earliest} is after {self.latest}. Swap the two."
            )
        if self.earliest < FIRST_DAY:
            raise DateTextError(
                f"{self.earliest} is before {FIRST_DAY}, the first day this book can hold. Correct the year."
            )

    def __str__(self) -> str:
        """Return the date as it was given."""
        return self.text or self.default_text

    @property
    def default_text(self) -> str:
        if self.is_exact:
            return self.earliest.isoformat()
        return f"between {self.earliest.isoformat()} and {self.latest.isoformat()}"

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    @property
    def middle(self) -> date:
        """The day that stands for the interval where a single one is needed, as in ages.

        "before 2001" begins with the first day of the book only because an interval must begin; its last day stands
        for it, or an animal born then would be a hundred years too old.
        """
        if self.earliest == FIRST_DAY:
            return self.latest
        return self.earliest + (self.latest - self.earliest) // 2

    def meets(self, other: "DateInterval") -> bool:
        """Tell whether the two have a day in common."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    @classmethod
    def exact(cls, day: date) -> "DateInterval":
        return cls(day, day, day.isoformat())

    @classmethod
    def parse(cls, text: str) -> "DateInterval":
        """Read `2019-05-03`, `3 May 2019`, `May 2019`, `2019`, `about ...`, `between ... and ...`, `before ...`.

        `about` widens by what it stands before: a day by 15 days, a month by a month, a year by a year, each way.
        """
        words = " ".join(text.split())
        try:
            found = cls._parse(words)
        except OverflowError as error:
            raise DateTextError(f"“{words}” lies outside the calendar. Correct the year.") from error
        if found.latest > LAST_DAY:
            raise DateTextError(f"“{words}” lies after {LAST_DAY}. Correct the year.")
        return found

    @classmethod
    def _parse(cls, words: str) -> "DateInterval":
        if match := re.fullmatch(r"between (.+) and (.+)", words, re.IGNORECASE):
            return cls(_bounds(match[1])[0], _bounds(match[2])[1], words)
        if match := re.fullmatch(r"before (.+)", words, re.IGNORECASE):
            return cls(FIRST_DAY, _bounds(match[1])[0] - timedelta(days=1), words)
        if match := re.fullmatch(r"about (.+)", words, re.IGNORECASE):
            return cls(*_widened(match[1]), words)
        return cls(*_bounds(words), words)


def _bounds(words: str) -> tuple[date, date]:
    lower = words.lower()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", lower):
            return (date.fromisoformat(lower),) * 2
        if (match := re.fullmatch(r"(\d{1,2}) ([a-z]+)\.? (\d{4})", lower)) and match[2] in MONTHS:
            return (date(int(match[3]), MONTHS[match[2]], int(match[1])),) * 2
        if (match := re.fullmatch(r"([a-z]+)\.? (\d{4})", lower)) and match[1] in MONTHS:
            return _month(int(match[2]), MONTHS[match[1]])
        if match := re.fullmatch(r"(\d{4})-(\d{2})", lower):
            return _month(int(match[1]), int(match[2]))
        if re.fullmatch(r"1[89]\d\d|2\d{3}", lower):
            return date(int(lower), 1, 1), date(int(lower), 12, 31)
    except ValueError as error:
        raise DateTextError(
            f"“{words}” is not in the calendar. Correct the day, the month or the year."
        ) from error
    raise DateTextError(
        f"“{words}” is not a date this book can read. Write 2019-05-03, May 2019, 2019, about 2019, "
        "between 2019-01-01 and 2019-03-15, or before 2001."
    )


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _widened(words: str) -> tuple[date, date]:
    first, last = _bounds(words)
    width = (last - first).days
    if width == 0:
        return first - timedelta(days=15), last + timedelta(days=15)
    if width < 31:
        before, after = first - timedelta(days=1), last + timedelta(days=1)
        return before.replace(day=1), _month(after.year, after.month)[1]
    return date(first.year - 1, 1, 1), date(last.year + 1, 12, 31)


def age_years(born: DateInterval, on: date) -> float:
    """Return the age on a day in years, from the middle of the birth interval."""
    return (on - born.middle).days / DAYS_IN_YEAR


def completed_months(born: DateInterval, on: date) -> int:
    """Return how many months of the calendar are complete on a day, from the middle of the birth interval; 0 before it.

    A month is complete on the day of the month on which the animal was born. Where a month has no such day, as after a
    birth on the 31st or on 29 February, it is complete on the first day of the next.
    """
    day = born.middle
    months = MONTHS_IN_YEAR * (on.year - day.year) + on.month - day.month - (on.day < day.day)
    return max(months, 0)


def completed_years(born: DateInterval, on: date) -> int:
    """Return how many birthdays an animal has had on a day, as `completed_months` counts; born on 29 February, on 1 March in other years."""
    return completed_months(born, on) // MONTHS_IN_YEAR


class IntervalAccess:
    """`animal.birth` for the three columns `birth_earliest`, `birth_latest` and `birth_text`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> DateInterval | None:
        earliest = getattr(instance, f"{self.name}_earliest")
        if earliest is None:
            return None
        return DateInterval(
            earliest, getattr(instance, f"{self.name}_latest"), getattr(instance, f"{self.name}_text")
        )

    def __set__(self, instance: Any, value: DateInterval | None) -> None:
        setattr(instance, f"{self.name}_earliest", value.earliest if value else None)
        setattr(instance, f"{self.name}_latest", value.latest if value else None)
        setattr(instance, f"{self.name}_text", str(value) if value else "")


def interval_columns(name: str, value: DateInterval | None) -> dict[str, Any]:
    """Return the three columns of a date, for constructors and `update()`."""
    return {
        f"{name}_earliest": value.earliest if value else None,
        f"{name}_latest": value.latest if value else None,
        f"{name}_text": str(value) if value else "",
    }
