"""What the book shows of recommended animals by itself: their young, where they were, and how far pairs came.

Three queries for any number, and those of the steps of pairs (`studbook.reproduction.tried`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from studbook.animals.models import Animal, Holding, ParentCandidate
from studbook.institutions.models import Institution
from studbook.planning.models import PlanAnimal, Recommendation
from studbook.planning.outcomes.kinds import Litters, Window
from studbook.programmes.models import Programme
from studbook.reproduction.tried import Couple, Step, steps_of


@dataclass(frozen=True, slots=True)
class Young:
    """One animal that was born: when, and whether the parent or the couple it is listed under is certain."""

    animal: Animal
    born: date
    certain: bool


@dataclass(frozen=True, slots=True)
class Birth:
    """One animal with all that may be its parents."""

    animal: Animal
    born: date
    sires: tuple[int, ...]
    dams: tuple[int, ...]

    def by_parent(self) -> Iterable[tuple[int, Young]]:
        for parents, certain in ((self.sires, self._one_sire), (self.dams, self._one_dam)):
            for parent in parents:
                yield parent, Young(self.animal, self.born, certain)

    def by_couple(self) -> Iterable[tuple[Couple, Young]]:
        for sire in self.sires:
            for dam in self.dams:
                yield (sire, dam), Young(self.animal, self.born, self._one_sire and self._one_dam)

    @property
    def _one_sire(self) -> bool:
        return self.animal.sire_id is not None

    @property
    def _one_dam(self) -> bool:
        return self.animal.dam_id is not None


@dataclass(frozen=True, slots=True)
class Book:
    """Young and steps by couple, young by parent, stays by animal; `gestation` is how long before its birth young is conceived."""

    gestation: timedelta
    by_couple: dict[Couple, list[Young]]
    by_parent: dict[int, list[Young]]
    stays: dict[int, list[Holding]]
    steps: Mapping[Couple, Sequence[Step]]

    def litters(self, pair: Recommendation, window: Window) -> Litters:
        return self._litters(self.by_couple.get((pair.sire_id, pair.dam_id), []), window)

    def young_of(self, animal: int, window: Window) -> Litters:
        return self._litters(self.by_parent.get(animal, []), window)

    def tried(self, pair: Recommendation, window: Window) -> tuple[Step, ...]:
        """Return what is on record of a pair within the window, the first step first."""
        steps = self.steps.get((pair.sire_id, pair.dam_id), ())
        return tuple(each for each in steps if window.holds(each.on.middle))

    def place_on(self, animal: int, day: date) -> Institution | None:
        """Return who held an animal on a day: of two stays that touch there, the later."""
        held = [stay for stay in self.stays.get(animal, []) if stay.start <= day <= (stay.end or day)]
        return held[-1].institution if held else None

    def arrival(self, animal: int, at: int | None, window: Window) -> Holding | None:
        """Return the first stay of an animal at an institution that lies in the window, in whole or in part."""
        for stay in self.stays.get(animal, []):
            begins_late = window.until is not None and stay.start > window.until
            if (
                stay.institution_id == at
                and not begins_late
                and (stay.end is None or stay.end > window.since)
            ):
                return stay
        return None

    def departure(self, animal: int, place: Institution, window: Window) -> Holding | None:
        """Return the first stay elsewhere that began in the window, after its first day."""
        for stay in self.stays.get(animal, []):
            if stay.institution_id != place.pk and stay.start > window.since and window.holds(stay.start):
                return stay
        return None

    def _litters(self, young: Iterable[Young], window: Window) -> Litters:
        born: list[Animal] = []
        conceived: list[Animal] = []
        possible: list[Animal] = []
        for each in young:
            if not each.certain:
                possible += [each.animal] if window.holds(each.born) else []
                continue
            born += [each.animal] if window.holds(each.born) else []
            conceived += [each.animal] if window.holds(each.born - self.gestation) else []
        return Litters(tuple(born), tuple(conceived), tuple(possible))


def book_of(
    programme: Programme, pairs: Collection[Recommendation], rows: Collection[PlanAnimal], since: date
) -> Book:
    """Read what the book shows of these recommendations since a day."""
    parents = {key for each in pairs for key in (each.sire_id, each.dam_id)}
    parents |= {each.animal_id for each in rows if each.breeding == PlanAnimal.Breeding.DO_NOT_BREED}
    animals = parents | {each.animal_id for each in rows}
    by_couple: dict[Couple, list[Young]] = defaultdict(list)
    by_parent: dict[int, list[Young]] = defaultdict(list)
    for birth in _births(parents, since):
        for parent, young in birth.by_parent():
            by_parent[parent].append(young)
        for couple, young in birth.by_couple():
            by_couple[couple].append(young)
    steps = steps_of({(each.sire_id, each.dam_id) for each in pairs}, since)
    return Book(_gestation(programme), dict(by_couple), dict(by_parent), _stays(animals), steps)


def _births(parents: set[int], since: date) -> Iterable[Birth]:
    possible: dict[tuple[int, str], list[int]] = defaultdict(list)
    concerned = ParentCandidate.objects.filter(parent__in=parents).values("animal")
    candidates = ParentCandidate.objects.filter(animal__in=concerned, animal__birth_latest__gte=since)
    for animal, role, parent in candidates.values_list("animal", "role", "parent"):
        possible[animal, role].append(parent)
    mine = Q(sire__in=parents) | Q(dam__in=parents) | Q(pk__in={animal for animal, _ in possible})
    for young in Animal.objects.filter(mine, birth_latest__gte=since).order_by("birth_latest", "pk"):
        if young.birth:
            sires = (young.sire_id,) if young.sire_id else possible[young.pk, "sire"]
            dams = (young.dam_id,) if young.dam_id else possible[young.pk, "dam"]
            yield Birth(young, young.birth.middle, tuple(sires), tuple(dams))


def _stays(animals: set[int]) -> dict[int, list[Holding]]:
    stays: dict[int, list[Holding]] = defaultdict(list)
    for stay in (
        Holding.objects.filter(animal__in=animals).select_related("institution").order_by("start", "pk")
    ):
        stays[stay.animal_id].append(stay)
    return dict(stays)


def _gestation(programme: Programme) -> timedelta:
    days = programme.gestation_days_mean or programme.gestation_days_min or programme.gestation_days_max
    return timedelta(days=days or 0)
