from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.core.downloads import csv_download
from studbook.core.errors import StudbookError
from studbook.population.basis import Basis, basis_of
from studbook.population.genetics.lineage_carriers import Carrier, carriers_on
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
    form = _form(request, basis)
    context = {"programme": programme, "basis": basis, "form": form, "may_plan": may_in(request, Right.PLAN)}
    if form.is_valid():
        told, carriers = _tried(basis, form)
        page = Paginator(carriers, CARRIERS_A_PAGE).get_page(request.GET.get("page"))
        context |= {"told": told, "page": page, "chart": lineage_trend(basis, told)}
    return render(request, "population/genetics/lineage_trial.html", context)


@programme_view
def lineage_trial_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    """Export the shares of the founders asked for; nobody where none was."""
    basis = basis_of(request, programme)
    form = _form(request, basis)
    if form.errors:
        raise StudbookError(UNREADABLE)
    carriers = _tried(basis, form)[1] if form.is_bound else []
    return csv_download(carrier_lines(carriers), basis.file_name("founders-share"))


def _form(request: HttpRequest, basis: Basis) -> TrialForm:
    asked = request.GET if {"founders", "cap"} & request.GET.keys() else None
    return TrialForm(asked, offered=founders_offered(basis))


def _tried(basis: Basis, form: TrialForm) -> tuple[LineageShare, list[Carrier]]:
    """Return the share of the lineage that these founders would be, which is not kept, and who carries it."""
    lineage = Lineage(programme=basis.programme, name="These founders", cap=form.cleaned_data["cap"])
    told = share_among(basis, lineage, form.cleaned_data["founders"])
    return told, carriers_on(basis, told.share, lineage.cap)
