from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.population.analysis import NoFiguresError
from studbook.population.basis import Basis, basis_of
from studbook.population.baskets.comparison import MOST_BESIDE, compared, comparison_table
from studbook.population.baskets.queries import baskets_named, standing_in
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view
def baskets_beside(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Set up to four baskets side by side."""
    basis = basis_of(request, programme)
    chosen = baskets_named(programme, request.GET.getlist("beside"), most=MOST_BESIDE)
    context = {
        "programme": programme,
        "basis": basis,
        "standing": standing_in(programme),
        "chosen": {each.pk for each in chosen},
        "most": MOST_BESIDE,
    }
    if chosen:
        try:
            context["comparison"] = compared(basis, chosen)
        except NoFiguresError as refusal:
            context["reason"] = refusal.sentence
    return render(request, "population/baskets/beside.html", context)


@programme_view
def baskets_beside_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    return csv_download(csv_of(_table(request, basis)), basis.file_name("baskets"))


@programme_view
def baskets_beside_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    return xlsx_download(_table(request, basis), basis.file_name("baskets"), "baskets")


def _table(request: HttpRequest, basis: Basis) -> Table:
    chosen = baskets_named(basis.programme, request.GET.getlist("beside"), most=MOST_BESIDE)
    return comparison_table(compared(basis, chosen))
