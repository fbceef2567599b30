"""What an observation may not say of an animal: a day that cannot be, or what is not done to one that has left."""

from studbook.animals.deed_rules import refuse_future
from studbook.animals.models import Animal, Event, Observation
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import rejected

Kind = Observation.Kind
Status = Observation.ReproductiveStatus
OF_THE_LIVING = {Kind.CONTRACEPTION, Kind.REPRODUCTION}
OF_FEMALES = frozenset({Status.PREGNANT, Status.NOT_PREGNANT, Status.LACTATING, Status.CYSTS})
"""The reproductive states that no male is found in."""


def refuse_observation(animal: Animal, kind: str, on: DateInterval) -> None:
    """Refuse a day still to come, one before the birth, and what is done only to the living after the end."""
    noun = Kind(kind).label
    refuse_impossible_day(animal, noun, on)
    if kind in OF_THE_LIVING:
        refuse_after_the_end(animal, noun, on)


def refuse_impossible_day(animal: Animal, noun: str, on: DateInterval) -> None:
    """Refuse a day still to come, or before the birth."""
    refuse_future(animal, on, noun)
    if animal.birth and on.latest < animal.birth.earliest:
        sentence = (
            f"{animal} was born {animal.birth}, after this {noun} ({on}). Correct one of the two dates."
        )
        raise rejected("C4", [animal.studbook_number], sentence, field="on")


def refuse_after_the_end(animal: Animal, noun: str, on: DateInterval) -> None:
    """Refuse what is done to the living after a death, or after an animal was released or lost."""
    if animal.death and on.earliest > animal.death.latest:
        sentence = f"{animal} died {animal.death}, before this {noun} ({on}). Correct one of the two dates."
        raise rejected("C10", [animal.studbook_number], sentence, field="on")
    left = animal.events.filter(kind__in=(Event.Kind.RELEASE, Event.Kind.LOST)).last()
    gone = animal.status in (Animal.Status.RELEASED, Animal.Status.LOST)
    if gone and left and (left.date is None or on.earliest > left.date.latest):
        since = f" since {left.date}" if left.date else ""
        sentence = (
            f"{animal} is {animal.get_status_display()}{since}, and no {noun} of it on {on} can be known. "
            "Log first that it was found again, or correct the date."
        )
        raise rejected("C10", [animal.studbook_number], sentence, field="on")


def refuse_unsound_period(observation: Observation) -> None:
    """Refuse a contraception or a state that ends before it begins, a state that is no male's, and one not for breeding without a reason."""
    animal, on = observation.animal, observation.date
    if observation.kind == Kind.REPRODUCTION:
        _refuse_of_males(animal, observation.what)
    noun = "contraception" if observation.kind == Kind.CONTRACEPTION else "state"
    for field, verb in (("until", "end"), ("expected_return", "be over")):
        end = getattr(observation, field)
        if on and end and end.latest < on.earliest:
            raise StudbookError(
                f"The {noun} of {animal} would {verb} {end}, before it begins ({on}). Swap the two dates.",
                field=field,
            )
    until, again = observation.until, observation.expected_return
    if until and again and again.latest < until.earliest:
        raise StudbookError(
            f"{animal} would be fertile again {again}, before the contraception ends ({until}). Correct one of the two dates.",
            field="expected_return",
        )
    if observation.what == Status.NOT_BREEDING and not observation.note.strip():
        raise StudbookError(
            f"Say in the note why {animal} is not for breeding: the reason is shown wherever it is left out.",
            field="note",
        )


def _refuse_of_males(animal: Animal, status: str) -> None:
    if animal.sex == Animal.Sex.MALE and status in OF_FEMALES:
        sentence = (
            f"{animal} is recorded male, and “{Status(status).label}” is said of females alone. "
            "Choose another state, or correct its sex first."
        )
        raise rejected("B2", [animal.studbook_number], sentence, field="status")
