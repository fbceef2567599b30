from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from studbook.core.panels import rendered_panels
from studbook.institutions.filters import InstitutionFilter
from studbook.institutions.queries import animals_of, institutions_of, order_from, ordered, rows_of
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

PAGE = 100


@programme_view
def institutions(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the institutions; a filter that cannot be read finds none and says at its field what is wrong."""
    narrowed = InstitutionFilter(request.GET, institutions_of(programme), request)
    found = narrowed.qs if narrowed.is_valid() else narrowed.queryset.none()
    order = order_from(request.GET.get("order", ""))
    rows = ordered(rows_of(programme, found), order)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "form": narrowed.form, "order": order, "page": page}
    return render(
        request, "institutions/list.html", {"holders": sum(row.held.total > 0 for row in rows), **context}
    )


@programme_view
def institution(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(institutions_of(programme), pk=pk)
    panels = rendered_panels("institution", request, found)
    animals = animals_of(found, programme)
    context = {"programme": programme, "institution": found, "animals": animals, "panels": panels}
    return render(request, "institutions/detail.html", context)
