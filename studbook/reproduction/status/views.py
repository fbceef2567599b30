from collections.abc import Sequence
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.programmes.access import programme_view
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.record_lists import RecordList
from studbook.reproduction.status.columns import NEED_COLUMNS, STATUS_COLUMNS
from studbook.reproduction.status.filters import StatusFilterForm
from studbook.reproduction.status.queries import StatusRow, needs_of, status_rows, waiting_in

PAGE = 100


@programme_view
def reproductive_status(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List what stands of each living animal, below what waits to be done."""
    today = timezone.localdate()
    rows = status_rows(programme, today)
    return _list_of(rows, today).shown(request, programme, waiting=waiting_in(programme, rows, today))


@programme_view
def reproductive_status_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    today = timezone.localdate()
    return _list_of(status_rows(programme, today), today).csv(request, programme)


@programme_view
def reproductive_status_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    today = timezone.localdate()
    return _list_of(status_rows(programme, today), today).xlsx(request, programme)


@programme_view
def contraception_needs(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the related pairs at one institution that nothing on record keeps from having young."""
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


def _list_of(rows: Sequence[StatusRow], today: date) -> RecordList[StatusRow]:
    return RecordList(
        page=ListPage.REPRODUCTIVE_STATUS,
        template="reproduction/status/list.html",
        title="Reproductive status",
        noun="living animal",
        nouns="living animals",
        none_yet="No living animal is in the book.",
        columns=STATUS_COLUMNS,
        form=StatusFilterForm,
        found=lambda programme, form, order: form.narrowed(rows, today),
        page_size=PAGE,
    )


def _needs(programme: Programme) -> Table:
    needs = needs_of(programme, status_rows(programme, timezone.localdate()))
    return NEED_COLUMNS.exported([]).table(needs)
