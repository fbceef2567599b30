"""What a pair and a mating may not say of two animals."""

from itertools import pairwise

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import rejected
from studbook.reproduction.models import Mating, Pairing
from studbook.reproduction.whereabouts import refuse_absent, refuse_sex

NOUN = "pair"


def refuse_two(sire: Animal, dam: Animal, noun: str, on: DateInterval) -> None:
    """Refuse two animals that are no male and female, or of which one was not alive in the book on the day."""
    refuse_sex(sire, Animal.Sex.MALE, noun, field="sire")
    refuse_sex(dam, Animal.Sex.FEMALE, noun, field="dam")
    for animal in (sire, dam):
        refuse_absent(animal, noun, on)


def refuse_pairing(pairing: Pairing) -> None:
    """Refuse dates that run backwards, and a time in which the same two are a pair already; one query."""
    _refuse_backwards(pairing)
    if pairing.introduced is None:
        raise StudbookError(f"Say when {pairing} were introduced to each other.", field="introduced")
    others = Pairing.objects.standing().filter(sire=pairing.sire, dam=pairing.dam).exclude(pk=pairing.pk)
    for other in others:
        if _overlaps(pairing, other):
            since = f"since {other.introduced}" if other.introduced else "already"
            until = f" until {other.separated}" if other.separated else ", and were not separated"
            sentence = f"{pairing} are a pair {since}{until}. Correct one of the dates, or enter what is new on the page of that pair."
            raise rejected("D10", [pairing.sire.studbook_number, pairing.dam.studbook_number], sentence)


def refuse_mating(mating: Mating, pairing: Pairing | None) -> None:
    """Refuse a mating that lies before or after the pair it is of."""
    if pairing is None or mating.date is None:
        return
    if {pairing.sire_id, pairing.dam_id} != {mating.sire_id, mating.dam_id}:
        raise StudbookError(f"That pair is of other animals: {pairing}. Log the mating without a pair.")
    if pairing.introduced and mating.date.latest < pairing.introduced.earliest:
        raise StudbookError(
            f"{pairing} were introduced {pairing.introduced}, after this mating ({mating.date}). Correct one of the dates.",
            field="on",
        )
    if pairing.separated and mating.date.earliest > pairing.separated.latest:
        raise StudbookError(
            f"{pairing} were separated {pairing.separated}, before this mating ({mating.date}). Correct one of the dates, or "
            "log the mating without the pair.",
            field="on",
        )


def refuse_against_matings(pairing: Pairing) -> None:
    """Refuse dates of a pair that leave a mating of it before or after; one query."""
    for mating in Mating.objects.standing().filter(pairing=pairing).select_related("sire", "dam"):
        refuse_mating(mating, pairing)


def refuse_against_pregnancies(mating: Mating) -> None:
    """Refuse a day of a mating that does not fit a pregnancy that came of it; one query."""
    on = mating.date
    for each in mating.pregnancies.standing().select_related("dam"):
        conceived = each.conceived
        if on and conceived and not conceived.meets(on):
            raise StudbookError(
                f"The {each}, is recorded to come of it, which does not fit {on}. Correct the pregnancy so that it spans both "
                "days, or strike it out, before you correct the mating.",
                field="on",
            )


def _refuse_backwards(pairing: Pairing) -> None:
    told = [
        ("introduced", pairing.introduced),
        ("together", pairing.together),
        ("separated", pairing.separated),
    ]
    steps = [(name, day) for name, day in told if day]
    for (earlier, before), (later, after) in pairwise(steps):
        if after.latest < before.earliest:
            raise StudbookError(
                f"{pairing} would be {later} {after}, before they were {earlier} ({before}). Correct one of the two dates.",
                field=later,
            )


def _overlaps(one: Pairing, other: Pairing) -> bool:
    return _begins_before_the_end_of(one, other) and _begins_before_the_end_of(other, one)


def _begins_before_the_end_of(one: Pairing, other: Pairing) -> bool:
    # A date of which only some days contradict another is let pass: both may be true.
    if one.introduced is None or other.separated is None:
        return True
    return one.introduced.latest < other.separated.earliest
