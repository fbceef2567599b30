from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.rights import Right
from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.forms import refuse_unreadable
from studbook.core.lists import COLUMNS, order_from
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of
from studbook.transfers.columns import TRANSFER_COLUMNS
from studbook.transfers.filters import TransferFilterForm
from studbook.transfers.queries import DEFAULT_ORDER, ORDERS, ordered, rows_of, transfers_of, waiting_rows

PAGE = 50


@programme_view
def transfers(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List what waits for the person first, then all; a filter that cannot be read finds none and says why."""
    listing = listing_of(request, programme, ListPage.TRANSFERS, TRANSFER_COLUMNS)
    if listing.first_view:
        return redirect(listing.first_view)
    form = TransferFilterForm(request.GET, programme=programme)
    order = order_from(request.GET, ORDERS, DEFAULT_ORDER)
    found = ordered(form.narrowed(transfers_of(programme)), order)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "form": form, "order": order, "page": page, "listing": listing}
    context |= {"lines": listing.lines(rows_of(page.object_list))}
    context |= {"waiting": waiting_rows(programme, standing_in(request))}
    context |= {"may_propose": standing_in(request).has_somewhere(Right.MOVE)}
    return render(request, "transfers/list.html", context)


@programme_view
def transfers_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_table(request, programme)), f"{programme.code}-transfers")


@programme_view
def transfers_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_table(request, programme), f"{programme.code}-transfers", "transfers")


def _table(request: HttpRequest, programme: Programme) -> Table:
    form = TransferFilterForm(request.GET, programme=programme)
    refuse_unreadable(form, "transfers")
    found = ordered(form.narrowed(transfers_of(programme)), order_from(request.GET, ORDERS, DEFAULT_ORDER))
    return TRANSFER_COLUMNS.exported(request.GET.getlist(COLUMNS)).table(rows_of(found))
