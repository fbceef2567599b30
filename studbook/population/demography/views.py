from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.population.demography.asked import asked_in_full, asked_of
from studbook.population.demography.exports import table_named
from studbook.population.demography.forms import OverviewForm
from studbook.population.demography.members import MemberForm, member_file, with_animals
from studbook.population.demography.overview import overview_of
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

ANIMALS_A_PAGE = 50


@programme_view
def demography(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show the overview; a filter that cannot be read shows none and says at its field what is wrong."""
    asked = asked_of(request, programme, OverviewForm)
    context = {"programme": programme, "asked": asked, "basis": asked.basis}
    if asked.form.is_valid() and not asked.chosen.empty:
        context["overview"] = overview_of(programme, asked)
    return render(request, "population/demography/overview.html", context)


@programme_view
def demography_csv(request: HttpRequest, programme: Programme, kind: str) -> StreamingHttpResponse:
    table, name = _table(request, programme, kind)
    return csv_download(csv_of(table), name)


@programme_view
def demography_xlsx(request: HttpRequest, programme: Programme, kind: str) -> HttpResponse:
    table, name = _table(request, programme, kind)
    return xlsx_download(table, name, kind)


@programme_view
def demography_animals(request: HttpRequest, programme: Programme) -> HttpResponse:
    asked = asked_of(request, programme, MemberForm)
    page = Paginator(asked.form.listed(asked.chosen), ANIMALS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "asked": asked,
        "basis": asked.basis,
        "page": page,
        "rows": with_animals(programme, list(page.object_list)),
    }
    return render(request, "population/demography/animals.html", context)


@programme_view
def demography_animals_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    asked = asked_in_full(request, programme, MemberForm)
    rows = with_animals(programme, asked.form.listed(asked.chosen))
    return csv_download(csv_of(member_file(rows)), asked.basis.file_name("demography-animals"))


@programme_view
def demography_animals_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    asked = asked_in_full(request, programme, MemberForm)
    rows = with_animals(programme, asked.form.listed(asked.chosen))
    return xlsx_download(member_file(rows), asked.basis.file_name("demography-animals"), "animals")


def _table(request: HttpRequest, programme: Programme, kind: str) -> tuple[Table, str]:
    asked = asked_in_full(request, programme, OverviewForm)
    table = table_named(kind, programme, asked)
    if table is None:
        raise Http404("No table of demography bears this name.")
    return table, asked.basis.file_name(kind)
