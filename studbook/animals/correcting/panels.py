"""What the animal's page offers to those who keep the book."""

from django.http import HttpRequest

from studbook.animals.correcting.pages import may_correct
from studbook.animals.models import Animal
from studbook.core.panels import Context
from studbook.programmes.access import programme_of


def ways_panel(request: HttpRequest, animal: Animal) -> Context:
    """Fill the ways to history and corrections; at most three queries, for one who is no coordinator."""
    may = may_correct(request, animal)
    events = list(animal.events.all()) if may else []
    return {"programme": programme_of(request), "animal": animal, "may_correct": may, "events": events}
