from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.core.panels import rendered_panels
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme
from studbook.reproduction.overview import overview_of


@programme_view
def reproduction(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show what goes on in breeding; the other rooms of reproduction put their parts on it as panels."""
    context = {
        "programme": programme,
        "overview": overview_of(programme),
        "panels": rendered_panels("reproduction", request, programme),
        "may_log": standing_in(request).has_somewhere(Right.LOG),
    }
    return render(request, "reproduction/overview.html", context)
