"""The one way to change a record of reproduction that is there: by somebody who may at the place where it was made.

The animals of a record may have moved on or died since; the zoo where it happened keeps the right to correct it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right, standing_of
from studbook.animals.keeping import NotTheirsError, keeping, locked
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail
from studbook.programmes.models import Programme
from studbook.programmes.models.record import Record


@contextmanager
def recording(
    programme: Programme,
    verb: str,
    *,
    at: Institution,
    by: User | None,
    right: Right,
    about: Iterable[Animal] = (),
    reason: str = "",
    acknowledged: Iterable[str] = (),
    alters_numbers: bool = False,
) -> Iterator[Trail]:
    """Change what was recorded at an institution; `about` are the animals whose rules are asked."""
    with keeping(
        programme,
        verb,
        by=by,
        right=None,
        about=about,
        reason=reason,
        acknowledged=acknowledged,
        alters_numbers=alters_numbers,
    ) as trail:
        refuse_elsewhere(programme, at.pk, by, right)
        yield trail


def anew(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is told of a record, with the records and animals it names as they are now, under the lock."""
    return {name: _anew(value) for name, value in told.items()}


def _anew(value: Any) -> Any:
    if isinstance(value, Animal):
        return locked(value)
    return type(value)._default_manager.get(pk=value.pk) if isinstance(value, Record) else value


def refuse_elsewhere(programme: Programme, institution: int, by: User | None, right: Right) -> None:
    """Refuse a person who may not do this to what was recorded at an institution; one query, under the lock."""
    if by and not standing_of(by, programme.pk).may_for(right, institution):
        raise NotTheirsError(
            "No record on which you may do this is in the book under this number. Ask the zoo where it was made, or the "
            "coordinator."
        )
