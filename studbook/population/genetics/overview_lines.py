"""A figure as a line of a table: its name, its value under both conventions, what it means, how it is made."""

from dataclasses import dataclass
from math import isnan

from studbook.core.templatetags.studbook import NOTHING, decimals


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in words. `known_only` is empty where the figure has one convention only; `slug` is the page on how it is made.

    `reason` says why there is no answer; `page` is the name of the page that shows more, "" for none, and `query` what its
    address takes beside the basis.
    """

    label: str
    slug: str
    value: str
    known_only: str = ""
    meaning: str = ""
    reason: str = ""
    page: str = ""
    query: str = ""

    @property
    def answered(self) -> bool:
        return self.value != NOTHING or self.known_only not in ("", NOTHING)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    title: str
    lines: list[Line]


def with_error(value: float, error: float, places: int = 2) -> str:
    """Return a value with its standard error in words; a dash where there is no answer."""
    if isnan(value) or isnan(error):
        return decimals(value, places)
    return f"{decimals(value, places)} ± {decimals(error, places)}"
