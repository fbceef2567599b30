from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studbook.population.basis import basis_of
from studbook.population.genetics.figures import DROPS, SEED, figures_on
from studbook.population.genetics.overview import groups_of
from studbook.population.genetics.overview_figure import diversity_figure
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view
def genetics(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    figures = figures_on(basis)
    context = {
        "programme": programme,
        "basis": basis,
        "summary": figures.analysis.summary,
        "reason": figures.analysis.reason,
        "groups": groups_of(programme, figures),
        "figure": diversity_figure(programme, figures),
        "dropped": figures.drop is not None,
        "drops": DROPS,
        "seed": SEED,
    }
    return render(request, "population/genetics/overview.html", context)
