from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.animals.correcting.void_views import void_or_missing
from studbook.animals.entry.kinds import entries_in_groups
from studbook.animals.keeping import may_on
from studbook.animals.record import animal_of, record_of
from studbook.core.panels import rendered_panels
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme


@programme_view
def animal(request: HttpRequest, programme: Programme, number: str) -> HttpResponse:
    found = animal_of(programme, number)
    if found is None:
        return void_or_missing(request, programme, number)
    panels = rendered_panels("animal", request, found)
    may_log = may_on(standing_in(request), Right.LOG, found)
    context = {
        "programme": programme,
        "record": record_of(found, programme),
        "panels": panels,
        "groups": entries_in_groups(found, programme.code) if may_log else [],
    }
    return render(request, "animals/detail.html", context)
