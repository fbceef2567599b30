"""An animal's offspring, litter by litter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Prefetch, Q

from studbook.animals.latest import marked_provisional
from studbook.animals.models import Animal, ParentCandidate
from studbook.animals.queries import Parent, known_age, parent_of
from studbook.core.dates import DateInterval

LitterKey = tuple[str, int, date | None, date | None]


@dataclass(frozen=True, slots=True)
class Young:
    """One of a litter, and its age in years on the day the book is current to, or at death."""

    animal: Animal
    age: float | None


@dataclass(frozen=True, slots=True)
class Litter:
    """Offspring of the same other parent and the same birth date, the living first."""

    other: Parent
    young: tuple[Young, ...]

    @property
    def birth(self) -> DateInterval | None:
        return self.young[0].animal.birth

    @property
    def living(self) -> int:
        return sum(each.animal.is_living for each in self.young)


@dataclass(frozen=True, slots=True)
class Offspring:
    """All litters, those with living young first, and what the animal may have sired or borne."""

    litters: tuple[Litter, ...]
    possible: tuple[ParentCandidate, ...]

    @property
    def total(self) -> int:
        return sum(len(litter.young) for litter in self.litters)

    @property
    def living(self) -> int:
        return sum(litter.living for litter in self.litters)


def offspring_of(animal: Animal, on: date) -> Offspring:
    """Read the offspring, their other parents and the possible ones; three queries."""
    candidates = ParentCandidate.objects.select_related("parent")
    young = (
        marked_provisional(Animal.objects.filter(Q(sire=animal) | Q(dam=animal)))
        .select_related("sire", "dam")
        .prefetch_related(Prefetch("parent_candidates", candidates))
    )
    possible = animal.possible_offspring.select_related("animal").order_by("animal__number_order", "pk")
    return Offspring(tuple(_litters(animal, young, on)), tuple(possible))


def _litters(animal: Animal, young: Iterable[Animal], on: date) -> list[Litter]:
    grouped = groupby(
        sorted(young, key=lambda each: (str(_key(animal, each)), each.number_order, each.pk)),
        key=lambda each: _key(animal, each),
    )
    litters = [_litter(animal, list(members), on) for _, members in grouped]
    newest_first = sorted(litters, key=_born, reverse=True)
    return sorted(newest_first, key=lambda litter: not litter.living)


def _litter(animal: Animal, members: list[Animal], on: date) -> Litter:
    living_first = sorted(members, key=lambda each: not each.is_living)
    other = parent_of(members[0], _other_role(animal, members[0]))
    return Litter(other, tuple(Young(each, known_age(each, on)) for each in living_first))


def _key(animal: Animal, young: Animal) -> LitterKey:
    other = parent_of(young, _other_role(animal, young))
    return (other.kind, other.animal.pk if other.animal else 0, young.birth_earliest, young.birth_latest)


def _other_role(animal: Animal, young: Animal) -> str:
    return "dam" if young.sire_id == animal.pk else "sire"


def _born(litter: Litter) -> date:
    return litter.birth.middle if litter.birth else date.min
