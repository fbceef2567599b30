"""Who most likely sired the young of a dam, for the form to propose; a person decides."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from studbook.animals.models import Animal, Holding
from studbook.institutions.models import Institution

Adviser = Callable[[Animal], Iterable[int | None]]

_advisers: list[Adviser] = []


@dataclass(frozen=True, slots=True)
class Mate:
    """A male, and the sentence that says why he is proposed."""

    animal: Animal
    sentence: str


def advise_mates(adviser: Adviser) -> None:
    """Let a room above name the males, the best first, that should sire a dam's young. Called once, from `ready`."""
    _advisers.append(adviser)


def likeliest_mate(dam: Animal) -> Mate | None:
    """Return a male that lives with a dam: the recommended one, else the sire of her last young, else the only one."""
    return mates_of(dam)[0]


def mates_of(dam: Animal) -> tuple[Mate | None, list[Animal]]:
    """Return the likeliest sire of a dam's young and every grown male that lives with her, the likeliest first."""
    stay = Holding.objects.filter(animal=dam, end__isnull=True).select_related("institution").first()
    males = _males_at(stay.institution, dam) if stay else []
    likeliest = (
        _likeliest(dam, stay.institution, {each.pk: each for each in males}) if stay and males else None
    )
    return likeliest, sorted(males, key=lambda each: not likeliest or each != likeliest.animal)


def _likeliest(dam: Animal, place: Institution, males: dict[int, Animal]) -> Mate | None:
    if advised := _first(males, (key for adviser in _advisers for key in adviser(dam))):
        return Mate(advised, f"{advised} is recommended for her and is at {place} too.")
    last = dam.offspring_as_dam.order_by("-birth_latest", "-pk").values_list("sire", flat=True)
    if sire := _first(males, last):
        return Mate(sire, f"{sire} sired her last young and is at {place} too.")
    only = next(iter(males.values()))
    return Mate(only, f"{only} is the only grown male at {place}.") if len(males) == 1 else None


def _first(males: dict[int, Animal], keys: Iterable[int | None]) -> Animal | None:
    return next((males[key] for key in keys if key in males), None)


def _males_at(institution: Institution, dam: Animal) -> list[Animal]:
    males = Animal.objects.living().filter(
        programme=dam.programme,
        sex=Animal.Sex.MALE,
        holdings__institution=institution,
        holdings__end__isnull=True,
    )
    males = males.order_by("number_order", "pk")
    youngest, on = dam.programme.male_first_breeding_days or 0, dam.programme.as_of
    return [each for each in males if each.birth is None or (on - each.birth.earliest).days >= youngest]
