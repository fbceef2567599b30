"""What pages of the rooms below show of releases."""

from django.http import HttpRequest

from studbook.animals.models import Animal
from studbook.core.panels import Context
from studbook.programmes.access import programme_of


def animal_panel(request: HttpRequest, animal: Animal) -> Context | None:
    """Say at which site an animal was released; one query, nothing where it never was."""
    lines = list(animal.release_lines.filter(event__isnull=False).select_related("release__site", "event"))
    return {"programme": programme_of(request), "lines": lines} if lines else None
