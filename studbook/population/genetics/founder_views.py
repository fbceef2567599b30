from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.core.downloads import csv_download
from studbook.core.errors import StudbookError
from studbook.population.basis import Basis, analysis_on, basis_of
from studbook.population.genetics.founder_exports import founder_lines
from studbook.population.genetics.founder_figure import difference_bars, founder_figure
from studbook.population.genetics.founder_forms import FounderForm
from studbook.population.genetics.founders import FounderRow, founders_on
from studbook.population.genetics.lineage_carriers import carriers_on
from studbook.population.genetics.lineages import lineage_shares, share_of
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme

CARRIERS_A_PAGE = 50
UNREADABLE = "The choice for this export cannot be read. Set it again on the page it came from."


@programme_view
def founders(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis, form = basis_of(request, programme), FounderForm(request.GET)
    told = founders_on(basis, known_only=form.known_only)
    rows = form.sorted(told.rows)
    context = {
        "programme": programme,
        "basis": basis,
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
    basis, form = basis_of(request, programme), FounderForm(request.GET)
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    told = founders_on(basis, known_only=form.known_only)
    lines = founder_lines([*form.sorted(told.rows), *told.dead_lines])
    return csv_download(lines, basis.file_name("founders"))


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


def _founder(basis: Basis, number: str, role: str) -> FounderRow:
    told = founders_on(basis, known_only=False)
    for row in (*told.rows, *told.dead_lines):
        if (row.number, row.role) == (number, role):
            return row
    raise Http404(f"{number} is no founder of this book.")
