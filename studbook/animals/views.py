from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studbook.animals.correcting.void_views import void_or_missing
from studbook.animals.record import animal_of, record_of
from studbook.core.panels import rendered_panels
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view
def animal(request: HttpRequest, programme: Programme, number: str) -> HttpResponse:
    found = animal_of(programme, number)
    if found is None:
        return void_or_missing(request, programme, number)
    panels = rendered_panels("animal", request, found)
    context = {"programme": programme, "record": record_of(found, programme), "panels": panels}
    return render(request, "animals/detail.html", context)
