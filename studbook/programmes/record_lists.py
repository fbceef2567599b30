"""The list of one kind of record, described once: a page that filters, orders and keeps views of it, and its two files."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any, Generic

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.forms import refuse_unreadable
from studbook.core.lists import COLUMNS, Columns, Row, order_from
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordList(Generic[Row]):
    """What of each list differs. `page` is the name of its route; those of its files are the same with _csv and _xlsx.

    `form` reads the filters from an address. `found` returns what fits them in an order, none where they cannot be
    read; `rows` turns records found into what the lines show. `file_name` is said where it is not the route's.
    """

    page: ListPage
    template: str
    title: str
    noun: str
    nouns: str
    none_yet: str
    columns: Columns[Row]
    form: Callable[..., Form]
    found: Callable[[Programme, Any, str], Any]
    rows: Callable[[Iterable[Any]], Iterable[Row]] = iter
    orders: Container[str] = ()
    usual_order: str = ""
    file_name: str = ""
    page_size: int = 50

    @property
    def csv_route(self) -> str:
        return f"{self.page}_csv"

    @property
    def xlsx_route(self) -> str:
        return f"{self.page}_xlsx"

    def shown(self, request: HttpRequest, programme: Programme, **beside: Any) -> HttpResponse:
        """Show one page of the list; a filter that cannot be read finds none and says why."""
        listing = listing_of(request, programme, self.page, self.columns)
        if listing.first_view:
            return redirect(listing.first_view)
        form, order = self.form(request.GET, programme=programme), self._order(request)
        page = Paginator(self.found(programme, form, order), self.page_size).get_page(request.GET.get("page"))
        context = {"record_list": self, "programme": programme, "form": form, "order": order, "page": page}
        context |= {"listing": listing, "lines": listing.lines(self.rows(page.object_list))}
        return render(request, self.template, context | beside)

    def csv(self, request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
        """Give the list as CSV: what the filters find, in the columns asked for."""
        return csv_download(csv_of(self._table(request, programme)), self._file(programme))

    def xlsx(self, request: HttpRequest, programme: Programme) -> HttpResponse:
        """Give the list as a workbook, with what is in the CSV."""
        return xlsx_download(self._table(request, programme), self._file(programme), self.nouns)

    def narrowed(self, request: HttpRequest, programme: Programme) -> Any:
        """Return all that the filters of an address find; raises StudbookError where they cannot be read."""
        form = self.form(request.GET, programme=programme)
        refuse_unreadable(form, self.title.lower())
        return self.found(programme, form, self._order(request))

    def _order(self, request: HttpRequest) -> str:
        return order_from(request.GET, self.orders, self.usual_order)

    def _table(self, request: HttpRequest, programme: Programme) -> Table:
        columns = self.columns.exported(request.GET.getlist(COLUMNS))
        return columns.table(self.rows(self.narrowed(request, programme)))

    def _file(self, programme: Programme) -> str:
        return f"{programme.code}-{self.file_name or self.page.replace('_', '-')}"
