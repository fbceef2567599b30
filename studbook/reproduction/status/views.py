from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.forms import refuse_unreadable
from studbook.core.lists import COLUMNS
from studbook.programmes.access import programme_view
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of
from studbook.reproduction.status.columns import NEED_COLUMNS, STATUS_COLUMNS
from studbook.reproduction.status.filters import StatusFilterForm
from studbook.reproduction.status.queries import needs_of, status_rows, waiting_in

PAGE = 100


@programme_view
def reproductive_status(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List what stands of each living animal; a filter that cannot be read finds none and says why."""
    listing = listing_of(request, programme, ListPage.REPRODUCTIVE_STATUS, STATUS_COLUMNS)
    if listing.first_view:
        return redirect(listing.first_view)
    today = timezone.localdate()
    rows = status_rows(programme, today)
    form = StatusFilterForm(request.GET, programme=programme)
    page = Paginator(form.narrowed(rows, today), PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "form": form,
        "order": "",
        "page": page,
        "listing": listing,
        "lines": listing.lines(page.object_list),
        "waiting": waiting_in(programme, rows, today),
    }
    return render(request, "reproduction/status/list.html", context)


@programme_view
def reproductive_status_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_table(request, programme)), f"{programme.code}-reproductive-status")


@programme_view
def reproductive_status_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_table(request, programme), f"{programme.code}-reproductive-status", "status")


@programme_view
def contraception_needs(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the related pairs at one institution that nothing on record keeps from breeding."""
    today = timezone.localdate()
    needs = needs_of(programme, status_rows(programme, today))
    page = Paginator(needs, PAGE).get_page(request.GET.get("page"))
    return render(request, "reproduction/status/needs.html", {"programme": programme, "page": page})


@programme_view
def contraception_needs_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_needs(programme)), f"{programme.code}-contraception-needs")


@programme_view
def contraception_needs_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_needs(programme), f"{programme.code}-contraception-needs", "needs")


def _needs(programme: Programme) -> Table:
    needs = needs_of(programme, status_rows(programme, timezone.localdate()))
    return NEED_COLUMNS.exported([]).table(needs)


def _table(request: HttpRequest, programme: Programme) -> Table:
    form = StatusFilterForm(request.GET, programme=programme)
    refuse_unreadable(form, "reproductive status")
    today = timezone.localdate()
    found = form.narrowed(status_rows(programme, today), today)
    return STATUS_COLUMNS.exported(request.GET.getlist(COLUMNS)).table(found)
