from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.messages import constants
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.entry.notices import PROVISIONAL, notices_of
from studbook.animals.many.choosing import chosen_animals, numbers_asked, numbers_at, zoos_of
from studbook.animals.many.forms import Round, numbers_sent
from studbook.animals.many.kinds import MANY_KINDS, ManyKind
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme


@programme_view
def many(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show the animals chosen, and what can be done with all of them."""
    standing = standing_in(request)
    animals = chosen_animals(programme, standing, Right.SEE, numbers_asked(request.GET))
    chosen = [("animal", animal.studbook_number) for animal in animals]
    context = {
        "programme": programme,
        "animals": animals,
        "query": urlencode(chosen),
        "kinds": [kind for kind in MANY_KINDS.values() if standing.has_somewhere(kind.right)],
        "may_move": standing.has_somewhere(Right.MOVE),
        "zoos": zoos_of(programme, standing, Right.LOG),
    }
    return render(request, "animals/many/choose.html", context)


@programme_view
def many_kind(request: HttpRequest, programme: Programme, kind: str) -> HttpResponse:
    """Show or do one round: the fields all share, and a row for each animal."""
    found = MANY_KINDS.get(kind)
    if found is None or not standing_in(request).has_somewhere(found.right):
        raise Http404("There is no such round for this person.")
    numbers = numbers_sent(request.POST) if request.method == "POST" else _asked(request, programme, found)
    if not numbers:
        return redirect("many", programme.code)
    made, status = _round(request, programme, found, numbers), 200
    if request.method == "POST":
        done, status = made.done()
        if done is not None:
            _tell(request, found, done)
            return redirect(f"{reverse('many', args=[programme.code])}?{_query(numbers)}")
    context = {"programme": programme, "round": made, "kind": found, "query": _query(numbers)}
    return render(request, "animals/many/round.html", context, status=status)


def _tell(request: HttpRequest, kind: ManyKind, done: list[Any]) -> None:
    saved = f"Saved: {kind.label}, {len(done)} animal{'' if len(done) == 1 else 's'}."
    waits = any(getattr(each, "provisional", False) for each in done)
    messages.success(request, f"{saved} {PROVISIONAL}" if waits else saved)
    for level, words in (notice for each in done for notice in notices_of(each, "")):
        if level == constants.WARNING:
            messages.add_message(request, level, words)


def _round(request: HttpRequest, programme: Programme, kind: ManyKind, numbers: list[str]) -> Round:
    standing = standing_in(request)
    data = request.POST if request.method == "POST" else None
    animals = chosen_animals(programme, standing, kind.right, numbers)
    return Round(kind, data, animals, programme=programme, standing=standing, user=cast(User, request.user))


def _asked(request: HttpRequest, programme: Programme, kind: ManyKind) -> list[str]:
    """Return the numbers the address names; a zoo's, where it names one or the person has only one."""
    if numbers := numbers_asked(request.GET):
        return numbers
    zoos = zoos_of(programme, standing_in(request), kind.right)
    asked = request.GET.get("institution")
    meant = [zoo for zoo in zoos if str(zoo.pk) == asked] if asked else zoos
    return numbers_at(programme, meant[0]) if len(meant) == 1 else []


def _query(numbers: list[str]) -> str:
    return urlencode([("animal", number) for number in numbers])
