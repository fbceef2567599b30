from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from studbook.accounts.rights import Right
from studbook.institutions.models import Institution
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view(Right.SEE)
def institutions(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "base.html")


@programme_view(Right.SEE)
def institution(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    get_object_or_404(Institution, participations__programme=programme, pk=pk)
    return render(request, "base.html")
