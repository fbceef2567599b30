"""Which animals are meant: ticked on a list, pasted as numbers, or all that a zoo holds."""

import re
from collections.abc import Iterable, Sequence

from django.db.models import Prefetch
from django.http import QueryDict

from studbook.accounts.rights import HELD, Right, Standing
from studbook.animals.keeping import NotTheirsError, places_of
from studbook.animals.latest import with_parts
from studbook.animals.models import Animal, Holding
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme

MOST_ANIMALS = 200


def numbers_asked(asked: QueryDict) -> list[str]:
    """Return the numbers that an address names: each as `animal`, or as a list of words."""
    pasted = re.split(r"[\s,;]+", asked.get("numbers", ""))
    numbers = [number.strip() for number in [*asked.getlist("animal"), *pasted]]
    return bounded(list(dict.fromkeys(number for number in numbers if number)))


def bounded(numbers: list[str]) -> list[str]:
    if len(numbers) > MOST_ANIMALS:
        raise StudbookError(
            f"{len(numbers)} animals are more than can be done at once. Choose up to {MOST_ANIMALS}, then the next."
        )
    return numbers


def chosen_animals(
    programme: Programme, standing: Standing, right: Right, numbers: Sequence[str]
) -> list[Animal]:
    """Return the animals of these numbers, in their order, with stays and last weights; five queries.

    One that is not there and one on which the person lacks the right are refused alike, with all the others.
    """
    sound = [number for number in numbers if number.isprintable()]
    found = {each.studbook_number: each for each in _fetched(programme, sound)}
    allowed = _allowed(standing, right, [each.pk for each in found.values()])
    for number in numbers:
        if number not in found or found[number].pk not in allowed:
            raise not_theirs(number)
    return [found[number] for number in numbers]


def not_theirs(number: str) -> NotTheirsError:
    """Return the refusal of an animal that is not there, or not theirs."""
    return NotTheirsError(
        f"No animal {number[:40]} on which you may do this is in the book. Ask the zoo that holds it, "
        "or the coordinator."
    )


def zoos_of(programme: Programme, standing: Standing, right: Right) -> list[Institution]:
    """Return the institutions whose animals the person may do this to: their own, all of them for a coordinator."""
    living = {"animal__programme": programme, "animal__status": Animal.Status.LIVING}
    holders = Institution.objects.filter(pk__in=Holding.objects.open().filter(**living).values("institution"))
    if right in standing:
        return list(holders)
    return list(holders.filter(pk__in=standing.institutions(right, HELD)))


def numbers_at(programme: Programme, zoo: Institution) -> list[str]:
    """Return the numbers of the living animals that a zoo holds."""
    held = programme.animals.living().filter(holdings__institution=zoo, holdings__end=None)
    return bounded(list(held.values_list("studbook_number", flat=True)))


def _fetched(programme: Programme, numbers: Iterable[str]) -> list[Animal]:
    stays = Holding.objects.select_related("institution")
    animals = programme.animals.filter(studbook_number__in=numbers).select_related("programme")
    return list(with_parts(animals.prefetch_related(Prefetch("holdings", stays)), ["weight"]))


def _allowed(standing: Standing, right: Right, keys: list[int]) -> set[int]:
    if right in standing:
        return set(keys)
    return {
        animal.pk
        for animal, holder, owner in places_of(keys)
        if standing.may_on(right, holder=holder, owner=owner)
    }
