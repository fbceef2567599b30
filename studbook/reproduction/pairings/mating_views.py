from functools import partial
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.forms import attempted, posted
from studbook.core.panels import rendered_panels
from studbook.core.trail import deeds_on
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme
from studbook.reproduction.forms import StrikeForm
from studbook.reproduction.models import Mating
from studbook.reproduction.pairings.forms import CorrectMatingForm, MatingForm
from studbook.reproduction.pairings.matings import correct_mating, log_mating, pregnancies_of, strike_mating
from studbook.reproduction.pairings.views import LONGEST_NUMBER
from studbook.reproduction.record_views import RESTING, STRUCK, deed_page
from studbook.reproduction.resting import named


@programme_view
def mating_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Log a mating of any two; the address may name them."""
    initial = {name: request.GET.get(name, "")[:LONGEST_NUMBER] for name in ("sire", "dam")}
    form = MatingForm(posted(request), programme=programme, standing=standing_in(request), initial=initial)
    status = 200
    if form.is_bound:
        made, status = attempted(form, partial(log_mating, programme, by=cast(User, request.user)))
        if made:
            messages.success(request, f"The {made} is saved.")
            return redirect(made.pairing or made)
    context = {"programme": programme, "form": form}
    return render(request, "reproduction/pairings/mating_new.html", context, status=status)


@programme_view
def mating(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    found = programme.matings.select_related(
        "programme", "sire", "dam", "institution", "pairing", "logged_by", "struck_by"
    )
    shown = get_object_or_404(found, pk=pk)
    may_correct = standing_in(request).may_for(Right.CORRECT, shown.institution_id) and not shown.is_struck
    context = {
        "programme": programme,
        "mating": shown,
        "panels": rendered_panels("mating", request, shown),
        "may_correct": may_correct,
        "deeds": deeds_on(shown),
    }
    return render(request, "reproduction/pairings/mating.html", context)


@programme_view
def mating_correct(request: HttpRequest, programme: Programme, shown: Mating) -> HttpResponse:
    form = CorrectMatingForm(
        posted(request),
        programme=programme,
        standing=standing_in(request),
        initial=CorrectMatingForm.opened(shown),
    )
    return deed_page(
        request, shown, form, correct_mating, noun="mating", title="Correct the mating", button="Save"
    )


@programme_view
def mating_strike(request: HttpRequest, programme: Programme, shown: Mating) -> HttpResponse:
    form = StrikeForm(posted(request), initial={"opened_version": shown.version})
    return deed_page(
        request,
        shown,
        form,
        strike_mating,
        noun="mating",
        title="Strike the mating out",
        button="Strike it out",
        done=STRUCK,
        beside=RESTING,
        records=named(pregnancies_of(shown)),
    )
