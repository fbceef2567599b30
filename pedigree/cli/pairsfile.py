"""The pairs that may breed, from a CSV file or every one of a population."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pedigree.cli.reading import FileError, Sheet, csv_rows, refuse_twice
from pedigree.structure import FEMALE, MALE
from pedigree.whatif import Population


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two columns of ids, and the other columns as they were written, with the line of each pair."""

    sires: tuple[str, ...]
    dams: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    lines: tuple[int, ...] = ()

    def numbers(self, name: str, missing: float | None = None) -> tuple[float, ...] | None:
        """Return a column as numbers; None where there is none."""
        if name not in self.columns:
            return None
        cells = zip(self.lines, self.columns[name], strict=True)
        return tuple(_number(line, name, cell, missing) for line, cell in cells)

    def answers(self, name: str) -> tuple[bool, ...] | None:
        """Return a column of yes and no; None where there is none."""
        if name not in self.columns:
            return None
        cells = zip(self.lines, self.columns[name], strict=True)
        return tuple(_answer(line, name, cell) for line, cell in cells)


def every_pair(population: Population) -> Pairs:
    """Return every pair of a living male and a living female, by their ids."""
    ids = population.ids
    males, females = (
        sorted(ids[row] for row in np.flatnonzero(population.living & (population.sex == sex)))
        for sex in (MALE, FEMALE)
    )
    both = [(sire, dam) for sire in males for dam in females]
    return Pairs(tuple(sire for sire, _ in both), tuple(dam for _, dam in both), {})


def read_pairs(path: Path, sheet: Sheet) -> Pairs:
    """Return the pairs of a file, or refuse it with the row and the field."""
    rows = csv_rows(path)
    _, header = next(rows, (0, []))
    columns = tuple(name.lower() for name in header)
    if missing := [name for name in ("sire", "dam") if name not in columns]:
        raise FileError(f"The header of {path.name} lacks {', '.join(missing)}. It must name sire and dam.")
    refuse_twice(path, columns)
    lines, table = [], []
    for line, cells in rows:
        if len(cells) != len(columns):
            raise FileError(
                f"Row {line} of {path.name} has {len(cells)} cells, but the header has {len(columns)}. "
                "Leave empty cells in place."
            )
        for field in ("sire", "dam"):
            animal = cells[columns.index(field)]
            if animal not in sheet.lines:
                raise FileError(
                    f"Row {line} of {path.name}, field {field}: {animal or 'nobody'} has no row in the pedigree. "
                    "Correct it, or take the pair out."
                )
        lines.append(line)
        table.append(cells)
    found = {name: tuple(cells[at] for cells in table) for at, name in enumerate(columns)}
    return Pairs(found.pop("sire"), found.pop("dam"), found, tuple(lines))


def _number(line: int, name: str, cell: str, missing: float | None) -> float:
    try:
        value = missing if not cell and missing is not None else float(cell)
        if not math.isfinite(value):
            raise ValueError
    except ValueError:
        raise FileError(f"Row {line} of the pairs, field {name}: {cell!r} is no number. Write one.") from None
    return value


def _answer(line: int, name: str, cell: str) -> bool:
    if cell.lower() not in ("yes", "no"):
        raise FileError(f"Row {line} of the pairs, field {name}: {cell!r} is no answer. Write yes or no.")
    return cell.lower() == "yes"
