"""What other pages show of entries that wait."""

from django.http import HttpRequest

from studbook.animals.entry.pending import count_waiting_for
from studbook.core.panels import Context
from studbook.programmes.access import standing_in
from studbook.programmes.models import Programme


def dashboard_panel(request: HttpRequest, programme: Programme) -> Context | None:
    """Fill the panel of what waits for this person; nothing where nothing does."""
    count = count_waiting_for(programme, standing_in(request))
    return {"programme": programme, "count": count} if count else None
