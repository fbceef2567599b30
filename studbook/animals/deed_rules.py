"""Rules of single deeds: which parents, sexes and days the book refuses, and what to do instead."""

from collections.abc import Iterable

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.findings import rejected
from studbook.core.newest_day import newest_day
from studbook.programmes.changes import Trail
from studbook.programmes.models import Programme

SEX_OF = {"sire": Animal.Sex.MALE, "dam": Animal.Sex.FEMALE}
NAMED = 3


def refuse_parent(animal: Animal, role: str, parent: Animal) -> None:
    """Refuse a parent of another book, of the wrong sex, or born after the animal. One of unknown sex is warned of."""
    fault = _fault_of(animal, role, parent)
    if fault:
        code, sentence = fault
        raise rejected(code, (animal.studbook_number, parent.studbook_number), sentence, field=role)


def _fault_of(animal: Animal, role: str, parent: Animal) -> tuple[str, str] | None:
    if parent.programme_id != animal.programme_id:
        return "B16", f"{parent} is not in the book of {animal.programme}. Choose a {role} from this book."
    if parent.sex not in (SEX_OF[role], Animal.Sex.UNKNOWN):
        return "B2", (
            f"{parent} is recorded {parent.get_sex_display()} and cannot be a {role}. Correct its sex first, or choose "
            f"another {role}."
        )
    if (
        animal.birth
        and parent.birth
        and parent.birth.earliest >= animal.birth.latest
        and parent.pk != animal.pk
    ):
        return "B5", (
            f"{parent} was born {parent.birth}, not before {animal} ({animal.birth}), and cannot be its {role}. "
            f"Correct one of the dates, or choose another {role}."
        )
    return None


def refuse_sex(animal: Animal, sex: str) -> None:
    """Refuse a sex that the offspring of the animal contradict."""
    for role, young in (("sire", animal.offspring_as_sire), ("dam", animal.offspring_as_dam)):
        if sex in (SEX_OF[role], Animal.Sex.UNKNOWN):
            continue
        numbers = list(young.values_list("studbook_number", flat=True))
        if numbers:
            shown = ", ".join(numbers[:NAMED]) + (
                f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else ""
            )
            sentence = (
                f"{animal} has {len(numbers)} offspring as {role} ({shown}), so it cannot be {Animal.Sex(sex).label}. "
                f"Correct the {role} of its offspring first, or leave the sex as it is."
            )
            raise rejected("B4", (animal.studbook_number, *numbers), sentence, field="sex")


def refuse_changed_sexes(programme: Programme, trail: Trail) -> None:
    """Refuse a deed, of whatever kind, that changes the sex of an animal against its offspring."""
    for animal in programme.animals.filter(pk__in=trail.altered_animals("sex")):
        refuse_sex(animal, animal.sex)


def refuse_future(
    subject: Animal | str, on: DateInterval, noun: str, *, animals: Iterable[Animal] = ()
) -> None:
    """Refuse a day that has not come anywhere yet; `subject` may be words for what is not in the book."""
    if on.earliest > newest_day():
        told = [subject] if isinstance(subject, Animal) else animals
        sentence = f"The {noun} of {subject} lies in the future ({on}). Record it when it has happened, or correct the date."
        raise rejected("C3", [each.studbook_number for each in told], sentence, field="on")
