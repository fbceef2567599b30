from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studbook.accounts.models import User
from studbook.animals.entry.finder import animals_at_home, found_by, lately_logged
from studbook.animals.entry.kinds import entries_in_groups, kinds_without_animal
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme

LONGEST_WORDS = 80


@programme_view
def log(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Find the animal to log something of; with one animal found, offer what can be logged."""
    standing, words = standing_in(request), request.GET.get("q", "")[:LONGEST_WORDS]
    search = found_by(programme, standing, words)
    context = {
        "programme": programme,
        "search": search,
        "groups": entries_in_groups(search.chosen.animal, programme.code) if search.chosen else [],
        "beginnings": kinds_without_animal(),
        "lately": lately_logged(programme, standing, cast(User, request.user)),
        "at_home": animals_at_home(programme, standing),
    }
    return render(request, "animals/entry/finder.html", context)
