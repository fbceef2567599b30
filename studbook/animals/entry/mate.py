"""Who most likely sired the young of a dam, for the form to propose; a person decides."""

from dataclasses import dataclass

from studbook.animals.models import Animal, Holding


@dataclass(frozen=True, slots=True)
class Mate:
    """A male, and the sentence that says why he is proposed."""

    animal: Animal
    sentence: str


def likeliest_mate(dam: Animal) -> Mate | None:
    """Return the sire of her last young if he lives with her, else the only grown male there; three queries."""
    here = Holding.objects.filter(animal=dam, end__isnull=True).select_related("institution").first()
    if here is None:
        return None
    males = {each.pk: each for each in _males_at(here)}
    last = dam.offspring_as_dam.filter(sire__in=males).order_by("-birth_latest", "-pk").first()
    if last and last.sire_id:
        sire = males[last.sire_id]
        return Mate(sire, f"{sire} sired her last young and is at {here.institution} too.")
    if len(males) == 1:
        sire = next(iter(males.values()))
        return Mate(sire, f"{sire} is the only grown male at {here.institution}.")
    return None


def _males_at(stay: Holding) -> list[Animal]:
    males = Animal.objects.living().filter(
        programme_id=stay.animal.programme_id,
        sex=Animal.Sex.MALE,
        holdings__institution=stay.institution_id,
        holdings__end__isnull=True,
    )
    youngest = stay.animal.programme.male_first_breeding_days or 0
    on = stay.animal.programme.as_of
    return [each for each in males if each.birth is None or (on - each.birth.earliest).days >= youngest]
