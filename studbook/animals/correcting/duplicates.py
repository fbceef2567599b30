"""Records that may be of one animal, with what speaks for it; docs/keeping.md says when a pair is suggested.

Litter-mates share dam, day and often sex, so those alone suggest nothing once anything tells the two apart.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from studbook.animals.correcting.traits import (
    Traits,
    may_be_one,
    near,
    of_one_line,
    told_apart,
    traits_of,
)
from studbook.animals.models import Animal, NotSame
from studbook.programmes.models import Programme

SAME_TRANSPONDER = "the same transponder"
SAME_LOCAL_ID = "the same local id at one institution"
SAME_NAME = "the same house name, born on the same days"
SAME_BIRTH = "the same dam, birth and sex, and nothing tells them apart"
Pair = tuple[int, int]
Keys = Callable[[Traits], Iterable[Hashable]]
Likely = Callable[[Traits, Traits], bool]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two records, the one recorded first as `one`, and why they may be of one animal."""

    one: Animal
    other: Animal
    reasons: tuple[str, ...]


def suspected_duplicates(programme: Programme) -> list[Suspicion]:
    """Return the pairs of records that may be of one animal and were not said to be two; five queries."""
    reasons: dict[Pair, list[str]] = defaultdict(list)
    for pair, reason in _alike(traits_of(programme)):
        if reason not in reasons[pair]:
            reasons[pair].append(reason)
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


def _alike(animals: Sequence[Traits]) -> Iterator[tuple[Pair, str]]:
    ways: tuple[tuple[str, Keys, Likely], ...] = (
        (SAME_TRANSPONDER, lambda each: each.transponders, lambda one, other: True),
        (SAME_LOCAL_ID, _local_ids, may_be_one),
        (SAME_NAME, lambda each: [each.name] if each.name else [], _near_and_possible),
        (SAME_BIRTH, _dams, lambda one, other: near(one, other) and not told_apart(one, other)),
    )
    for reason, keys_of, likely in ways:
        yield from ((pair, reason) for pair in _sharing(animals, keys_of, likely))


def _sharing(animals: Sequence[Traits], keys_of: Keys, likely: Likely) -> Iterator[Pair]:
    groups: dict[Hashable, list[Traits]] = defaultdict(list)
    for animal in animals:
        for key in keys_of(animal):
            groups[key].append(animal)
    for alike in groups.values():
        for one, other in combinations(alike, 2):
            if likely(one, other) and not of_one_line(one, other):
                yield min(one.pk, other.pk), max(one.pk, other.pk)


def _near_and_possible(one: Traits, other: Traits) -> bool:
    return near(one, other) and may_be_one(one, other)


def _local_ids(animal: Traits) -> list[Hashable]:
    return [(place, number) for place, numbers in animal.local_ids.items() for number in numbers]


def _dams(animal: Traits) -> list[Hashable]:
    known = animal.dam is not None and animal.sex != Animal.Sex.UNKNOWN
    return [(animal.dam, animal.sex)] if known else []
