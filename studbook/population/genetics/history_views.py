from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.core.downloads import csv_download
from studbook.core.errors import StudbookError
from studbook.population.basis import basis_of
from studbook.population.genetics.history import history_on, moment_on
from studbook.population.genetics.history_charts import history_charts
from studbook.population.genetics.history_exports import history_lines
from studbook.population.genetics.history_forms import HistoryForm
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

UNREADABLE = "The years of this export cannot be read. Set them again on the page it came from."


@programme_view
def genetic_history(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    past = history_on(basis)
    form = HistoryForm(request.GET, past=past)
    rows = form.narrowed()
    on = form.cleaned_data.get("on") if form.is_valid() else None
    context = {
        "programme": programme,
        "basis": basis,
        "past": past,
        "form": form,
        "rows": rows,
        "moment": moment_on(basis, past, on) if on and past.rows else None,
        "charts": history_charts(programme, rows),
    }
    return render(request, "population/genetics/history.html", context)


@programme_view
def genetic_history_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    form = HistoryForm(request.GET, past=history_on(basis))
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return csv_download(history_lines(form.narrowed()), basis.file_name("genetic-history"))
