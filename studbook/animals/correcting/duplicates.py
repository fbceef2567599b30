"""Records that may be of one animal, with what speaks for it; docs/keeping.md says when a pair is suggested."""

from collections import defaultdict
from dataclasses import dataclass
from typing import cast

from studbook.animals.correcting.traits import traits_of
from studbook.animals.likeness import pairs_alike
from studbook.animals.models import Animal, NotSame
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two records, the one recorded first as `one`, and why they may be of one animal."""

    one: Animal
    other: Animal
    reasons: tuple[str, ...]


def suspected_duplicates(programme: Programme) -> list[Suspicion]:
    """Return the pairs of records that may be of one animal and were not said to be two; five queries."""
    reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
    for (one, other), reason in pairs_alike(traits_of(programme)):
        first, second = sorted(cast(int, each.key) for each in (one, other))
        if reason not in reasons[first, second]:
            reasons[first, second].append(reason)
    settled = set(NotSame.objects.filter(programme=programme).values_list("one_id", "other_id"))
    open_pairs = sorted(reasons.keys() - settled)
    animals = programme.animals.in_bulk({key for pair in open_pairs for key in pair})
    return [
        Suspicion(animals[one], animals[other], tuple(reasons[one, other]))
        for one, other in open_pairs
        if one in animals and other in animals
    ]


def suspected_of(programme: Programme, animal: Animal) -> list[Suspicion]:
    """Return the pairs of which an animal is one."""
    return [each for each in suspected_duplicates(programme) if animal in (each.one, each.other)]
