from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.core.downloads import UNREADABLE, Table, csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.planning.chances.exports import TABLES, gain_table, table_of
from studbook.planning.chances.fitted import fitted_on
from studbook.planning.chances.forms import GainFilterForm
from studbook.planning.chances.queries import GainList, by_gain, gain_rows
from studbook.planning.chances.told import told_of
from studbook.population.analysis import analysis_of
from studbook.population.pairs import PairList, pairs_of
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

PAIRS_A_PAGE = 50


@programme_view
def chances(request: HttpRequest, programme: Programme) -> HttpResponse:
    fitted = fitted_on(programme)
    context = {"programme": programme, "model": fitted.model, "told": told_of(fitted)}
    return render(request, "planning/chances/model.html", context)


@programme_view
def chances_csv(request: HttpRequest, programme: Programme, kind: str) -> StreamingHttpResponse:
    return csv_download(csv_of(_table(programme, kind)), _file_name(programme, kind))


@programme_view
def chances_xlsx(request: HttpRequest, programme: Programme, kind: str) -> HttpResponse:
    return xlsx_download(_table(programme, kind), _file_name(programme, kind), kind)


@programme_view
def chance_pairs(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the pairs by expected gain; a filter that cannot be read shows none and says at its field what is wrong."""
    fitted = fitted_on(programme)
    every, form = _pairs(request, programme)
    found = by_gain(fitted, form.narrowed(every))
    page = Paginator(found.pairs, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "model": fitted.model,
        "form": form,
        "page": page,
        "rows": gain_rows(found, list(page.object_list), page.start_index()),
        "total": every.total,
    }
    return render(request, "planning/chances/pairs.html", context)


@programme_view
def chance_pairs_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(gain_table(_gains(request, programme))), _file_name(programme, "pairs"))


@programme_view
def chance_pairs_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(gain_table(_gains(request, programme)), _file_name(programme, "pairs"), "pairs")


def _pairs(request: HttpRequest, programme: Programme) -> tuple[PairList, GainFilterForm]:
    every = pairs_of(programme, analysis_of(programme))
    return every, GainFilterForm(request.GET, breeders=every.breeders)


def _gains(request: HttpRequest, programme: Programme) -> GainList:
    every, form = _pairs(request, programme)
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return by_gain(fitted_on(programme), form.narrowed(every))


def _table(programme: Programme, kind: str) -> Table:
    if kind not in TABLES:
        raise Http404(f"There is no table “{kind}” of the chance of young.")
    return table_of(fitted_on(programme), kind)


def _file_name(programme: Programme, kind: str) -> str:
    return f"{programme.code}-chances-{kind}"
