from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.forms import refuse_unreadable
from studbook.core.lists import COLUMNS, order_from
from studbook.programmes.access import programme_view
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of
from studbook.reproduction.procedures.columns import PROCEDURE_COLUMNS
from studbook.reproduction.procedures.filters import ProcedureFilterForm
from studbook.reproduction.procedures.queries import DEFAULT_ORDER, ORDERS, ordered, procedures_of
from studbook.reproduction.procedures.telling import story_of

PAGE = 50


@programme_view
def procedures(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the procedures; a filter that cannot be read finds none and says why."""
    listing = listing_of(request, programme, ListPage.PROCEDURES, PROCEDURE_COLUMNS)
    if listing.first_view:
        return redirect(listing.first_view)
    form = ProcedureFilterForm(request.GET, programme=programme)
    order = order_from(request.GET, ORDERS, DEFAULT_ORDER)
    found = ordered(form.narrowed(procedures_of(programme)), order)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "form": form, "order": order, "page": page, "listing": listing}
    context |= {"lines": listing.lines(story_of(list(page.object_list))), "usual_order": DEFAULT_ORDER}
    return render(request, "reproduction/procedures/list.html", context)


@programme_view
def procedures_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_table(request, programme)), f"{programme.code}-procedures")


@programme_view
def procedures_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_table(request, programme), f"{programme.code}-procedures", "procedures")


def _table(request: HttpRequest, programme: Programme) -> Table:
    form = ProcedureFilterForm(request.GET, programme=programme)
    refuse_unreadable(form, "procedures")
    found = ordered(form.narrowed(procedures_of(programme)), order_from(request.GET, ORDERS, DEFAULT_ORDER))
    return PROCEDURE_COLUMNS.exported(request.GET.getlist(COLUMNS)).table(story_of(list(found)))
