from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from studbook.core.forms import DeedForm
from studbook.population.models import Overlay, RateSet
from studbook.population.set_beside import noun_of


def refused_archiving(
    request: HttpRequest, beside: Overlay | RateSet, form: DeedForm, route: str, status: int
) -> HttpResponse:
    """Answer an archiving that a rule refused: the sentence, and the form again."""
    context = {
        "programme": beside.programme,
        "beside": beside,
        "noun": noun_of(beside),
        "archive_url": reverse(route, args=[beside.programme.code, beside.pk]),
        "form": form,
    }
    return render(request, "population/archive.html", context, status=status)
