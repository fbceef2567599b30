"""Who was there when: stays as changes in the order of their days, and who had bred by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pedigree.structure import Candidates, Pedigree

Stays = Mapping[str, Sequence[tuple[date, date | None]]]
"""By id, the stays of an animal: its first day, and the day it left or None."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A row of the pedigree that is counted from a day on, or no longer."""

    on: date
    arrival: bool
    row: int


@dataclass(frozen=True, slots=True)
class Bred:
    """A birth: from this day on one of the candidates is a sire, or a dam."""

    on: date
    role: str
    parents: Candidates


def changes_of(pedigree: Pedigree, presence: Stays) -> list[Change]:
    """Return every arrival and departure, departures of a day first; stays that overlap are one."""
    changes: list[Change] = []
    for animal, stays in presence.items():
        row = pedigree.row(animal)
        for first, left in _joined(animal, stays):
            changes.append(Change(first, True, row))
            if left is not None:
                changes.append(Change(left, False, row))
    return sorted(changes)


def _joined(animal: str, stays: Sequence[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
    joined: list[tuple[date, date | None]] = []
    for first, left in sorted(stays, key=lambda stay: stay[0]):
        if left is not None and left < first:
            raise ValueError(
                f"A stay of animal {animal} ends on {left}, before it begins on {first}. Correct one of the days."
            )
        before = joined[-1] if joined else None
        if before is None or (before[1] is not None and before[1] < first):
            joined.append((first, left))
        elif before[1] is not None:
            joined[-1] = before[0], None if left is None else max(before[1], left)
    return [(first, left) for first, left in joined if first != left]


def bred_by(pedigree: Pedigree, presence: Stays, births: Mapping[str, date]) -> list[Bred]:
    """Return when each animal became a sire or a dam; a draw shared by a litter counts once, by its eldest.

    An animal without a day of birth was born when it was first there; its parents wait for neither.
    """
    first = {animal: min(start for start, _ in stays) for animal, stays in presence.items() if stays}
    born = {pedigree.row(animal): day for animal, day in {**first, **births}.items()}
    eldest: dict[tuple[str, int], Bred] = {}
    for row, day in sorted(born.items(), key=lambda each: (each[1], each[0])):
        for role in ("sire", "dam"):
            draw = -1 - pedigree.draws[row, role] if (row, role) in pedigree.draws else row
            if (role, draw) not in eldest:
                eldest[role, draw] = Bred(day, role, pedigree.possible(row, role))
    return list(eldest.values())
