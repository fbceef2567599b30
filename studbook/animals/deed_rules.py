"""Rules of single deeds: which parents, sexes, transfers and deaths the book refuses, and what to do instead."""

from datetime import timedelta
from typing import TypeAlias

from django.utils import timezone

from studbook.animals.models import Animal, Event, Holding, Ownership, ParentKind
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import rejected
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail
from studbook.programmes.models import Programme

Parent: TypeAlias = Animal | ParentKind
SEX_OF = {"sire": Animal.Sex.MALE, "dam": Animal.Sex.FEMALE}
# A zoo east of the date line may be a day ahead of the server.
TIME_ZONES = timedelta(days=1)
NAMED = 3


def refuse_parent(animal: Animal, role: str, parent: Parent) -> None:
    """Refuse a parent of another book, of the wrong sex, or born after the animal. One of unknown sex is warned of."""
    if isinstance(parent, Animal):
        fault = _fault_of(animal, role, parent)
        if fault:
            code, sentence = fault
            numbers = animal.studbook_number, parent.studbook_number
            raise rejected(code, numbers, sentence, field=role)
    elif parent not in (ParentKind.WILD, ParentKind.UNKNOWN):
        raise StudbookError(f"Name the {role} of {animal}, or say that it is wild or unknown.", field=role)


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


def refuse_unsexed_parent(animal: Animal, role: str, parent: Parent) -> None:
    """Refuse a parent of unknown sex where nobody can be asked to acknowledge a warning."""
    if isinstance(parent, Animal) and parent.sex == Animal.Sex.UNKNOWN:
        sentence = f"{parent} is recorded with unknown sex and cannot be a {role}. Record its sex first, or choose another {role}."
        raise rejected("C12", (animal.studbook_number, parent.studbook_number), sentence, field=role)


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


def refuse_transfer(
    animal: Animal,
    *,
    to: Institution,
    on: DateInterval,
    terms: str,
    stay: Holding | None,
    ownership: Ownership | None,
) -> None:
    """Refuse a transfer of an animal that is not there, to where it is already, or on terms that cannot be."""
    number = [animal.studbook_number]
    if animal.status != Animal.Status.LIVING:
        sentence = f"{animal} is {animal.get_status_display()} and cannot be sent. Correct its status first."
        raise rejected("C10", number, sentence)
    if stay and stay.institution == to:
        sentence = f"{animal} is at {to} already. Choose another institution."
        raise rejected("C6", number, sentence, field="to")
    if not to.is_captive:
        sentence = f"{to} is a wild area. Record a release instead of a transfer."
        raise rejected("C6", number, sentence, field="to")
    _refuse_terms(animal, to, terms, ownership)
    _refuse_day(animal, on, "transfer")


def refuse_death(animal: Animal, *, on: DateInterval) -> None:
    """Refuse a second death, one before another event, and that of a dam before she gave birth."""
    if animal.status == Animal.Status.DEAD:
        sentence = f"{animal} died {animal.death} already. Correct that date instead."
        raise rejected("C2", [animal.studbook_number], sentence)
    _refuse_day(animal, on, "death")
    born_later = animal.offspring_as_dam.filter(birth_earliest__gt=on.latest).first()
    if born_later:
        sentence = (
            f"{animal} is the dam of {born_later}, born {born_later.birth}, and cannot have died {on}. "
            "Correct the date of death, or the dam."
        )
        raise rejected("B8", (born_later.studbook_number, animal.studbook_number), sentence, field="on")


def _refuse_terms(animal: Animal, to: Institution, terms: str, ownership: Ownership | None) -> None:
    number = [animal.studbook_number]
    if terms not in Event.Terms.values:
        known = ", ".join(value for value in Event.Terms.values if value)
        sentence = f"“{terms}” are no terms of a transfer. Choose one of {known}."
        raise rejected("C16", number, sentence, field="terms")
    owner = ownership.institution if ownership else None
    if terms == Event.Terms.LOAN and owner == to:
        sentence = f"{animal} belongs to {to} already. Choose “loan return”."
        raise rejected("C9", number, sentence, field="terms")
    if terms == Event.Terms.LOAN_RETURN and owner != to:
        sentence = (
            f"{animal} belongs to {owner or 'nobody the book knows'}, so it cannot return from a loan to {to}. "
            "Choose the owner, or other terms."
        )
        raise rejected("C9", number, sentence, field="terms")


def refuse_future(animal: Animal | str, on: DateInterval, noun: str) -> None:
    """Refuse a day that has not come anywhere yet; `animal` may be words for one that is not in the book."""
    if on.earliest > timezone.localdate() + TIME_ZONES:
        sentence = f"The {noun} of {animal} lies in the future ({on}). Record it when it has happened."
        numbers = [animal.studbook_number] if isinstance(animal, Animal) else []
        raise rejected("C3", numbers, sentence, field="on")


def _refuse_day(animal: Animal, on: DateInterval, noun: str) -> None:
    refuse_future(animal, on, noun)
    number = [animal.studbook_number]
    last = animal.events.filter(date_earliest__gt=on.latest).last()
    if last:
        sentence = (
            f"{animal} has a later event in the book, {last}, so its {noun} cannot be of {on}. "
            "Correct one of the dates."
        )
        raise rejected("C4", number, sentence, field="on")
    if animal.birth and on.latest < animal.birth.earliest:
        sentence = f"{animal} was born {animal.birth}, after this {noun} ({on}). Correct one of the dates."
        raise rejected("C4", number, sentence, field="on")
