"""Small pieces of writing that several parts of the printed plan share."""

from collections.abc import Callable, Mapping
from typing import Any

from studbook.core.templatetags.studbook import NOTHING, age, coefficient, decimals, percent
from studbook.planning.paper.blocks import RIGHT, Cell, Column
from studbook.planning.paper.plain import Plain
from studbook.planning.paper.remade import day_in
from studbook.planning.report_text import day_words

ANIMAL = (
    Column("SB ID", width="1.5cm", letters=9),
    Column("Name", width="3cm"),
    Column("Sex", width="1cm"),
    Column("Age", RIGHT, "1.3cm"),
    Column("Location", width="2.4cm", letters=12),
)
"""The columns that tell who an animal is."""


def day(words: str | None) -> str:
    """Return a day as pages write it."""
    return day_words(day_in(words)) if words else NOTHING


def census(told: Plain) -> str:
    """Return males, females and those of unknown sex, with the sum."""
    return f"{told['total']:,} ({told['male']}.{told['female']}.{told['unknown']})"


def by_sex(told: Mapping[str, Any], shown: Callable[[Any], str]) -> str:
    """Return a figure of males and of females."""
    return f"♂ {shown(told.get('M'))}  ♀ {shown(told.get('F'))}"


def number(value: float | None, shown: Callable[[float | None], str] = coefficient) -> Cell:
    """Return a cell of a number as it is shown, with the number itself."""
    return Cell(shown(value), value)


def whole(value: float | None) -> Cell:
    return Cell(NOTHING if value is None else f"{value:,.0f}", value)


def plainly(value: float | None) -> str:
    """Return a number without more decimals than it needs."""
    return NOTHING if value is None else f"{value:,g}"


def aged(value: float | None) -> Cell:
    return Cell(age(value), value)


def two(value: float | None) -> str:
    return decimals(value, 2)


def three(value: float | None) -> str:
    return decimals(value, 3)


def one(value: float | None) -> str:
    return decimals(value, 1)


def share(value: float | None) -> str:
    return percent(value, 2)


def tenth_share(value: float | None) -> str:
    return percent(value, 1)


def placed(key: int | None, places: Plain) -> str:
    """Return an institution's mnemonic."""
    found = places.get(str(key))
    return found["mnemonic"] if found else NOTHING


def paragraphs(words: str) -> tuple[str, ...]:
    """Return what a person wrote, by its empty lines."""
    return tuple(" ".join(each.split()) for each in words.replace("\r", "").split("\n\n") if each.strip())
