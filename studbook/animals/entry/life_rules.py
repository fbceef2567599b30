"""What a life does not allow: a second death, leaving when gone, coming back when there."""

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.findings import rejected

GONE = (Animal.Status.RELEASED, Animal.Status.LOST)


def refuse_death(animal: Animal, on: DateInterval) -> None:
    """Refuse a second death, and that of a dam before she gave birth."""
    if animal.status == Animal.Status.DEAD:
        sentence = f"{animal} died {animal.death} already. Correct that date instead of logging {on}."
        raise rejected("C2", [animal.studbook_number], sentence)
    born_later = animal.offspring_as_dam.filter(birth_earliest__gt=on.latest).first()
    if born_later:
        sentence = (
            f"{animal} is the dam of {born_later}, born {born_later.birth}, and cannot have died {on}. "
            "Correct the date of death, or the dam."
        )
        raise rejected("B8", (born_later.studbook_number, animal.studbook_number), sentence, field="on")


def refuse_leaving(animal: Animal, on: DateInterval) -> None:
    """Refuse that an animal leaves which died, or is gone already."""
    if animal.status == Animal.Status.DEAD and animal.death and on.latest < animal.death.earliest:
        return  # before its death it may have left; its other events tell whether it can
    if animal.status != Animal.Status.LIVING:
        sentence = (
            f"{animal} is {animal.get_status_display()}, so it cannot leave on {on}. "
            "Correct its last event first, or log that it was found again."
        )
        raise rejected("C10", [animal.studbook_number], sentence)


def refuse_return(animal: Animal, on: DateInterval) -> None:
    """Refuse that an animal is found which nobody missed."""
    if animal.status not in GONE:
        sentence = (
            f"{animal} is {animal.get_status_display()}, and was not missed on {on}. "
            "Log first that it was lost or released, or choose another entry."
        )
        raise rejected("C10", [animal.studbook_number], sentence)
