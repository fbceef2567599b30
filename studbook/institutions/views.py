from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.rights import Right
from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.forms import refuse_unreadable
from studbook.core.lists import COLUMNS, Columns, order_from
from studbook.core.panels import rendered_panels
from studbook.institutions.columns import institution_columns
from studbook.institutions.filters import InstitutionFilter
from studbook.institutions.queries import (
    DEFAULT_ORDER,
    ORDERS,
    InstitutionRow,
    animals_of,
    institutions_of,
    ordered,
    rows_of,
)
from studbook.institutions.spaces import participation_of
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of

PAGE = 100


@programme_view
def institutions(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the institutions; a filter that cannot be read finds none and says at its field what is wrong."""
    listing = listing_of(request, programme, ListPage.INSTITUTIONS, _columns(request))
    if listing.first_view:
        return redirect(listing.first_view)
    narrowed = _filter(request, programme)
    found = narrowed.qs if narrowed.is_valid() else narrowed.queryset.none()
    order = order_from(request.GET, ORDERS, DEFAULT_ORDER)
    rows = ordered(rows_of(programme, found), order)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "form": narrowed.form, "order": order, "page": page}
    context |= {"listing": listing, "lines": listing.lines(page.object_list)}
    return render(
        request, "institutions/list.html", {"holders": sum(row.held.total > 0 for row in rows), **context}
    )


@programme_view
def institutions_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_table(request, programme)), f"{programme.code}-institutions")


@programme_view
def institutions_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_table(request, programme), f"{programme.code}-institutions", "institutions")


@programme_view
def institution(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(institutions_of(programme), pk=pk)
    panels = rendered_panels("institution", request, found)
    animals = animals_of(found, programme)
    context = {"programme": programme, "institution": found, "animals": animals, "panels": panels}
    context |= {"offered": participation_of(programme, found), "may_plan": may_in(request, Right.PLAN)}
    context["place"] = found.place_for(sees_places=may_in(request, Right.PLACES))
    return render(request, "institutions/detail.html", context)


def _columns(request: HttpRequest) -> Columns[InstitutionRow]:
    return institution_columns(sees_places=may_in(request, Right.PLACES))


def _filter(request: HttpRequest, programme: Programme) -> InstitutionFilter:
    return InstitutionFilter(request.GET, institutions_of(programme), request)


def _table(request: HttpRequest, programme: Programme) -> Table:
    narrowed = _filter(request, programme)
    refuse_unreadable(narrowed, "institutions")
    rows = ordered(rows_of(programme, narrowed.qs), order_from(request.GET, ORDERS, DEFAULT_ORDER))
    return _columns(request).exported(request.GET.getlist(COLUMNS)).table(rows)
