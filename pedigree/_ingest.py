"""From records to rows: everything `Pedigree.from_records` must refuse or put in order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import (
    AnimalIdError,
    DuplicateAnimalError,
    ParentKindError,
    ParentProbabilityError,
    PedigreeError,
    SelfingError,
    SexCodeError,
    UnknownParentError,
)

WILD: Final = -1
"""A founder's parent: outside the pedigree, unrelated to every animal in it."""
UNKNOWN: Final = -2
"""A parent that existed but was not recorded."""
SEVERAL: Final = -3
"""One of several possible parents; `Pedigree.candidates` holds them."""

UNKNOWN_SEX: Final = 0
MALE: Final = 1
FEMALE: Final = 2

SEXES: Final = (UNKNOWN_SEX, MALE, FEMALE)
OUTSIDE: Final = (WILD, UNKNOWN)
PLAIN: Final = (str, int)

PROBABILITY_TOLERANCE: Final = 1e-9

Candidates = tuple[tuple[int, float], ...]
"""Parent rows (or WILD, UNKNOWN) with probabilities that add up to 1, in row order."""

Parent = str | int | tuple[tuple[str | int, float], ...]
"""An id, or WILD, or UNKNOWN, or a tuple of candidates (id or WILD or UNKNOWN, probability)."""


@dataclass(frozen=True, slots=True)
class Record:
    """One animal as it is handed in: its id, its parents and its sex.

    `twin_of` is the id of an animal with the same genome (an identical twin). `litter` is a label:
    where the sire (or dam) of several of one litter holds the same candidates, one parent is meant.
    """

    id: str
    sire: Parent = UNKNOWN
    dam: Parent = UNKNOWN
    sex: int = UNKNOWN_SEX
    twin_of: str | None = None
    litter: str | None = None


def named(parent: Parent) -> tuple[str, ...]:
    """Return the ids that a parent field names, none for a wild or unknown parent."""
    if isinstance(parent, str):
        return (parent,)
    if not isinstance(parent, tuple) or not possible_parent(parent):
        return ()
    return tuple(candidate for candidate, _ in parent if isinstance(candidate, str))


def possible_parent(parent: object) -> bool:
    """Return whether a parent field is an id, a code or a tuple of pairs of one of these and a probability."""
    if not isinstance(parent, tuple):
        return isinstance(parent, str | Integral)
    return all(
        isinstance(pair, tuple)
        and len(pair) == 2
        and isinstance(pair[0], str | Integral)
        and isinstance(pair[1], Real)
        for pair in parent
    )


def checked_records(records: Iterable[Record], *, allow_selfing: bool) -> dict[str, Record]:
    """Return the records by id, or refuse them."""
    records = list(records)
    for error in refusals(records, allow_selfing=allow_selfing):
        raise error
    return {record.id: record for record in records}


def refusals(records: Sequence[Record], *, allow_selfing: bool) -> Iterator[PedigreeError]:
    """Yield every reason why the records cannot be a pedigree, loops apart."""
    times = Counter(record.id for record in records)
    yield from (DuplicateAnimalError(animal) for animal, number in times.items() if number > 1)
    for record in records:
        if not _plainly_sound(record, times):
            yield from _refused_record(record, times, allow_selfing=allow_selfing)


def _plainly_sound(record: Record, known: Mapping[str, int]) -> bool:
    # Nearly all records are, and a hundred thousand of them are looked at one by one.
    sire, dam = record.sire, record.dam
    return (
        type(sire) in PLAIN
        and type(dam) in PLAIN
        and record.id != ""
        and record.sex in SEXES
        and (sire in known or sire in OUTSIDE)
        and (dam in known or dam in OUTSIDE)
        and (sire != dam or sire in OUTSIDE)
    )


def _refused_record(
    record: Record, known: Mapping[str, int], *, allow_selfing: bool
) -> Iterator[PedigreeError]:
    if not record.id:
        yield AnimalIdError()
    if record.sex not in SEXES:
        yield SexCodeError(record.id, record.sex)
    for role, parent in (("sire", record.sire), ("dam", record.dam)):
        if not possible_parent(parent):
            yield ParentKindError(record.id, role, parent)
            continue
        yield from _refused_parent(record.id, role, parent)
        missing = (name for name in named(parent) if name not in known)
        yield from (UnknownParentError(record.id, role, name) for name in missing)
    both = set(named(record.sire)) & set(named(record.dam))
    # An animal that is its own parent twice over is a loop first, and is reported as one.
    if both and not allow_selfing and record.id not in both:
        yield SelfingError(record.id, min(both))


def _refused_parent(animal: str, role: str, parent: Parent) -> Iterator[PedigreeError]:
    if isinstance(parent, str):
        return
    options: tuple[tuple[str | int, float], ...] = parent if isinstance(parent, tuple) else ((parent, 1.0),)
    people = [candidate for candidate, _ in options]
    if any(not isinstance(code, str) and code not in OUTSIDE for code in people):
        yield ParentProbabilityError(animal, role, "hold a code that is neither WILD nor UNKNOWN")
    if len(set(people)) < len(people):
        yield ParentProbabilityError(animal, role, "name one candidate twice")
    if not all(0 < probability <= 1 for _, probability in options):
        yield ParentProbabilityError(animal, role, "have a probability outside (0, 1]")
    total = math.fsum(probability for _, probability in options)
    if abs(total - 1) > PROBABILITY_TOLERANCE:
        yield ParentProbabilityError(animal, role, f"have probabilities that add up to {total:.6g}")


def parents_of(by_id: Mapping[str, Record]) -> dict[str, set[str]]:
    """Return the ids of each animal's possible parents."""
    return {animal: {*named(record.sire), *named(record.dam)} for animal, record in by_id.items()}


def loop_among(parents: Mapping[str, set[str]]) -> list[str]:
    """Return one loop, its first animal repeated at its end, among animals that each have a parent there."""
    animal = min(parents)
    path: dict[str, None] = {}
    while animal not in path:
        path[animal] = None
        # Whoever waits in vain has a parent that waits in vain, so the walk upwards must close.
        animal = min(parent for parent in parents[animal] if parent in parents)
    walk = list(path)
    loop = walk[walk.index(animal) :]
    first = loop.index(min(loop))
    return [*loop[first:], *loop[:first], loop[first]]


def columns(
    records: Sequence[Record], rows: Mapping[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.int32], dict[tuple[int, str], Candidates]]:
    """Return the sire's and the dam's row or code of each record, and the candidates where they are several."""
    several: dict[tuple[int, str], Candidates] = {}
    lookup: dict[Any, int] = {**rows, WILD: WILD, UNKNOWN: UNKNOWN}
    sire = np.array([lookup.get(record.sire, SEVERAL) for record in records], dtype=np.int32)
    dam = np.array([lookup.get(record.dam, SEVERAL) for record in records], dtype=np.int32)
    for role, column in (("sire", sire), ("dam", dam)):
        for row in np.flatnonzero(column == SEVERAL).tolist():
            options = _candidates(getattr(records[row], role), rows)
            if len(options) == 1:
                column[row] = options[0][0]
            else:
                several[row, role] = options
    return sire, dam, several


def _candidates(parents: tuple[tuple[str | int, float], ...], rows: Mapping[str, int]) -> Candidates:
    total = math.fsum(probability for _, probability in parents)
    options = ((rows[who] if isinstance(who, str) else who, share / total) for who, share in parents)
    return tuple(sorted(options))
