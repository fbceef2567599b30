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
from studbook.reproduction.pairings.columns import PAIRING_COLUMNS
from studbook.reproduction.pairings.filters import PairingFilterForm
from studbook.reproduction.pairings.queries import DEFAULT_ORDER, ORDERS, ordered, pairings_of

PAGE = 50


@programme_view
def pairings(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the pairs; a filter that cannot be read finds none and says why."""
    listing = listing_of(request, programme, ListPage.PAIRINGS, PAIRING_COLUMNS)
    if listing.first_view:
        return redirect(listing.first_view)
    form = PairingFilterForm(request.GET, programme=programme)
    order = order_from(request.GET, ORDERS, DEFAULT_ORDER)
    found = ordered(form.narrowed(pairings_of(programme)), order)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "form": form, "order": order, "page": page, "listing": listing}
    context |= {"lines": listing.lines(page.object_list), "usual_order": DEFAULT_ORDER}
    context |= {"may_log": standing_in(request).has_somewhere(Right.LOG)}
    return render(request, "reproduction/pairings/list.html", context)


@programme_view
def pairings_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_table(request, programme)), f"{programme.code}-breeding-pairs")


@programme_view
def pairings_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_table(request, programme), f"{programme.code}-breeding-pairs", "pairs")


def _table(request: HttpRequest, programme: Programme) -> Table:
    form = PairingFilterForm(request.GET, programme=programme)
    refuse_unreadable(form, "pairs")
    found = ordered(form.narrowed(pairings_of(programme)), order_from(request.GET, ORDERS, DEFAULT_ORDER))
    return PAIRING_COLUMNS.exported(request.GET.getlist(COLUMNS)).table(found)
