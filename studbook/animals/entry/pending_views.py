from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.models import User
from studbook.animals.entry.pending import MOST_SHOWN, holders_of, pending_of
from studbook.animals.entry.pending_actions import confirm_entries, refuse_entries
from studbook.animals.entry.pending_forms import DecideForm, PendingFilterForm, RefuseForm
from studbook.core.forms import DONE, attempted
from studbook.core.once import new_key
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme


@programme_view
def pending(request: HttpRequest, programme: Programme) -> HttpResponse:
    return _page(request, programme)


@programme_view
def confirm(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = DecideForm(request.POST)
    confirmed, status = attempted(form, partial(confirm_entries, programme, by=cast(User, request.user)))
    if status != DONE:
        return _page(request, programme, refusal=form, status=status)
    messages.success(request, _confirmed_in_words(len(confirmed or ())))
    return _back(request, programme)


@programme_view
def refuse(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = RefuseForm(request.POST)
    refused, status = attempted(form, partial(refuse_entries, programme, by=cast(User, request.user)))
    if status != DONE:
        return _page(request, programme, refusal=form, status=status)
    messages.success(request, f"{_entries(refused or 0)} taken out of the book; the history says why.")
    return _back(request, programme)


def _page(
    request: HttpRequest, programme: Programme, *, refusal: DecideForm | None = None, status: int = 200
) -> HttpResponse:
    standing = standing_in(request)
    every = pending_of(programme, standing)
    holders = [(each.pk, each.name) for each in holders_of(every)]
    form = PendingFilterForm(request.GET, holders=holders)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    place, kind = wanted.get("institution"), wanted.get("kind")
    rows = [each for each in every if place in (None, each.holder) and kind in (None, "", each.entry.kind)]
    context = {
        "programme": programme,
        "form": form,
        "total": len(rows),
        "rows": rows[:MOST_SHOWN],
        "mine": [each for each in rows[:MOST_SHOWN] if each.may_decide],
        "refusal": refusal,
        "confirm_all_key": new_key(),
    }
    return render(request, "animals/entry/pending.html", context, status=status)


def _back(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Return to the animal's page where the tap came from there, else to the list as it was narrowed."""
    number = request.POST.get("animal", "")
    if number and programme.animals.filter(studbook_number=number).exists():
        return redirect("animal", programme.code, number)
    answer = redirect("pending", programme.code)
    if query := request.GET.urlencode():
        answer["Location"] += f"?{query}"
    return answer


def _confirmed_in_words(count: int) -> str:
    return f"{_entries(count)} confirmed." if count else "These entries were confirmed already."


def _entries(count: int) -> str:
    return "One entry" if count == 1 else f"{count} entries"
