"""The files that a projection is given beside the animals: rates by sex and age, and straws in the bank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pedigree.cli.cells import CellError, sex
from pedigree.cli.reading import FileError, Sheet, csv_rows, refuse_twice
from pedigree.errors import ScenarioError
from pedigree.projection import Rates, SexRates
from pedigree.structure import FEMALE, MALE, UNKNOWN_SEX

RATES: Final = ("age", "Qx", "Mx")
BOTH: Final = (MALE, FEMALE)
WORDS: Final = {MALE: "males", FEMALE: "females"}


def read_rates(path: Path) -> Rates:
    """Return the rates of a file with the columns age, Qx, Mx and, unless both sexes are alike, sex."""
    found: dict[int, dict[int, tuple[float, float]]] = {MALE: {}, FEMALE: {}}
    for line, cells in _table(path, RATES):
        age = int(_number(path, line, "age", cells["age"], whole=True))
        rate = (
            _number(path, line, "Qx", cells["Qx"]),
            _number(path, line, "Mx", cells["Mx"]),
        )
        for each in _sexes(path, line, cells):
            if age in found[each]:
                raise FileError(
                    f"Row {line} of {path.name} gives age {age} of {WORDS[each]} a second time. Keep one row."
                )
            found[each][age] = rate
    return Rates(*(_of_sex(path, each, found[each]) for each in BOTH))


def _sexes(path: Path, line: int, cells: Mapping[str, str]) -> tuple[int, ...]:
    if "sex" not in cells or cells["sex"].lower() == "all":
        return BOTH
    try:
        which = sex(cells["sex"])
    except CellError as error:
        raise FileError(f"Row {line} of {path.name}, field sex: {error}") from None
    if which == UNKNOWN_SEX:
        raise FileError(f"Row {line} of {path.name} is of unknown sex. Write M, F, or all for both.")
    return (which,)


def _of_sex(path: Path, which: int, rates: Mapping[int, tuple[float, float]]) -> SexRates:
    if not rates:
        raise FileError(f"{path.name} has no rates of {WORDS[which]}. Add rows for every age from 0 up.")
    missing = sorted(set(range(max(rates) + 1)) - rates.keys())
    if missing:
        raise FileError(
            f"{path.name} lacks age {missing[0]} of {WORDS[which]}. Give every age from 0 to the last."
        )
    deaths, births = zip(*(rates[age] for age in range(len(rates))), strict=True)
    try:
        return SexRates.of(deaths, births)
    except ScenarioError as error:
        raise FileError(f"{path.name}, {WORDS[which]}: {error}") from None


def read_straws(path: Path, sheet: Sheet) -> dict[str, int]:
    """Return how many straws of each animal are banked, from a file with the columns id and straws."""
    found: dict[str, int] = {}
    for line, cells in _table(path, ("id", "straws")):
        animal = cells["id"]
        if animal not in sheet.lines:
            raise FileError(
                f"Row {line} of {path.name} names {animal}, which has no row among the animals. Correct it or take it out."
            )
        if animal in found:
            raise FileError(f"Row {line} of {path.name} names {animal} a second time. Add its straws up.")
        found[animal] = int(_number(path, line, "straws", cells["straws"], whole=True))
    return found


def _table(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    rows = csv_rows(path)
    _, header = next(rows, (0, []))
    names = {name.lower(): name for name in needed}
    columns = [names.get(name.lower(), name.lower()) for name in header]
    missing = [name for name in needed if name not in columns]
    if missing:
        raise FileError(f"The header of {path.name} lacks {', '.join(missing)}. Add what is missing.")
    refuse_twice(path, columns)
    for line, cells in rows:
        if not any(cells):
            continue
        if len(cells) != len(columns):
            raise FileError(
                f"Row {line} of {path.name} has {len(cells)} cells, but the header has {len(columns)}. "
                "Leave empty cells in place."
            )
        yield line, dict(zip(columns, cells, strict=True))


def _number(path: Path, line: int, field: str, text: str, *, whole: bool = False) -> float:
    try:
        number = float(text)
        if number < 0 or (whole and number != int(number)):
            raise ValueError
    except (ValueError, OverflowError):
        kind = "whole number" if whole else "number"
        raise FileError(
            f"Row {line} of {path.name}, field {field}: {text!r} is no {kind} from 0 up. Write one."
        ) from None
    return number
