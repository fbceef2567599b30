from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.rights import Right
from studbook.animals.columns import ANIMAL_COLUMNS
from studbook.animals.exports import table_of
from studbook.animals.filters import AnimalFilter, filter_of
from studbook.animals.latest import with_parts
from studbook.animals.queries import (
    DEFAULT_ORDER,
    ORDERS,
    annotated_animals,
    census_of,
    ordered,
    rows_of,
    with_row_parts,
)
from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.forms import refuse_unreadable
from studbook.core.lists import COLUMNS, order_from
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of

PAGE = 50
DAILY_WORK = (Right.LOG, Right.CORRECT, Right.MOVE)


@programme_view
def animals(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the animals; a filter that cannot be read finds none and says at its field what is wrong."""
    listing = listing_of(request, programme, ListPage.ANIMALS, ANIMAL_COLUMNS)
    if listing.first_view:
        return redirect(listing.first_view)
    narrowed = _filter(request, programme)
    found = narrowed.qs if narrowed.is_valid() else annotated_animals(programme).none()
    order, census = order_from(request.GET, ORDERS, DEFAULT_ORDER), census_of(found)
    paginator = Paginator(with_parts(with_row_parts(ordered(found, order)), listing.needs), PAGE)
    paginator.count = census.total
    page = paginator.get_page(request.GET.get("page"))
    rows = rows_of(page.object_list, programme.as_of)
    context = {"form": narrowed.form, "census": census, "order": order, "page": page, "rows": rows}
    context |= {"listing": listing, "lines": listing.lines(rows), "ticks": _ticks(request)}
    return render(request, "animals/list.html", {"programme": programme, **context})


@programme_view
def animals_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_table(request, programme)), f"{programme.code}-animals")


@programme_view
def animals_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_table(request, programme), f"{programme.code}-animals", "animals")


def _ticks(request: HttpRequest) -> str:
    return "with-chosen" if any(map(standing_in(request).has_somewhere, DAILY_WORK)) else ""


def _filter(request: HttpRequest, programme: Programme) -> AnimalFilter:
    return filter_of(request.GET, annotated_animals(programme), request)


def _table(request: HttpRequest, programme: Programme) -> Table:
    narrowed = _filter(request, programme)
    refuse_unreadable(narrowed, "animals")
    columns = ANIMAL_COLUMNS.exported(request.GET.getlist(COLUMNS))
    found = ordered(narrowed.qs, order_from(request.GET, ORDERS, DEFAULT_ORDER))
    return table_of(found, programme.as_of, columns)
