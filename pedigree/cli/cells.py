"""What one cell of a pedigree file may say."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from datetime import date
from fractions import Fraction
from typing import Final

from pedigree.checks import Interval
from pedigree.structure import FEMALE, MALE, UNKNOWN, UNKNOWN_SEX, WILD, Parent

CODES: Final = {
    "": UNKNOWN,
    "0": UNKNOWN,
    "NA": UNKNOWN,
    "UNK": UNKNOWN,
    "UND": UNKNOWN,
    "MULT": UNKNOWN,
    "WILD": WILD,
}
SEXES: Final = {
    "": UNKNOWN_SEX,
    "u": UNKNOWN_SEX,
    "unknown": UNKNOWN_SEX,
    "m": MALE,
    "male": MALE,
    "f": FEMALE,
    "female": FEMALE,
}
_CANDIDATE: Final = re.compile(
    r"(?P<who>[^\s,;]+):(?P<weight>[0-9]{1,40}(?:\.[0-9]{1,40})?(?:/[0-9]{1,40})?)"
)
_DATE: Final = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


class CellError(ValueError):
    """A cell that says nothing this file format knows."""


def parent(text: str, ids: Collection[str]) -> Parent:
    """Return a parent cell's id, code or candidates; an id that exists is never read as anything else."""
    if text in ids or ":" not in text:
        return CODES.get(text, text)
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    found = [_CANDIDATE.fullmatch(part) for part in parts]
    candidates = [(match["who"], _weight(match["weight"])) for match in found if match]
    total = sum(weight for _, weight in candidates)
    if len(candidates) < len(parts) or total == 0:
        raise CellError(
            f"{text!r} lists no possible parents. Write them as A:1,C:1, each with a weight above 0."
        )
    return tuple((CODES.get(who, who), float(weight / total)) for who, weight in candidates)


def _weight(text: str) -> Fraction:
    above, _, below = text.partition("/")
    if below and int(below) == 0:
        raise CellError(f"The weight {text} divides by 0. Write a weight above 0.")
    return Fraction(above) / Fraction(below or 1)


def sex(text: str) -> int:
    """Return the sex a cell says; digits are refused, since programs disagree on what they mean."""
    if text.lower() not in SEXES:
        digits = " Digits mean different sexes in different programs." if text.isdigit() else ""
        raise CellError(f"{text!r} is no sex.{digits} Write M, F or U.")
    return SEXES[text.lower()]


def interval(text: str) -> Interval:
    """Return the first and last day an ISO date can mean: a day, a month (2001-05) or a year (2001)."""
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = int(match["year"]), match["month"], match["day"]
        if day:
            return (date(year, int(month), int(day)),) * 2
        first, last = (int(month), int(month)) if month else (1, 12)
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    except ValueError:
        raise CellError(
            f"{text!r} is no date. Write it as 2001-05-31, or 2001-05 or 2001 if no more is known."
        ) from None
