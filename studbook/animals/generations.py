"""An animal and its forebears, as far as the drawn pedigree goes."""

from dataclasses import dataclass

from django.db.models import Q

from studbook.animals.models import Animal, ParentCandidate, ParentKind
from studbook.animals.queries import Parent

GENERATIONS = 4  # the animal, its parents, grandparents and great-grandparents


@dataclass(frozen=True, slots=True)
class Forebear:
    """An animal of the pedigree beside those of its parents that the pedigree shows."""

    animal: Animal
    sire: Parent | None
    dam: Parent | None


@dataclass(frozen=True, slots=True)
class Generations:
    """The animals by key, each with the nearest generation it stands in (0 the animal), and their parents.

    An animal of the last generation has parents here only where they stand in the pedigree anyway.
    """

    animals: dict[int, Animal]
    nearest: dict[int, int]
    parents: dict[int, dict[str, Parent]]

    def lines(self) -> list[Forebear]:
        """Return the animals that have a parent in the pedigree, the youngest generation first."""
        shown = [(self.animals[key], parents) for key, parents in self.parents.items() if parents]
        return [Forebear(animal, parents.get("sire"), parents.get("dam")) for animal, parents in shown]


def generations_of(animal: Animal) -> Generations:
    """Read the pedigree: one query for each generation above the animal, one for possible parents."""
    animals, nearest, youngest = {animal.pk: animal}, {animal.pk: 0}, [animal]
    for generation in range(1, GENERATIONS):
        missing = _parent_keys(youngest) - animals.keys()
        youngest = list(Animal.objects.filter(pk__in=missing)) if missing else []
        animals |= {each.pk: each for each in youngest}
        nearest |= {each.pk: generation for each in youngest}
    return Generations(animals, nearest, _parents(animals, nearest))


def _parent_keys(animals: list[Animal]) -> set[int]:
    return {key for each in animals for key in (each.sire_id, each.dam_id) if key is not None}


def _parents(animals: dict[int, Animal], nearest: dict[int, int]) -> dict[int, dict[str, Parent]]:
    candidates = _candidates(animals, nearest)
    return {
        key: {
            role: parent
            for role, kind, parent_key in _roles(animal)
            if (parent := Parent(kind, animals.get(parent_key or 0), candidates.get((key, role), ()))).animal
            or nearest[key] < GENERATIONS - 1
        }
        for key, animal in animals.items()
    }


def _roles(animal: Animal) -> list[tuple[str, str, int | None]]:
    return [("sire", animal.sire_kind, animal.sire_id), ("dam", animal.dam_kind, animal.dam_id)]


def _candidates(
    animals: dict[int, Animal], nearest: dict[int, int]
) -> dict[tuple[int, str], tuple[ParentCandidate, ...]]:
    shown = [key for key in animals if nearest[key] < GENERATIONS - 1]
    several = Q(animal__sire_kind=ParentKind.SEVERAL) | Q(animal__dam_kind=ParentKind.SEVERAL)
    found: dict[tuple[int, str], tuple[ParentCandidate, ...]] = {}
    for each in ParentCandidate.objects.filter(several, animal__in=shown).select_related("parent"):
        key = (each.animal_id, each.role)
        found[key] = (*found.get(key, ()), each)
    return found
