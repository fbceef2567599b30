from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.population.basis import analysis_on, basis_of
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view(Right.SEE)
def genetics(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    context = {"programme": programme, "basis": basis, "summary": analysis_on(basis).summary}
    return render(request, "population/genetics/overview.html", context)
