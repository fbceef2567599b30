"""What an address brings to the form of a new assumption, so that another page can lead to it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from studbook.population.overlays.assumption_forms import MOST_CANDIDATES, AssumptionForm

CARRIED = ("animal", "role", "parent", "other")
LONGEST = 80


def carried(request: HttpRequest) -> str:
    """Return the query string that leads on to the form with the same things filled in; empty without any."""
    return urlencode(
        [(name, words[:LONGEST]) for name in CARRIED for words in request.GET.getlist(name) if words]
    )


def filled_in(request: HttpRequest, form: type[AssumptionForm]) -> dict[str, Any]:
    """Return what the address fills in of a form: `animal`, `role`, `other`, and `parent`, which may be several."""
    filled: dict[str, Any] = {
        name: request.GET[name][:LONGEST] for name in form.opened_by if name in request.GET
    }
    for place, words in enumerate(request.GET.getlist("parent")[:MOST_CANDIDATES], start=1):
        filled[f"parent_{place}"] = words[:LONGEST]
    return filled
