"""What the animal's page shows of the daily work."""

from django.http import HttpRequest

from studbook.animals.entry.observation_record import daily_record_of
from studbook.animals.entry.pending import pending_of
from studbook.animals.models import Animal
from studbook.core.once import new_key
from studbook.core.panels import Context
from studbook.programmes.access import programme_of, standing_in

MOST_WAITING = 6


def daily_panel(request: HttpRequest, animal: Animal) -> Context:
    """Fill the panel of the daily record; four queries, six more where something waits to be confirmed."""
    programme = programme_of(request)
    pending = pending_of(programme, standing_in(request), animal=animal)
    shown = pending[:MOST_WAITING]
    return {
        "programme": programme,
        "animal": animal,
        "record": daily_record_of(animal),
        "waiting": len(pending),
        "shown": shown,
        "mine": [each for each in shown if each.may_decide],
        "confirm_all_key": new_key(),
    }
