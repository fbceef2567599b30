"""Records that may be of one animal, with what speaks for it; docs/keeping.md says when a pair is suggested.

Litter-mates share dam, day and often sex, so those alone suggest nothing once anything tells the two apart.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from django.db.models import Prefetch

from studbook.animals.models import Animal, Holding, Identifier, NotSame
from studbook.programmes.models import Programme

NEAR = timedelta(days=3)
NO_ID = {"", "unk", "unknown", "none", "?", "-", "0"}
Groups = dict[Hashable, list[Animal]]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two records, the one with the lower key first, and why they may be of one animal."""

    one: Animal
    other: Animal
    reasons: tuple[str, ...]


def suspected_duplicates(programme: Programme) -> list[Suspicion]:
    """Return the pairs of records that may be of one animal and were not said to be two; four queries."""
    animals = list(
        programme.animals.select_related("dam").prefetch_related(
            Prefetch("holdings", Holding.objects.select_related("institution")), "identifiers"
        )
    )
    reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
    for pair, reason in _alike(animals):
        if reason not in reasons[pair]:
            reasons[pair].append(reason)
    settled = set(NotSame.objects.filter(programme=programme).values_list("one_id", "other_id"))
    by_key = {each.pk: each for each in animals}
    return [
        Suspicion(by_key[one], by_key[other], tuple(reasons[one, other]))
        for one, other in sorted(reasons)
        if (one, other) not in settled
    ]


def suspected_of(programme: Programme, animal: Animal) -> list[Suspicion]:
    """Return the pairs of which an animal is one."""
    return [each for each in suspected_duplicates(programme) if animal in (each.one, each.other)]


def _alike(animals: Iterable[Animal]) -> Iterator[tuple[tuple[int, int], str]]:
    everybody = list(animals)
    yield from _sharing(everybody, _transponders, "the same transponder", lambda one, other: True)
    yield from _sharing(everybody, _local_ids, "the same local id at one institution", _may_be_one)
    yield from _sharing(
        everybody,
        _names,
        "the same house name, born on the same days",
        lambda a, b: _may_be_one(a, b, near=True),
    )
    yield from _sharing(
        everybody, _dams, "the same dam, birth and sex, and nothing tells them apart", _untold
    )


def _sharing(
    animals: list[Animal],
    keys_of: Callable[[Animal], Iterable[Hashable]],
    reason: str,
    likely: Callable[[Animal, Animal], bool],
) -> Iterator[tuple[tuple[int, int], str]]:
    groups: Groups = defaultdict(list)
    for animal in animals:
        for key in set(keys_of(animal)):
            groups[key].append(animal)
    for alike in groups.values():
        for one, other in combinations(alike, 2):
            if likely(one, other) and not _of_one_line(one, other):
                yield (min(one.pk, other.pk), max(one.pk, other.pk)), reason


def _transponders(animal: Animal) -> list[Hashable]:
    return [each.value for each in animal.identifiers.all() if each.kind == Identifier.Kind.TRANSPONDER]


def _local_ids(animal: Animal) -> list[Hashable]:
    return [(place, number) for place, numbers in _ids_by_place(animal).items() for number in numbers]


def _ids_by_place(animal: Animal) -> dict[int, set[str]]:
    numbers: dict[int, set[str]] = defaultdict(set)
    for stay in animal.holdings.all():
        number = stay.local_id.strip().casefold()
        if number not in NO_ID:
            numbers[stay.institution_id].add(number)
    return numbers


def _names(animal: Animal) -> list[Hashable]:
    return [animal.house_name.strip().casefold()] if animal.house_name.strip() else []


def _dams(animal: Animal) -> list[Hashable]:
    known = animal.dam_id is not None and animal.sex != Animal.Sex.UNKNOWN
    return [(animal.dam_id, animal.sex)] if known else []


def _may_be_one(one: Animal, other: Animal, near: bool = False) -> bool:
    """Tell whether neither sex nor birth speaks against it; `near` wants both births, not more than days apart."""
    sexes = {one.sex, other.sex} - {Animal.Sex.UNKNOWN}
    if len(sexes) > 1:
        return False
    if one.birth is None or other.birth is None:
        return not near
    return one.birth.earliest <= other.birth.latest + NEAR and other.birth.earliest <= one.birth.latest + NEAR


def _untold(one: Animal, other: Animal) -> bool:
    return _may_be_one(one, other, near=True) and not _told_apart(one, other)


def _told_apart(one: Animal, other: Animal) -> bool:
    """Tell whether a name, a transponder, a local id, a place or a death shows that they are two."""
    return (
        _differ(_names(one), _names(other))
        or _differ(_transponders(one), _transponders(other))
        or _differ_at_one_place(one, other)
        or _were_in_two_places(one, other)
        or (one.death is not None and other.death is not None and one.death != other.death)
    )


def _differ(these: list[Hashable], those: list[Hashable]) -> bool:
    return bool(these and those and not set(these) & set(those))


def _differ_at_one_place(one: Animal, other: Animal) -> bool:
    these, those = _ids_by_place(one), _ids_by_place(other)
    return any(not these[place] & those[place] for place in these.keys() & those.keys())


def _were_in_two_places(one: Animal, other: Animal) -> bool:
    return any(
        mine.institution_id != theirs.institution_id
        and (mine.end is None or mine.end > theirs.start)
        and (theirs.end is None or theirs.end > mine.start)
        for mine in one.holdings.all()
        for theirs in other.holdings.all()
    )


def _of_one_line(one: Animal, other: Animal) -> bool:
    return other.pk in (one.sire_id, one.dam_id) or one.pk in (other.sire_id, other.dam_id)
