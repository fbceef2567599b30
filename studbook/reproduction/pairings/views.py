from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.forms import DONE, attempted, posted
from studbook.core.panels import rendered_panels
from studbook.core.trail import deeds_on
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme
from studbook.reproduction.forms import StrikeForm
from studbook.reproduction.models import Pairing
from studbook.reproduction.pairings.actions import (
    correct_pairing,
    introduce_pair,
    put_together,
    resting_on,
    separate,
    strike_pairing,
)
from studbook.reproduction.pairings.forms import (
    CorrectPairingForm,
    PairingForm,
    SeenForm,
    SeparateForm,
    TogetherForm,
)
from studbook.reproduction.pairings.matings import log_mating_of
from studbook.reproduction.pairings.queries import pairings_of, record_of
from studbook.reproduction.record_views import RESTING, STRUCK, deed_page
from studbook.reproduction.resting import named

LONGEST_NUMBER = 20


@programme_view
def pairing_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Introduce two animals; the address may name them."""
    initial = {name: request.GET.get(name, "")[:LONGEST_NUMBER] for name in ("sire", "dam")}
    form = PairingForm(posted(request), programme=programme, standing=standing_in(request), initial=initial)
    status = 200
    if form.is_bound:
        made, status = attempted(form, partial(introduce_pair, programme, by=cast(User, request.user)))
        if made:
            messages.success(request, f"{made} are a pair in the book now.")
            return redirect(made)
    context = {"programme": programme, "form": form}
    return render(request, "reproduction/pairings/new.html", context, status=status)


@programme_view
def pairing(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(pairings_of(programme), pk=pk))


@programme_view
def pairing_together(request: HttpRequest, programme: Programme, shown: Pairing) -> HttpResponse:
    form = TogetherForm(request.POST, programme=programme, standing=standing_in(request))
    return _step(request, shown, "together", form, put_together, "They are together.")


@programme_view
def pairing_separate(request: HttpRequest, programme: Programme, shown: Pairing) -> HttpResponse:
    form = SeparateForm(request.POST, programme=programme, standing=standing_in(request))
    return _step(request, shown, "separate", form, separate, "They are separated.")


@programme_view
def pairing_mating(request: HttpRequest, programme: Programme, shown: Pairing) -> HttpResponse:
    form = SeenForm(request.POST, programme=programme, standing=standing_in(request))
    return _step(request, shown, "mating", form, log_mating_of, "The mating is saved.")


@programme_view
def pairing_correct(request: HttpRequest, programme: Programme, shown: Pairing) -> HttpResponse:
    form = CorrectPairingForm(
        posted(request),
        programme=programme,
        standing=standing_in(request),
        initial=CorrectPairingForm.opened(shown),
    )
    return deed_page(
        request, shown, form, correct_pairing, noun="pair", title="Correct the pair", button="Save"
    )


@programme_view
def pairing_strike(request: HttpRequest, programme: Programme, shown: Pairing) -> HttpResponse:
    form = StrikeForm(posted(request), initial={"opened_version": shown.version})
    return deed_page(
        request,
        shown,
        form,
        strike_pairing,
        noun="pair",
        title="Strike the pair out",
        button="Strike it out",
        done=STRUCK,
        beside=RESTING,
        records=named(resting_on(shown)),
    )


def _step(
    request: HttpRequest, shown: Pairing, name: str, form: forms.Form, deed: Any, told: str
) -> HttpResponse:
    _, status = attempted(form, partial(deed, shown, by=cast(User, request.user)))
    if status == DONE:
        messages.success(request, told)
        return redirect(shown)
    found = pairings_of(shown.programme).get(pk=shown.pk)
    return _page(request, found, bound=(name, form), status=status)


def _page(
    request: HttpRequest, shown: Pairing, *, bound: tuple[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    standing, programme = standing_in(request), shown.programme
    may_log = standing.may_for(Right.LOG, shown.institution_id) and not shown.is_struck
    opened = {"opened_version": shown.version}
    told: dict[str, Any] = {"programme": programme, "standing": standing}
    offered: dict[str, forms.Form] = {}
    if may_log and shown.is_open:
        if not shown.together:
            offered["together"] = TogetherForm(**told, initial=opened, auto_id="together_%s")
        offered["separate"] = SeparateForm(**told, initial=opened, auto_id="separate_%s")
    if may_log:
        offered["mating"] = SeenForm(**told, auto_id="mating_%s")
    refusals = _kept_open(offered, bound)
    context = {
        "programme": programme,
        "pairing": shown,
        "record": record_of(shown),
        "forms": offered,
        "bound": bound[0] if bound else "",
        "refusals": refusals,
        "tap": SeenForm(**told, auto_id=False) if may_log and shown.is_open else None,
        "may_log": may_log,
        "may_correct": standing.may_for(Right.CORRECT, shown.institution_id) and not shown.is_struck,
        "panels": rendered_panels("pairing", request, shown),
        "deeds": deeds_on(shown),
    }
    return render(request, "reproduction/pairings/detail.html", context, status=status)


def _kept_open(offered: dict[str, forms.Form], bound: tuple[str, forms.Form] | None) -> list[str]:
    """Put a refused form back on the page; where its step is not offered any more, return what it was told."""
    if bound is None:
        return []
    name, form = bound
    if name in offered:
        form.auto_id = f"{name}_%s"
        offered[name] = form
        return []
    return [str(words) for errors in form.errors.values() for words in errors]
