from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from studbook.animals.journal.columns import JOURNAL_COLUMNS
from studbook.animals.journal.forms import JournalForm
from studbook.animals.journal.queries import DEFAULT_ORDER, ORDERS, Journal, entries_of
from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.forms import refuse_unreadable
from studbook.core.lists import COLUMNS, order_from
from studbook.programmes.access import programme_view
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of

PAGE = 50


@programme_view
def journal(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List what was logged; a filter that cannot be read finds nothing and says at its field what is wrong."""
    listing = listing_of(request, programme, ListPage.JOURNAL, JOURNAL_COLUMNS)
    if listing.first_view:
        return redirect(listing.first_view)
    form, order = JournalForm(request.GET, programme), order_from(request.GET, ORDERS, DEFAULT_ORDER)
    context: dict[str, Any] = {"programme": programme, "form": form, "order": order, "listing": listing}
    if form.is_valid():
        found = Journal(form.narrowed(entries_of(programme)), order)
        page = Paginator(cast(Any, found), PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "lines": listing.lines(page.object_list)}
    return render(request, "animals/journal/list.html", context)


@programme_view
def journal_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_table(request, programme)), f"{programme.code}-journal")


@programme_view
def journal_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_table(request, programme), f"{programme.code}-journal", "journal")


def _table(request: HttpRequest, programme: Programme) -> Table:
    form = JournalForm(request.GET, programme)
    refuse_unreadable(form, "the journal")
    found = Journal(form.narrowed(entries_of(programme)), order_from(request.GET, ORDERS, DEFAULT_ORDER))
    return JOURNAL_COLUMNS.exported(request.GET.getlist(COLUMNS)).table(found.rows())
