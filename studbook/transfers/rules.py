"""What a transfer must obey: where its animals are, on which terms they go, what its papers are worth."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q

from studbook.animals.models import Animal, Event, Holding, Ownership
from studbook.core.errors import StudbookError
from studbook.core.findings import rejected
from studbook.institutions.models import Institution
from studbook.transfers.models import Permit, Transfer, TransferAnimal

MOVES_OWNER = (Event.Terms.DONATION, Event.Terms.EXCHANGE, Event.Terms.PURCHASE)


def refuse_not_living(animals: Iterable[Animal]) -> None:
    """Refuse to send an animal that is gone (C10)."""
    for animal in animals:
        if animal.status != Animal.Status.LIVING:
            sentence = (
                f"{animal} is {animal.get_status_display()} and cannot be sent. "
                "Leave it out, or correct its status first."
            )
            raise rejected("C10", [animal.studbook_number], sentence, field="animals")


def refuse_moving(animals: Collection[Animal]) -> None:
    """Refuse a second open transfer of an animal (C8)."""
    lines = TransferAnimal.objects.filter(animal__in=animals, open=True)
    if line := lines.select_related("animal", "transfer__receiver").first():
        transfer = line.transfer
        sentence = (
            f"{line.animal} is in {transfer} to {transfer.receiver} already, which is {transfer.get_state_display()}. "
            "Finish or withdraw that one first, or propose this one in its place."
        )
        raise rejected("C8", [line.animal.studbook_number], sentence, field="animals")


def holders_on(animal: Animal, day: date) -> list[Institution]:
    """Return who held an animal on a day, in their order; on a day of moving both do."""
    stays = Holding.objects.filter(Q(end=None) | Q(end__gte=day), animal=animal, start__lte=day)
    return [each.institution for each in stays.select_related("institution").order_by("start", "pk")]


def sender_of(animals: Sequence[Animal], day: date) -> Institution:
    """Return the one institution that holds all these animals on a day (C6)."""
    places = {animal: next(reversed(holders_on(animal, day)), None) for animal in animals}
    for animal, place in places.items():
        if place is None:
            sentence = f"The book does not say who held {animal} on {day}, so nobody can send it. Correct its events first."
            raise rejected("C6", [animal.studbook_number], sentence, field="animals")
    first, sender = next(iter(places.items()))
    for animal, place in places.items():
        if place != sender:
            sentence = (
                f"{first} is at {sender}, {animal} at {place}. A transfer has one sender: make one for each."
            )
            raise rejected("C6", (first.studbook_number, animal.studbook_number), sentence, field="animals")
    assert sender is not None  # noqa: S101 - refused above
    return sender


def refuse_elsewhere(transfer: Transfer, animals: Iterable[Animal], day: date) -> None:
    """Refuse to send an animal that its sender does not hold on that day (C6)."""
    for animal in animals:
        places = holders_on(animal, day)
        if transfer.sender not in places:
            sentence = (
                f"{transfer} sends {animal} from {transfer.sender}, but on {day} the book has it at "
                f"{places[-1] if places else 'no place it knows'}. Correct the day, or the animal's events; else withdraw the transfer."
            )
            raise rejected("C6", [animal.studbook_number], sentence, field="on")


def refuse_receiver(sender: Institution, receiver: Institution, animals: Iterable[Animal]) -> None:
    """Refuse a transfer to where the animals are, or into the wild (C6)."""
    numbers = [each.studbook_number for each in animals]
    if sender == receiver:
        sentence = f"{', '.join(numbers)}: held at {receiver} already. Choose another institution."
        raise rejected("C6", numbers, sentence, field="to")
    if not receiver.is_captive:
        sentence = f"{', '.join(numbers)}: {receiver} is a wild area. Record a release instead of a transfer."
        raise rejected("C6", numbers, sentence, field="to")


def owner_of(animal: Animal) -> Institution | None:
    open_one = Ownership.objects.open().filter(animal=animal).select_related("institution").first()
    return open_one.institution if open_one else None


def home_of(animals: Sequence[Animal]) -> Institution:
    """Return the one owner to whom these animals return from a loan."""
    owners = {owner_of(animal) for animal in animals}
    home = owners.pop() if len(owners) == 1 else None
    if home is None:
        numbers = ", ".join(map(str, animals))
        raise StudbookError(
            f"{numbers} do not belong to one owner the book knows, so it is not said where they return to. Choose the "
            "receiver, or make a transfer for each.",
            field="to",
        )
    return home


def refuse_terms(terms: str, receiver: Institution, animals: Iterable[Animal]) -> None:
    """Refuse terms that the owners make impossible (C9)."""
    for animal in animals:
        owner = owner_of(animal)
        if terms == Event.Terms.LOAN_RETURN and owner != receiver:
            sentence = (
                f"{animal} belongs to {owner or 'nobody the book knows'}, so it cannot return from a loan to {receiver}. "
                "Choose the owner as receiver, or other terms."
            )
            raise rejected("C9", [animal.studbook_number], sentence, field="terms")
        if terms not in ("", Event.Terms.LOAN_RETURN) and owner == receiver:
            sentence = f"{animal} belongs to {receiver} already. Choose “loan return”."
            raise rejected("C9", [animal.studbook_number], sentence, field="terms")


def refuse_unready(permits: Iterable[Permit], day: date) -> None:
    """Refuse to go on while a permit is missing, or does not last until a day."""
    lacks = [lack for permit in permits if (lack := permit.lack_on(day))]
    if lacks:
        raise StudbookError(
            f"The permits are not ready: {'; '.join(lacks)}. Enter what was granted, or say that it is not needed."
        )
