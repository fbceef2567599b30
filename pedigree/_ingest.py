"""From records to rows: everything `Pedigree.from_records` must refuse or put in order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pedigree.errors import (
    AnimalIdError,
    CyclicPedigreeError,
    DuplicateAnimalError,
    ParentProbabilityError,
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

PROBABILITY_TOLERANCE: Final = 1e-9

Parent = str | int | tuple[tuple[str | int, float], ...]
"""An id, or WILD, or UNKNOWN, or a tuple of candidates (id or WILD or UNKNOWN, probability)."""


@dataclass(frozen=True, slots=True)
class Record:
    """One animal as it is handed in: its id, its parents and its sex."""

    id: str
    sire: Parent = UNKNOWN
    dam: Parent = UNKNOWN
    sex: int = UNKNOWN_SEX


def named(parent: Parent) -> tuple[str, ...]:
    """Return the ids that a parent field names, none for a wild or unknown parent."""
    if isinstance(parent, str):
        return (parent,)
    if isinstance(parent, int):
        return ()
    return tuple(candidate for candidate, _ in parent if isinstance(candidate, str))


def checked_records(records: Iterable[Record], *, allow_selfing: bool) -> dict[str, Record]:
    """Return the records by id, or refuse them."""
    by_id: dict[str, Record] = {}
    for record in records:
        if record.id in by_id:
            raise DuplicateAnimalError(record.id)
        by_id[record.id] = record
    for record in by_id.values():
        _check_record(record, by_id, allow_selfing=allow_selfing)
    return by_id


def _check_record(record: Record, by_id: Mapping[str, Record], *, allow_selfing: bool) -> None:
    if not record.id:
        raise AnimalIdError
    if record.sex not in (UNKNOWN_SEX, MALE, FEMALE):
        raise SexCodeError(record.id, record.sex)
    for role, parent in (("sire", record.sire), ("dam", record.dam)):
        _check_parent(record.id, role, parent)
        for name in named(parent):
            if name not in by_id:
                raise UnknownParentError(record.id, role, name)
    both = set(named(record.sire)) & set(named(record.dam))
    # An animal that is its own parent twice over is a loop first, and is reported as one.
    if both and not allow_selfing and record.id not in both:
        raise SelfingError(record.id, min(both))


def _check_parent(animal: str, role: str, parent: Parent) -> None:
    if isinstance(parent, str):
        return
    options: tuple[tuple[str | int, float], ...] = ((parent, 1.0),) if isinstance(parent, int) else parent
    people = [candidate for candidate, _ in options]
    if any(isinstance(code, int) and code not in (WILD, UNKNOWN) for code in people):
        raise ParentProbabilityError(animal, role, "hold a code that is neither WILD nor UNKNOWN")
    if len(set(people)) < len(people):
        raise ParentProbabilityError(animal, role, "name one candidate twice")
    if not all(0 < probability <= 1 for _, probability in options):
        raise ParentProbabilityError(animal, role, "have a probability outside (0, 1]")
    total = math.fsum(probability for _, probability in options)
    if abs(total - 1) > PROBABILITY_TOLERANCE:
        raise ParentProbabilityError(animal, role, f"have probabilities that add up to {total:.6g}")


def placed(by_id: Mapping[str, Record]) -> dict[str, int]:
    """Return each animal's generation, 0 without a parent in the pedigree, else one below its lowest parent."""
    parents = {animal: {*named(record.sire), *named(record.dam)} for animal, record in by_id.items()}
    offspring: dict[str, list[str]] = {animal: [] for animal in by_id}
    for animal, above in parents.items():
        for parent in above:
            offspring[parent].append(animal)
    waiting = {animal: len(above) for animal, above in parents.items()}
    generation = {animal: 0 for animal, count in waiting.items() if count == 0}
    ready = list(generation)
    for animal in ready:
        for young in offspring[animal]:
            waiting[young] -= 1
            if waiting[young] == 0:
                generation[young] = 1 + max(generation[parent] for parent in parents[young])
                ready.append(young)
    if len(generation) < len(by_id):
        raise CyclicPedigreeError(_loop({a: p for a, p in parents.items() if a not in generation}))
    return generation


def _loop(parents: Mapping[str, set[str]]) -> list[str]:
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


def resolved(
    parent: Parent,
    place: tuple[int, str],
    rows: Mapping[str, int],
    several: dict[tuple[int, str], tuple[tuple[int, float], ...]],
) -> int:
    """Return a parent's row or code; candidates go into `several` at their place (row, role)."""
    if isinstance(parent, int):
        return parent
    if isinstance(parent, str):
        return rows[parent]
    total = math.fsum(probability for _, probability in parent)
    options = [(rows[who] if isinstance(who, str) else who, share / total) for who, share in parent]
    if len(options) == 1:
        return options[0][0]
    several[place] = tuple(sorted(options))
    return SEVERAL
