"""Pairs by banked samples: their sire may be dead, while a dose of his is left."""

from collections.abc import Container, Iterable

from studbook.animals.models import Animal
from studbook.planning.models import Recommendation
from studbook.population.bank.sires import Stored, stored_sires
from studbook.programmes.models import Programme

BANKED = Recommendation.Method.BANKED


def stored_for(programme: Programme, pairs: Iterable[Recommendation]) -> Stored:
    """Return what is in store for use, by sire; one query, nothing without a banked pair of a dead one."""
    dead = any(each.method == BANKED and not each.sire.is_living for each in pairs)
    return stored_sires(programme) if dead else {}


def able_in(pair: Recommendation, left: Container[str]) -> bool:
    """Tell whether the two of a pair can still have young: both live, or the dam and a dose of the sire's."""
    return pair.dam.is_living and (
        pair.sire.is_living or (pair.method == BANKED and pair.sire.studbook_number in left)
    )


def used_up(words: str, status: str) -> str:
    """Say that nothing is left of a sire that does not live; `status` says so in words."""
    return f"{words} is {status}, and no dose of his semen is left in store for use."


def lost(recommendation: Recommendation, animal: Animal, stored: Stored) -> str:
    """Say that an animal cannot breed any more; a banked sample outlives its donor."""
    if recommendation.method == BANKED and animal == recommendation.sire and not animal.is_living:
        left = animal.studbook_number in stored
        return "" if left else used_up(str(animal), animal.get_status_display())
    return _gone(animal)


def _gone(animal: Animal) -> str:
    if animal.is_living:
        return ""
    when = f" ({animal.death})" if animal.death else ""
    return f"{animal} is {animal.get_status_display()}{when}."
