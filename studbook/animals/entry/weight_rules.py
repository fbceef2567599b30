"""Weights that are far from what is known of an animal or its species: asked about before they are written (C18)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import DateField, ExpressionWrapper, F, Max

from studbook.animals.entry.observation_curve import weight_of
from studbook.animals.entry.observation_values import IN_KILOGRAMS, Amount, kilograms
from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.core.findings import WARN, Finding, refuse_findings
from studbook.programmes.models import Programme

CODE = "C18"
TIMES = 2
LATELY = timedelta(days=730)


def refuse_doubtful_weight(
    animal: Animal, on: DateInterval, weight: Amount, *, acknowledged: Iterable[str]
) -> None:
    """Warn of a weight far from the last of adult life, or far above every adult of the book; it goes on once that was read.

    Raises UnacknowledgedError. Two queries at most.
    """
    sentence = _doubt(animal, on, weight)
    if sentence:
        refuse_findings([Finding(CODE, WARN, (animal.studbook_number,), sentence, "weight")], acknowledged)


def _doubt(animal: Animal, on: DateInterval, weight: Amount) -> str:
    now = kilograms(weight)
    last = _last_adult_weight(animal, on)
    before = weight_of(last) if last else None
    if last and before:
        old = kilograms(before)
        if now > TIMES * old or TIMES * now < old:
            far = "more than twice" if now > old else "less than half"
            return (
                f"{weight} is {far} the last weight of {animal}, {before} on {last.date}. If a digit or the unit slipped, "
                "correct it."
            )
        return ""
    heaviest = _heaviest(animal.programme)
    if heaviest and now > TIMES * heaviest:
        most = Amount(heaviest, "kg")
        return (
            f"{weight} of {animal} is more than twice the heaviest adult in the book, {most}. If a digit or the unit "
            "slipped, correct it."
        )
    return ""


def _last_adult_weight(animal: Animal, on: DateInterval) -> Observation | None:
    """Return the last weight of adult life in the two years before a day on which the animal is adult; else None."""
    adult = _adult_from(animal)
    if adult is None or on.earliest < adult:
        return None
    found = Observation.objects.filter(
        animal=animal,
        kind=Observation.Kind.WEIGHT,
        unit__in=IN_KILOGRAMS,
        quantity__gt=0,
        date_earliest__gte=max(adult, on.earliest - LATELY),
        date_earliest__lte=on.latest,
    )
    return found.order_by("-date_earliest", "-pk").first()


def _adult_from(animal: Animal) -> date | None:
    """Return the day from which an animal breeds by the programme's settings; None where that is not known."""
    programme = animal.programme
    by_sex = {
        Animal.Sex.MALE: programme.male_first_breeding_days,
        Animal.Sex.FEMALE: programme.female_first_breeding_days,
    }
    days = [by_sex[animal.sex]] if animal.sex in by_sex else list(by_sex.values())  # type: ignore[index]
    known = [each for each in days if each is not None]
    if not known or animal.birth is None:
        return None
    return animal.birth.latest + timedelta(days=max(known))


def _heaviest(programme: Programme) -> Decimal | None:
    """Return the heaviest weight of adults in the book in kilograms; of all, where the settings tell no age."""
    found = Observation.objects.filter(
        animal__programme=programme, kind=Observation.Kind.WEIGHT, unit__in=IN_KILOGRAMS, quantity__gt=0
    )
    ages = (programme.male_first_breeding_days, programme.female_first_breeding_days)
    if known := [each for each in ages if each is not None]:
        born = F("date_earliest") - timedelta(days=max(known))
        found = found.filter(animal__birth_latest__lte=ExpressionWrapper(born, output_field=DateField()))
    most = found.order_by().values("unit").annotate(most=Max("quantity"))
    return max((each["most"] * IN_KILOGRAMS[each["unit"]] for each in most), default=None)
