"""Rules of single deeds: which parents, transfers and deaths the book refuses, and what to do instead."""

from datetime import timedelta
from typing import TypeAlias

from django.utils import timezone

from studbook.animals.models import Animal, Event, Holding, Ownership, ParentKind
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution

Parent: TypeAlias = Animal | ParentKind
SEX_OF = {"sire": Animal.Sex.MALE, "dam": Animal.Sex.FEMALE}
# A zoo east of the date line may be a day ahead of the server.
TIME_ZONES = timedelta(days=1)


def refuse_parent(animal: Animal, role: str, parent: Parent) -> None:
    """Refuse a parent of another book, of the wrong sex, or born after the animal."""
    if isinstance(parent, Animal):
        fact = _fault_of(animal, role, parent)
        if fact:
            raise StudbookError(fact, field=role)
    elif parent not in (ParentKind.WILD, ParentKind.UNKNOWN):
        raise StudbookError(f"Name the {role} of {animal}, or say that it is wild or unknown.", field=role)


def _fault_of(animal: Animal, role: str, parent: Animal) -> str:
    if parent.programme_id != animal.programme_id:
        return f"{parent} is not in the book of {animal.programme}. Choose a {role} from this book."
    if parent.sex != SEX_OF[role]:
        sex = "with unknown sex" if parent.sex == Animal.Sex.UNKNOWN else parent.get_sex_display()
        return f"{parent} is recorded {sex} and cannot be a {role}. Correct its sex first, or choose another {role}."
    if (
        animal.birth
        and parent.birth
        and parent.birth.earliest >= animal.birth.latest
        and parent.pk != animal.pk
    ):
        return (
            f"{parent} was born {parent.birth}, not before {animal} ({animal.birth}), and cannot be its {role}. "
            f"Correct one of the dates, or choose another {role}."
        )
    return ""


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
    if animal.status != Animal.Status.LIVING:
        raise StudbookError(
            f"{animal} is {animal.get_status_display()} and cannot be sent. Correct its status first."
        )
    if stay and stay.institution == to:
        raise StudbookError(f"{animal} is at {to} already. Choose another institution.", field="to")
    if not to.is_captive:
        raise StudbookError(f"{to} is a wild area. Record a release instead of a transfer.", field="to")
    _refuse_terms(animal, to, terms, ownership)
    _refuse_day(animal, on, "transfer")


def refuse_death(animal: Animal, *, on: DateInterval) -> None:
    """Refuse a second death, one before another event, and that of a dam before she gave birth."""
    if animal.status == Animal.Status.DEAD:
        raise StudbookError(f"{animal} died {animal.death} already. Correct that date instead.")
    _refuse_day(animal, on, "death")
    born_later = animal.offspring_as_dam.filter(birth_earliest__gt=on.latest).first()
    if born_later:
        raise StudbookError(
            f"{animal} is the dam of {born_later}, born {born_later.birth}, and cannot have died {on}. "
            "Correct the date of death, or the dam.",
            field="on",
        )


def _refuse_terms(animal: Animal, to: Institution, terms: str, ownership: Ownership | None) -> None:
    if terms not in Event.Terms.values:
        known = ", ".join(value for value in Event.Terms.values if value)
        raise StudbookError(f"“{terms}” are no terms of a transfer. Choose one of {known}.", field="terms")
    owner = ownership.institution if ownership else None
    if terms == Event.Terms.LOAN and owner == to:
        raise StudbookError(f"{animal} belongs to {to} already. Choose “loan return”.", field="terms")
    if terms == Event.Terms.LOAN_RETURN and owner != to:
        raise StudbookError(
            f"{animal} belongs to {owner or 'nobody the book knows'}, so it cannot return from a loan to {to}. "
            "Choose the owner, or other terms.",
            field="terms",
        )


def _refuse_day(animal: Animal, on: DateInterval, noun: str) -> None:
    if on.earliest > timezone.localdate() + TIME_ZONES:
        raise StudbookError(
            f"The {noun} of {animal} lies in the future ({on}). Record it when it has happened.", field="on"
        )
    last = animal.events.filter(date_earliest__gt=on.latest).last()
    if last:
        raise StudbookError(
            f"{animal} has a later event in the book, {last}, so its {noun} cannot be of {on}. "
            "Correct one of the dates.",
            field="on",
        )
    if animal.birth and on.latest < animal.birth.earliest:
        raise StudbookError(
            f"{animal} was born {animal.birth}, after this {noun} ({on}). Correct one of the dates.",
            field="on",
        )
