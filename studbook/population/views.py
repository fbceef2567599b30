from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view(Right.SEE)
def dashboard(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "population/dashboard.html", {"room": "dashboard"})


@programme_view(Right.SEE)
def pairs(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "population/pairs.html", {"room": "pairs"})


@programme_view(Right.SEE)
def pairs_csv(request: HttpRequest, programme: Programme) -> HttpResponse:
    return HttpResponse("rank\n", content_type="text/csv")


@programme_view(Right.SEE)
def pair(request: HttpRequest, programme: Programme, sire_number: str, dam_number: str) -> HttpResponse:
    return render(request, "population/pair.html", {"room": "pairs"})


@programme_view(Right.SEE)
def quality(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "population/quality.html", {"room": "quality"})


@programme_view(Right.SEE)
def quality_csv(request: HttpRequest, programme: Programme) -> HttpResponse:
    return HttpResponse("code\n", content_type="text/csv")
