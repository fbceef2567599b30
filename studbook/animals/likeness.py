"""When two records may be of one animal: the one definition, for rule A4 and for the list of possible duplicates.

Litter-mates share dam, day and often sex, so those alone speak for nothing once anything tells the two apart.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from studbook.animals.models import Animal, Identifier

NEAR = timedelta(days=3)
NO_ID = {"", "unk", "unknown", "none", "?", "-", "0"}
# Tags and numbers of different places may well be alike; these are given once in the world.
GIVEN_ONCE: Final = frozenset({Identifier.Kind.TRANSPONDER, Identifier.Kind.GAN})
SAME_MARK = "the same transponder or global number"
SAME_LOCAL_ID = "the same local id at one institution"
SAME_NAME = "the same house name, born on the same days"
SAME_BIRTH = "the same dam, birth and sex, and nothing tells them apart"
DAYS_APART = "the same dam and sex, born days apart"

Days = tuple[date, date]
Pair = tuple["Traits", "Traits"]


@dataclass(slots=True)
class Traits:
    """What tells an animal apart; births and deaths as their first and last day, stays as place, start and end.

    `key`, `sire` and `dam` are whatever the reader knows animals by; local ids are as `plain` makes them.
    """

    key: Hashable
    sex: str
    sire: Hashable
    dam: Hashable
    name: str
    born: Days | None
    died: Days | None
    stays: list[tuple[int, date, date | None]] = field(default_factory=list)
    local_ids: dict[int, set[str]] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)

    @property
    def called(self) -> str:
        return plain(self.name)

    def stay(self, place: int, start: date, end: date | None, local_id: str) -> None:
        self.stays.append((place, start, end))
        if plain(local_id) not in NO_ID:
            self.local_ids.setdefault(place, set()).add(plain(local_id))


def plain(text: str) -> str:
    """Return a name or a local id as it is compared."""
    return text.strip().casefold()


def pairs_alike(animals: Sequence[Traits]) -> Iterator[tuple[Pair, str]]:
    """Yield the pairs that may be one animal, each with a reason; a pair comes once for each of its reasons."""
    ways: tuple[tuple[str, Callable[[Traits], Iterable[Hashable]], Callable[[Traits, Traits], bool]], ...] = (
        (SAME_MARK, lambda each: each.marks, lambda one, other: True),
        (SAME_LOCAL_ID, _local_ids, _may_be_one),
        (SAME_NAME, lambda each: [each.called] if each.called else [], _near_and_possible),
        (SAME_BIRTH, _dams, lambda one, other: _near(one, other) and not _told_apart(one, other)),
        (DAYS_APART, _dams_or_unsexed, lambda one, other: _days_apart(one, other) > 0),
    )
    for reason, keys_of, likely in ways:
        yield from ((pair, reason) for pair in _sharing(animals, keys_of) if likely(*pair))


def pairs_warned_of(animals: Sequence[Traits]) -> Iterator[tuple[Pair, str]]:
    """Yield the pairs of which a deed is warned (A4), each once, with the fact; all of them are alike.

    Of one sex and born within days of each other, they share a mark that is given once; or one known dam, and they
    were born on different days, or are called alike, or bear one local id at one institution.
    """
    told: set[frozenset[Hashable]] = set()
    for keys_of in (lambda each: each.marks, _dams_or_unsexed):
        for one, other in _sharing(animals, keys_of):
            fact = _warning_of(one, other)
            if fact and frozenset((one.key, other.key)) not in told:
                told.add(frozenset((one.key, other.key)))
                yield (one, other), fact


def _warning_of(one: Traits, other: Traits) -> str:
    if one.sex != other.sex or not _near(one, other):
        return ""
    if shared := one.marks & other.marks:
        return f"both bear or bore the mark {min(shared)}, are of one sex, and were born within days of each other"
    if one.dam is None or one.dam != other.dam or not (_on_one_day(one) and _on_one_day(other)):
        return ""
    likeness = _alike_in_litter(one, other)
    return likeness and f"both are young of {one.dam}, of one sex, and {likeness}"


def _alike_in_litter(one: Traits, other: Traits) -> str:
    if one.called and one.called == other.called:
        return f"both are called {one.name.strip()}"
    if any(one.local_ids[place] & other.local_ids[place] for place in _common_places(one, other)):
        return "both bear one local id at one institution"
    apart = _days_apart(one, other)
    return f"were born {apart} day{'s' * (apart > 1)} apart" if apart else ""


def _sharing(animals: Sequence[Traits], keys_of: Callable[[Traits], Iterable[Hashable]]) -> Iterator[Pair]:
    groups: dict[Hashable, list[Traits]] = defaultdict(list)
    for animal in animals:
        for key in keys_of(animal):
            groups[key].append(animal)
    for alike in groups.values():
        for one, other in combinations(alike, 2):
            if not _of_one_line(one, other):
                yield one, other


def _local_ids(animal: Traits) -> list[Hashable]:
    return [(place, number) for place, numbers in animal.local_ids.items() for number in numbers]


def _dams(animal: Traits) -> list[Hashable]:
    return _dams_or_unsexed(animal) if animal.sex != Animal.Sex.UNKNOWN else []


def _dams_or_unsexed(animal: Traits) -> list[Hashable]:
    return [(animal.dam, animal.sex)] if animal.dam is not None else []


def _may_be_one(one: Traits, other: Traits) -> bool:
    """Tell whether neither sex nor birth speaks against two records being of one animal."""
    sexes = {one.sex, other.sex} - {Animal.Sex.UNKNOWN}
    return len(sexes) < 2 and (not one.born or not other.born or _near(one, other))


def _near_and_possible(one: Traits, other: Traits) -> bool:
    return _near(one, other) and _may_be_one(one, other)


def _near(one: Traits, other: Traits) -> bool:
    """Tell whether both births are known and may be days apart at most."""
    if one.born is None or other.born is None:
        return False
    return one.born[0] - other.born[1] <= NEAR and other.born[0] - one.born[1] <= NEAR


def _on_one_day(animal: Traits) -> bool:
    return animal.born is not None and animal.born[0] == animal.born[1]


def _days_apart(one: Traits, other: Traits) -> int:
    """Return how many days two births on known days are apart, where they are not far apart; 0 where they are not."""
    if not (_on_one_day(one) and _on_one_day(other) and _near(one, other)) or not one.born or not other.born:
        return 0
    return abs((one.born[0] - other.born[0]).days)


def _told_apart(one: Traits, other: Traits) -> bool:
    """Tell whether a name, a mark, a local id, a place or a death shows that they are two."""
    return (
        bool(one.called and other.called and one.called != other.called)
        or bool(one.marks and other.marks and not one.marks & other.marks)
        or any(not one.local_ids[place] & other.local_ids[place] for place in _common_places(one, other))
        or _were_in_two_places(one, other)
        or bool(one.died and other.died and one.died != other.died)
    )


def _common_places(one: Traits, other: Traits) -> set[int]:
    return one.local_ids.keys() & other.local_ids.keys()


def _of_one_line(one: Traits, other: Traits) -> bool:
    """Tell whether one is a parent of the other."""
    return other.key in (one.sire, one.dam) or one.key in (other.sire, other.dam)


def _were_in_two_places(one: Traits, other: Traits) -> bool:
    return any(
        place != another and (end is None or end > begun) and (ended is None or ended > start)
        for place, start, end in one.stays
        for another, begun, ended in other.stays
    )
