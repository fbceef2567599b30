from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.core.downloads import csv_download
from studbook.core.errors import StudbookError
from studbook.population.basis import basis_of
from studbook.population.genetics.lineage_carriers import carriers_on
from studbook.population.genetics.lineage_exports import carrier_lines
from studbook.population.genetics.lineage_forms import TrialForm
from studbook.population.genetics.lineage_trend import lineage_trend
from studbook.population.genetics.lineages import LineageShare, founders_offered, share_among
from studbook.population.models import Lineage
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme

CARRIERS_A_PAGE = 50
UNREADABLE = "The founders of this export cannot be read. Choose them again on the page it came from."


@programme_view
def lineage_trial(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show the share of any founders in the living, without watching it; asked for in the address."""
    basis = basis_of(request, programme)
    asked = request.GET if {"founders", "cap"} & request.GET.keys() else None
    form = TrialForm(asked, offered=founders_offered(basis))
    context = {"programme": programme, "basis": basis, "form": form, "may_plan": may_in(request, Right.PLAN)}
    if form.is_valid():
        told = share_among(basis, _tried(programme, form), form.cleaned_data["founders"])
        carriers = carriers_on(basis, told.share, told.lineage.cap)
        page = Paginator(carriers, CARRIERS_A_PAGE).get_page(request.GET.get("page"))
        context |= {"told": told, "page": page, "chart": lineage_trend(basis, told)}
    return render(request, "population/genetics/lineage_trial.html", context)


@programme_view
def lineage_trial_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    form = TrialForm(request.GET, offered=founders_offered(basis))
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    told: LineageShare = share_among(basis, _tried(programme, form), form.cleaned_data["founders"])
    carriers = carriers_on(basis, told.share, told.lineage.cap)
    return csv_download(carrier_lines(carriers), basis.file_name("founders-share"))


def _tried(programme: Programme, form: TrialForm) -> Lineage:
    """Return the lineage that these founders would be; it is not kept."""
    return Lineage(programme=programme, name="These founders", cap=form.cleaned_data["cap"])
