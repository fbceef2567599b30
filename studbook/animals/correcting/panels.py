"""What the animal's page offers to those who keep the book."""

from django.http import HttpRequest

from studbook.animals.correcting.pages import may_correct
from studbook.animals.models import Animal
from studbook.core.panels import Context
from studbook.programmes.access import programme_of

MOST_OBSERVATIONS = 40


def ways_panel(request: HttpRequest, animal: Animal) -> Context:
    """Fill the ways to history and corrections; one query for those who may correct."""
    context = {"programme": programme_of(request), "animal": animal}
    if not may_correct(request, animal):
        return context | {"may_correct": False, "events": [], "observations": []}
    newest = animal.observations.order_by("-date_latest", "-pk")[:MOST_OBSERVATIONS]
    return context | {
        "may_correct": True,
        "events": list(animal.events.all()),
        "observations": list(newest),
        "most": MOST_OBSERVATIONS,
    }
