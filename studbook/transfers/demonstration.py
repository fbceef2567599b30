"""Transfers for the demonstration, in several states, so that the pages have something to show.

None of them has arrived: the animals and the figures stay as the demonstration's files tell them.
"""

from datetime import timedelta
from typing import Any

from studbook.accounts.demonstration import COORDINATOR
from studbook.accounts.models import User
from studbook.animals.models import Animal, Event
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.models import Permit, Transfer
from studbook.transfers.moment import today
from studbook.transfers.papers import add_permit
from studbook.transfers.proposing import propose
from studbook.transfers.stepping import take_step

HERE = "MULHOUSE"
# The pair that the demonstration is about stays where it is.
STAYING = ("832", "853")


def add_transfers(programme: Programme) -> None:
    """Add five transfers, by the demonstration's coordinator: two wait for Mulhouse, one comes to it, one is overdue."""
    by = User.objects.get(username=COORDINATOR.username)
    first, second, third = _held(programme, HERE)[:3]
    _proposed(programme, by, third, "CLERMONT", terms=Event.Terms.LOAN, note="On loan for two years.")
    _scheduled(_proposed(programme, by, first, "ROSTOCK", terms=Event.Terms.LOAN, note="To breed there."), by)
    _sent(_proposed(programme, by, _held(programme, "ARNHEM")[0], HERE, terms=Event.Terms.DONATION), by)
    late = {"answer_by": today() - timedelta(days=12), "lapses_on": today() + timedelta(days=200)}
    _proposed(programme, by, _held(programme, "DENVER")[0], "PORTLAND", note="For the male there.", **late)
    off = _proposed(programme, by, second, "TOULOUSE", note="To join the group there.")
    _step(off, "withdraw", by, exit_reason=Transfer.ExitReason.SPACE, exit_note="The new enclosure is late.")


def _held(programme: Programme, mnemonic: str) -> list[Animal]:
    held = Animal.objects.filter(programme=programme).living().exclude(studbook_number__in=STAYING)
    here = {"holdings__end": None, "holdings__institution__mnemonic": mnemonic}
    return list(held.filter(**here).order_by("number_order"))


def _proposed(programme: Programme, by: User, animal: Animal, to: str | None, **more: Any) -> Transfer:
    receiver = Institution.objects.get(mnemonic=to) if to else None
    return propose(programme, animals=[animal.studbook_number], to=receiver, by=by, **more)


def _scheduled(transfer: Transfer, by: User) -> None:
    _on_paper(transfer, by)
    add_permit(
        transfer,
        by=by,
        kind=Permit.Kind.EU_CERTIFICATE,
        state=Permit.State.GRANTED,
        number="FR2600123-K",
        granted_on=today() - timedelta(days=20),
        expires_on=today() + timedelta(days=340),
    )
    _step(transfer, "permits", by)
    _step(
        transfer,
        "schedule",
        by,
        planned_on=today() + timedelta(days=9),
        crate="120 x 60 x 80 cm",
        escort="a keeper",
    )


def _sent(transfer: Transfer, by: User) -> None:
    _on_paper(transfer, by)
    _step(transfer, "permits", by)
    _step(transfer, "schedule", by, planned_on=today(), vehicle="by road")
    _step(transfer, "send", by, on=today())


def _on_paper(transfer: Transfer, by: User) -> None:
    terms = {"terms": transfer.terms, "young": Transfer.Young.ODD_EVEN}
    for key, fields in (("agree", {}), ("terms", terms)):
        for place in (transfer.sender, transfer.receiver):
            _step(transfer, key, by, acting_for=place.pk, **fields)


def _step(transfer: Transfer, key: str, by: User, **fields: Any) -> None:
    take_step(transfer, key, by=by, opened_version=None, **fields)
