from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.forms import refuse_unreadable
from studbook.core.lists import COLUMNS, order_from
from studbook.programmes.access import programme_view
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of
from studbook.reproduction.pregnancies.columns import PREGNANCY_COLUMNS
from studbook.reproduction.pregnancies.filters import PregnancyFilterForm
from studbook.reproduction.pregnancies.queries import (
    DEFAULT_ORDER,
    ORDERS,
    ordered,
    pregnancies_of,
    rows_of,
)

PAGE = 50


@programme_view
def pregnancies(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the pregnancies; a filter that cannot be read finds none and says why."""
    listing = listing_of(request, programme, ListPage.PREGNANCIES, PREGNANCY_COLUMNS)
    if listing.first_view:
        return redirect(listing.first_view)
    today = timezone.localdate()
    form = PregnancyFilterForm(request.GET, programme=programme)
    order = order_from(request.GET, ORDERS, DEFAULT_ORDER)
    found = ordered(form.narrowed(pregnancies_of(programme), today), order)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "form": form, "order": order, "page": page, "listing": listing}
    context |= {"lines": listing.lines(rows_of(page.object_list, today)), "usual_order": DEFAULT_ORDER}
    return render(request, "reproduction/pregnancies/list.html", context)


@programme_view
def pregnancies_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_table(request, programme)), f"{programme.code}-pregnancies")


@programme_view
def pregnancies_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_table(request, programme), f"{programme.code}-pregnancies", "pregnancies")


def _table(request: HttpRequest, programme: Programme) -> Table:
    form = PregnancyFilterForm(request.GET, programme=programme)
    refuse_unreadable(form, "pregnancies")
    today = timezone.localdate()
    found = ordered(
        form.narrowed(pregnancies_of(programme), today), order_from(request.GET, ORDERS, DEFAULT_ORDER)
    )
    return PREGNANCY_COLUMNS.exported(request.GET.getlist(COLUMNS)).table(rows_of(found, today))
