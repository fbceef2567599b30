from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.core.downloads import csv_download, csv_of
from studbook.core.errors import StudbookError
from studbook.population.basis import Basis, basis_of
from studbook.population.demography.goals.forms import GoalForm
from studbook.population.demography.goals.measured import measured_on
from studbook.population.demography.goals.reckoning import diversity_file, reckoned
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

UNREADABLE = "The numbers of this export cannot be read. Set them again on the page of goals."


@programme_view
def demography_goals(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Reckon the goals; a number that cannot be read reckons nothing and is said at its field."""
    basis = basis_of(request, programme)
    form = _form(request, programme, basis)
    context = {"programme": programme, "basis": basis, "form": form, "measured": form.measured}
    if form.is_valid():
        context["reckoning"] = reckoned(programme, basis, form)
    return render(request, "population/demography/goals.html", context)


@programme_view
def demography_goals_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    form = _form(request, programme, basis)
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return csv_download(csv_of(diversity_file(reckoned(programme, basis, form))), basis.file_name("goals"))


def _form(request: HttpRequest, programme: Programme, basis: Basis) -> GoalForm:
    rate_sets = list(programme.rate_sets.standing().prefetch_related("rates"))
    return GoalForm(request.GET, measured=measured_on(basis), rate_sets=rate_sets)
