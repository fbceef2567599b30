from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.rights import Right
from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.population.basis import Basis, analysis_on, basis_of
from studbook.population.genetics.founder_exports import founder_table
from studbook.population.genetics.founder_figure import difference_bars, founder_figure
from studbook.population.genetics.founder_forms import FounderForm
from studbook.population.genetics.founders import FounderRow, founders_on
from studbook.population.genetics.lineage_carriers import carriers_on
from studbook.population.genetics.lineages import lineage_shares, share_of
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of

CARRIERS_A_PAGE = 50
UNREADABLE = "The choice for this export cannot be read. Set it again on the page it came from."


@programme_view
def founders(request: HttpRequest, programme: Programme) -> HttpResponse:
    listing = listing_of(request, programme, ListPage.FOUNDERS)
    if listing.first_view:
        return redirect(listing.first_view)
    basis, form = basis_of(request, programme), FounderForm(request.GET)
    told = founders_on(basis, known_only=form.known_only)
    rows = form.sorted(told.rows)
    context = {
        "programme": programme,
        "basis": basis,
        "listing": listing,
        "form": form,
        "founders": told,
        "order": form.sorting,
        "rows": list(zip(rows, difference_bars(rows), strict=True)),
        "figure": founder_figure(told.rows),
        "lineages": lineage_shares(basis),
        "may_plan": may_in(request, Right.PLAN),
        "reason": analysis_on(basis).reason,
    }
    return render(request, "population/genetics/founders.html", context)


@programme_view
def founders_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    return csv_download(csv_of(_table(request, basis)), basis.file_name("founders"))


@programme_view
def founders_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    return xlsx_download(_table(request, basis), basis.file_name("founders"), "founders")


@programme_view
def founder(request: HttpRequest, programme: Programme, number: str, role: str) -> HttpResponse:
    basis = basis_of(request, programme)
    row = _founder(basis, number, role)
    share, _ = share_of(analysis_on(basis), [row.label])
    carriers = carriers_on(basis, share, None)
    context = {
        "programme": programme,
        "basis": basis,
        "founder": row,
        "page": Paginator(carriers, CARRIERS_A_PAGE).get_page(request.GET.get("page")),
        "may_plan": may_in(request, Right.PLAN),
    }
    return render(request, "population/genetics/founder.html", context)


def _table(request: HttpRequest, basis: Basis) -> Table:
    form = FounderForm(request.GET)
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    told = founders_on(basis, known_only=form.known_only)
    return founder_table([*form.sorted(told.rows), *told.dead_lines])


def _founder(basis: Basis, number: str, role: str) -> FounderRow:
    told = founders_on(basis, known_only=False)
    for row in (*told.rows, *told.dead_lines):
        if (row.number, row.role) == (number, role):
            return row
    raise Http404(f"{number} is no founder of this book.")
