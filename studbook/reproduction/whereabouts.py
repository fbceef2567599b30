"""Where animals were on a day, and whether they lived: what every record of reproduction asks of its animals."""

from django.db.models import Q

from studbook.animals.entry.observation_rules import refuse_after_the_end, refuse_impossible_day
from studbook.animals.models import Animal, Holding
from studbook.core.dates import DateInterval
from studbook.core.findings import rejected
from studbook.institutions.models import Institution


def stays_on(animal: Animal, on: DateInterval) -> list[Holding]:
    """Return the stays of an animal on a day, the last first; on the day of a move both. One query."""
    stays = Holding.objects.filter(animal=animal, start__lte=on.latest)
    stays = stays.filter(Q(end=None) | Q(end__gte=on.earliest)).select_related("institution")
    return list(stays.order_by("-start", "-pk"))


def common_place(sire: Animal, dam: Animal, on: DateInterval, noun: str) -> Institution:
    """Return where two animals were together on a day. Raises RuleError where they were not."""
    his, hers = stays_on(sire, on), stays_on(dam, on)
    together = next((stay.institution for stay in hers if any(_meet(stay, other, on) for other in his)), None)
    if together is None:
        sentence = (
            f"{_stay(sire, his)} and {_stay(dam, hers)} on {on}, so no {noun} of the two is possible on that day. "
            "Correct the date, or record first how one came to the other."
        )
        raise rejected("D10", [sire.studbook_number, dam.studbook_number], sentence, field="on")
    return together


def refuse_absent(animal: Animal, noun: str, on: DateInterval) -> None:
    """Refuse what is done with a living animal on a day when it was not born, dead, gone, or in the future."""
    refuse_impossible_day(animal, noun, on)
    refuse_after_the_end(animal, noun, on)


def refuse_sex(animal: Animal, sex: str, noun: str, *, field: str | None = None) -> None:
    """Refuse an animal that is not recorded of the sex which the part it takes needs."""
    if animal.sex == sex:
        return
    if animal.sex == Animal.Sex.UNKNOWN:
        remedy = f"Log its sex first, or choose a {Animal.Sex(sex).label}."
        sentence = (
            f"The sex of {animal} is not recorded, and the {noun} needs a {Animal.Sex(sex).label}. {remedy}"
        )
    else:
        sentence = (
            f"{animal} is recorded {animal.get_sex_display()}, and the {noun} needs a {Animal.Sex(sex).label}. "
            "Choose another animal, or correct its sex first."
        )
    raise rejected("D10", [animal.studbook_number], sentence, field=field)


def _meet(one: Holding, other: Holding, on: DateInterval) -> bool:
    """Tell whether two stays share a place and one of these days."""
    ends = [each.end for each in (one, other) if each.end]
    first, last = max(one.start, other.start, on.earliest), min([on.latest, *ends])
    return one.institution_id == other.institution_id and first <= last


def _stay(animal: Animal, stays: list[Holding]) -> str:
    return f"{animal} was at {stays[0].institution}" if stays else f"{animal} was nowhere that the book knows"
