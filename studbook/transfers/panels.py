"""What pages of the rooms below show of transfers."""

from django.db.models import Q
from django.http import HttpRequest

from studbook.accounts.rights import Right
from studbook.animals.models import Animal
from studbook.core.panels import Context
from studbook.institutions.models import Institution
from studbook.programmes.access import programme_of, standing_in
from studbook.programmes.models import Programme
from studbook.transfers.machine import OPEN
from studbook.transfers.models import Transfer
from studbook.transfers.moment import today
from studbook.transfers.queries import waiting_rows

MOST_LISTED = 12


def animal_panel(request: HttpRequest, animal: Animal) -> Context | None:
    """Say where an animal is about to go, or lead to a proposal; one query. Nothing for those who cannot propose."""
    programme = programme_of(request)
    lines = animal.transfer_lines.filter(transfer__state__in=OPEN, left_out="")
    moving = [line.transfer for line in lines.select_related("transfer__sender", "transfer__receiver")]
    may_propose = animal.is_living and standing_in(request).has_somewhere(Right.MOVE)
    if not moving and not may_propose:
        return None
    context: Context = {"programme": programme, "animal": animal, "transfers": moving}
    return context | {"may_propose": may_propose and not moving}


def institution_panel(request: HttpRequest, institution: Institution) -> Context | None:
    """List the open transfers to and from an institution; three queries."""
    programme = programme_of(request)
    concerned = Q(sender=institution) | Q(receiver=institution)
    found = Transfer.objects.filter(concerned, programme=programme).open()
    found = found.select_related("sender", "receiver").prefetch_related("lines__animal")
    transfers = list(found.order_by("due_on", "pk"))
    if not transfers:
        return None
    context: Context = {"programme": programme, "institution": institution, "today": today()}
    return context | {"transfers": transfers[:MOST_LISTED], "count": len(transfers)}


def dashboard_panel(request: HttpRequest, programme: Programme) -> Context | None:
    """Count what waits for the person, and what is overdue; nothing where no transfer is open."""
    standing = standing_in(request)
    found = Transfer.objects.filter(programme=programme)
    open_ones = found.open().count()
    if not open_ones:
        return None
    waiting = waiting_rows(programme, standing)
    context: Context = {"programme": programme, "open": open_ones, "waiting": waiting[:MOST_LISTED]}
    return context | {"overdue": found.overdue(today()).count(), "count": len(waiting)}
