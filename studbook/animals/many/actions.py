"""One deed on many animals: all of it is written, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right, standing_of
from studbook.animals.keeping import keeping, places_of
from studbook.animals.many.choosing import bounded, chosen_animals, not_theirs
from studbook.animals.many.kinds import ManyKind
from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.programmes.changes import Trail
from studbook.programmes.models import Programme
from studbook.programmes.staleness import stale_error


@dataclass(frozen=True, slots=True)
class ManyRow:
    """One animal of a round: its number, the version the person saw, what is told of it alone."""

    number: str
    opened_version: int
    told: dict[str, Any] = field(default_factory=dict)


class ManyRefusedError(StudbookError):
    """Some of the animals cannot be written of, so none is; `refused` says why, by number."""

    def __init__(self, refused: dict[str, StudbookError], of: int) -> None:
        first = next(iter(refused.values()))
        sentence = f"Nothing is saved: {len(refused)} of {of} animals cannot be written of. {first.sentence}"
        super().__init__(sentence)
        self.refused = refused
        stale = any(isinstance(each, StaleRecordError) for each in refused.values())
        self.status = StaleRecordError.status if stale else StudbookError.status


def log_many(
    programme: Programme,
    kind: ManyKind,
    rows: Sequence[ManyRow],
    *,
    by: User,
    reason: str = "",
    acknowledged: Iterable[str] = (),
    **shared: Any,
) -> list[Any]:
    """Do the same to many animals within one deed; return what was written of each.

    Raises NotTheirsError for an animal that is not there or not theirs, ManyRefusedError with what is wrong with each.
    """
    numbers = bounded([row.number for row in rows])
    _refuse_none_or_twice(numbers)
    animals = chosen_animals(programme, standing_of(by, programme.pk), kind.right, numbers)
    with keeping(
        programme,
        f"{kind.label} of several",
        by=by,
        right=kind.right,
        about=animals,
        reason=reason,
        acknowledged=acknowledged,
        alters_numbers=not kind.only_seen,
        only_seen=kind.only_seen,
    ) as trail:
        return _write_all(trail, kind, _read_anew(animals), rows, by, shared)


def _write_all(
    trail: Trail,
    kind: ManyKind,
    animals: Sequence[Animal],
    rows: Sequence[ManyRow],
    by: User,
    shared: dict[str, Any],
) -> list[Any]:
    waiting = _provisional(animals, by)
    written, refused = [], {}
    for animal, row in zip(animals, rows, strict=True):
        try:
            _refuse_stale(animal, row)
            made = kind.write(trail, animal, provisional=animal.pk in waiting, **shared, **row.told)
            written.append(made)
        except StudbookError as refusal:
            refused[row.number] = refusal
    if refused:
        raise ManyRefusedError(refused, len(rows))
    return written


def _read_anew(animals: Sequence[Animal]) -> list[Animal]:
    # Under the programme's lock nobody else can change them; one that was merged meanwhile is there no more.
    found = Animal.objects.select_related("programme", "sire", "dam").in_bulk([each.pk for each in animals])
    for animal in animals:
        if animal.pk not in found:
            raise not_theirs(animal.studbook_number)
    return [found[animal.pk] for animal in animals]


def _provisional(animals: Sequence[Animal], by: User) -> set[int]:
    standing = standing_of(by, animals[0].programme_id)
    return {
        animal.pk
        for animal, holder, owner in places_of([each.pk for each in animals])
        if not standing.may_on(Right.CONFIRM, holder=holder, owner=owner)
    }


def _refuse_stale(animal: Animal, row: ManyRow) -> None:
    if animal.version != row.opened_version:
        raise stale_error(animal, columns_of(animal), row.opened_version)


def _refuse_none_or_twice(numbers: Sequence[str]) -> None:
    if not numbers:
        raise StudbookError("No animal is filled in, so nothing is saved. Fill in at least one.")
    twice = next((number for number in numbers if numbers.count(number) > 1), None)
    if twice:
        raise StudbookError(f"The animal {twice} is in the list twice. Leave one of its rows out.")
