"""SPARKS dates: a day and an estimate letter, read as the interval they claim."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from studbook.exchange.records import ImportedDate

ESTIMATE: Final = re.compile(r"([DMY])(\d?)")
UNKNOWN: Final = "U"
DAYS: Final = {"D": 1, "M": 15}
MONTHS_PER_YEAR_ESTIMATE: Final = 6


class EstimateError(ValueError):
    """An estimate letter that SPARKS is not known to write."""


def read_estimate(day: date, estimate: str) -> ImportedDate:
    text = f"{day:%Y%m%d}{estimate}"
    if not estimate:
        return ImportedDate(day, day, text, day)
    if estimate == UNKNOWN:
        return ImportedDate(None, None, text, day)
    match = ESTIMATE.fullmatch(estimate)
    if match is None:
        raise EstimateError(estimate)
    earliest, latest = _widen(day, match[1], int(match[2] or 1) or 1)
    return ImportedDate(earliest, latest, text, day)


def widest_estimate(day: date, estimate: str) -> ImportedDate:
    return ImportedDate(*_widen(day, "Y", 1), f"{day:%Y%m%d}{estimate}", day)


def _widen(day: date, unit: str, times: int) -> tuple[date, date]:
    if unit != "Y":
        width = DAYS[unit] * times
        return _shift_days(day, -width), _shift_days(day, width)
    # A year alone is stored as 1 January at birth and 31 December at death: half of "+/- 6 months" would be
    # a year that nobody meant.
    if times == 1 and (day.month, day.day) in {(1, 1), (12, 31)}:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    width = MONTHS_PER_YEAR_ESTIMATE * times
    return _shift_months(day, -width), _shift_months(day, width)


def _shift_days(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def _shift_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
