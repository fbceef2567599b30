"""Whose entries wait to be confirmed."""

from studbook.accounts.models import User
from studbook.accounts.rights import Right, standing_of
from studbook.animals.keeping import places_of
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme


def is_provisional(animal: Animal, by: User | None) -> bool:
    """Tell whether what this person logs of an animal waits until somebody confirms it; the system's never does."""
    if by is None:
        return False
    _, holder, owner = places_of([animal.pk])[0]
    return not standing_of(by, animal.programme_id).may_on(Right.CONFIRM, holder=holder, owner=owner)


def is_provisional_at(programme: Programme, place: Institution, by: User | None) -> bool:
    """Tell whether what this person logs of an animal new to a place waits until somebody confirms it."""
    return by is not None and not standing_of(by, programme.pk).may_for(Right.CONFIRM, place.pk)
