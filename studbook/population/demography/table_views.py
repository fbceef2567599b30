from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.core.downloads import csv_download, csv_of, xlsx_download
from studbook.population.demography.asked import Asked, asked_in_full, asked_of
from studbook.population.demography.forms import TableForm
from studbook.population.demography.life_tables import life_table_file, rate_charts, shown_tables
from studbook.population.demography.tables import Tables, tables_on
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme


@programme_view
def life_tables(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show the life tables; a filter that cannot be read shows none and says at its field what is wrong."""
    asked = asked_of(request, programme, TableForm)
    context = {
        "programme": programme,
        "asked": asked,
        "basis": asked.basis,
        "may_plan": may_in(request, Right.PLAN),
    }
    if asked.form.is_valid():
        tables = _tables(asked)
        context |= {"tables": shown_tables(tables), "charts": rate_charts(tables)}
    return render(request, "population/demography/life_tables.html", context)


@programme_view
def life_tables_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    asked = asked_in_full(request, programme, TableForm)
    return csv_download(csv_of(life_table_file(_tables(asked))), asked.basis.file_name("life-tables"))


@programme_view
def life_tables_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    asked = asked_in_full(request, programme, TableForm)
    return xlsx_download(life_table_file(_tables(asked)), asked.basis.file_name("life-tables"), "life tables")


def _tables(asked: Asked[TableForm]) -> Tables:
    return tables_on(asked.basis, asked.filters, asked.form.convention_asked, asked.form.smoothing_asked)
