"""Races between the steps of transfers, and with what happens to their animals meanwhile."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from studbook.animals.entry.life import log_death
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.machine import OPEN, State
from studbook.transfers.models import Transfer
from studbook.transfers.proposing import propose
from studbook.transfers.stepping import take_step
from tests.factories import TransferAnimalFactory, TransferFactory
from tests.races.rounds import Round, refusals_of
from tests.races.staging import Book, opened

SENT, ARRIVED = date(2012, 5, 1), DateInterval.parse("2012-05-02")


def under_way(book: Book, state: State) -> tuple[Transfer, Animal]:
    """Return a transfer of one animal in a state, and the animal."""
    sent = {"sent_on": SENT} if state is State.SENT else {}
    transfer = TransferFactory(
        programme=book.programme,
        sender=book.zoo,
        receiver=book.receivers[0],
        state=state,
        terms="donation",
        planned_on=SENT,
        **sent,
    )
    line = TransferAnimalFactory(transfer=transfer, animal=book.animal())
    return transfer, line.animal


def step(book: Book, transfer: Transfer, key: str, **fields: Any) -> None:
    take_step(Transfer.objects.get(pk=transfer.pk), key, by=book.ada, opened_version=1, **fields)


def arrival(book: Book, transfer: Transfer) -> Callable[[], None]:
    return partial(step, book, transfer, "arrive", on=ARRIVED, local_ids={})


def where(animal: Animal) -> list[int]:
    return list(animal.holdings.filter(end=None).values_list("institution_id", flat=True))


def arrived_once(book: Book, transfer: Transfer, animal: Animal, outcomes: list[Any]) -> bool:
    events = animal.events.filter(kind="transfer").count()
    return (where(animal), events, refusals_of(outcomes)) == ([book.receivers[0].pk], 1, 1)


def two_arrivals(book: Book, _: int) -> Round:
    """Two at the receiving zoo confirm the arrival."""
    transfer, animal = under_way(book, State.SENT)

    def fault(outcomes: list[Any]) -> str:
        right = arrived_once(book, transfer, animal, outcomes)
        return "" if right else f"at {where(animal)}, {outcomes}"

    return Round([arrival(book, transfer), arrival(book, transfer)], fault)


def arrival_or_withdrawal(book: Book, _: int) -> Round:
    transfer, animal = under_way(book, State.SENT)
    withdraw = partial(step, book, transfer, "withdraw", exit_reason=Transfer.ExitReason.INTERIM)

    def fault(outcomes: list[Any]) -> str:
        transfer.refresh_from_db()
        withdrawn = transfer.state == State.WITHDRAWN
        moved = animal.events.filter(kind="transfer").exists()
        right = withdrawn != moved and where(animal) == [book.receivers[0].pk if moved else book.zoo.pk]
        return (
            "" if right and refusals_of(outcomes) == 1 else f"{transfer.state} at {where(animal)}, {outcomes}"
        )

    return Round([arrival(book, transfer), withdraw], fault)


def arrival_or_death(book: Book, _: int) -> Round:
    """The animal dies where it was, on the day on which it arrives elsewhere."""
    transfer, animal = under_way(book, State.SENT)

    def die() -> None:
        log_death(opened(animal), on=ARRIVED, cause="old age", by=book.ada)

    def fault(outcomes: list[Any]) -> str:
        transfer.refresh_from_db()
        now = opened(animal)
        kinds = list(now.events.order_by("sequence").values_list("kind", flat=True))
        living = now.status == Animal.Status.LIVING and where(animal) == [book.receivers[0].pk]
        dead = now.status == Animal.Status.DEAD and where(animal) == [] and transfer.state not in OPEN
        right = (living and kinds == ["birth", "transfer"]) or (dead and kinds[-1] == "death")
        return "" if right else f"{now.status} {kinds}, {transfer.state}, {outcomes}"

    return Round([arrival(book, transfer), die], fault)


def two_sendings(book: Book, _: int) -> Round:
    transfer, _animal = under_way(book, State.SCHEDULED)
    send = partial(step, book, transfer, "send", on=SENT)

    def fault(outcomes: list[Any]) -> str:
        sent = transfer.steps.filter(step="send").count()
        return "" if (sent, refusals_of(outcomes)) == (1, 1) else f"sent {sent} times, {outcomes}"

    return Round([send, send], fault)


def two_proposals(book: Book, _: int) -> Round:
    """One animal is promised to two zoos."""
    animal = book.animal()

    def promise(to: Institution) -> None:
        programme = Programme.objects.get(pk=book.programme.pk)
        propose(programme, animals=[animal.studbook_number], to=to, by=book.ada, terms="donation")

    def fault(outcomes: list[Any]) -> str:
        promised = Transfer.objects.filter(lines__animal=animal, state__in=OPEN).count()
        return "" if (promised, refusals_of(outcomes)) == (1, 1) else f"promised {promised} times, {outcomes}"

    return Round([partial(promise, to) for to in book.receivers], fault)
