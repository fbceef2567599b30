from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from studbook.accounts.rights import Right
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view(Right.SEE)
def animals(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "base.html")


@programme_view(Right.SEE)
def animals_csv(request: HttpRequest, programme: Programme) -> HttpResponse:
    return HttpResponse(content_type="text/csv")


@programme_view(Right.SEE)
def animals_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return HttpResponse(content_type="text/csv")


@programme_view(Right.SEE)
def animal(request: HttpRequest, programme: Programme, number: str) -> HttpResponse:
    get_object_or_404(programme.animals, studbook_number=number)
    return render(request, "base.html")
