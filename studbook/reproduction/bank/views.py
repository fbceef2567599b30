from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import INSTITUTION, Right
from studbook.core.forms import DONE, attempted, posted
from studbook.core.trail import deeds_on
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme
from studbook.reproduction.bank.forms import NAMES, EditForm, StoreForm, filled_in
from studbook.reproduction.bank.offers import Offer, offers_of
from studbook.reproduction.bank.rights import is_kept_from, may_on_sample
from studbook.reproduction.bank.step_forms import STEPS, SampleStepForm
from studbook.reproduction.bank.stock import ledger_of
from studbook.reproduction.bank.storing import edit_sample, store_sample, strike_sample
from studbook.reproduction.forms import StrikeForm
from studbook.reproduction.models import Sample

STALE = 409


@programme_view
def sample(request: HttpRequest, programme: Programme, found: Sample) -> HttpResponse:
    return _page(request, programme, found)


@programme_view
def sample_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    initial = _own_place(request) | filled_in(programme, request.GET)
    form, status = StoreForm(posted(request), programme=programme, initial=initial), 200
    if form.is_bound:
        made, status = attempted(form, partial(store_sample, programme, by=cast(User, request.user)))
        if made:
            messages.success(request, f"{made.label} is stored: {made.units_in_words} of {made.donor}.")
            return redirect(made)
    return render(
        request, "reproduction/bank/new.html", {"programme": programme, "form": form}, status=status
    )


@programme_view
def sample_edit(request: HttpRequest, programme: Programme, found: Sample) -> HttpResponse:
    form, status = EditForm(posted(request), programme=programme, initial=_described(found)), 200
    if form.is_bound:
        made, status = attempted(form, partial(edit_sample, found, by=cast(User, request.user)))
        if made:
            messages.success(request, f"{made.label} is changed.")
            return redirect(made)
    context = {"programme": programme, "form": form, "sample": found}
    return render(request, "reproduction/bank/edit.html", context, status=status)


@programme_view
def sample_strike(request: HttpRequest, programme: Programme, found: Sample) -> HttpResponse:
    form = StrikeForm(request.POST)
    _, status = attempted(form, partial(strike_sample, found, by=cast(User, request.user)))
    if status == DONE:
        messages.success(request, f"{found.label} is struck out.")
        return redirect(found)
    return _page(request, programme, found, struck=form, status=status)


@programme_view
def sample_step(request: HttpRequest, programme: Programme, found: Sample, kind: str) -> HttpResponse:
    if kind not in STEPS:
        raise Http404(f"A sample has no step {kind[:20]}.")
    step = STEPS[kind]
    form = step.form(request.POST, sample=found, standing=standing_in(request))
    after, status = attempted(form, partial(step.act, found, by=cast(User, request.user)))
    if after:
        messages.success(request, step.told(after, form.cleaned_data.get("units") or 0))
        return redirect(after)
    return _page(request, programme, found, bound=(kind, form), status=status)


def _page(
    request: HttpRequest,
    programme: Programme,
    found: Sample,
    *,
    bound: tuple[str, SampleStepForm] | None = None,
    struck: StrikeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    current = Sample.objects.whole().get(pk=found.pk)
    standing = standing_in(request)
    # What was sent on an older version is told, and the forms stand anew as the sample is now.
    stale = bound[1].non_field_errors() if bound and status == STALE else ()
    offers = offers_of(current, standing, bound=None if stale else bound)
    may_correct = may_on_sample(standing, Right.CORRECT, current) and not current.is_struck
    may_strike = may_correct and not is_kept_from(standing, current)
    shown = may_strike if struck else _open(offers)
    context = {
        "programme": programme,
        "sample": current,
        "ledger": ledger_of(current),
        "parts": list(current.splits.all()),
        "deeds": deeds_on(current),
        "offers": offers,
        "refusals": stale if stale or shown else _words_of(struck or (bound[1] if bound else None)),
        "may_correct": may_correct,
        "may_strike": may_strike,
        "strike_form": struck or StrikeForm(initial={"opened_version": current.version}),
    }
    return render(request, "reproduction/bank/sample.html", context, status=status)


def _open(offers: list[Offer]) -> bool:
    return any(offer.open for offer in offers)


def _words_of(form: SampleStepForm | StrikeForm | None) -> list[str]:
    # The form is not on the page (any more): nothing is left of the sample, it was struck out, or the reserve is kept.
    return [str(words) for errors in form.errors.values() for words in errors] if form else []


def _own_place(request: HttpRequest) -> dict[str, Any]:
    # Who logs for one zoo stores there, as a rule.
    own = standing_in(request).institutions(Right.LOG, INSTITUTION)
    return dict.fromkeys(("institution", "owner"), next(iter(own))) if len(own) == 1 else {}


def _described(found: Sample) -> dict[str, Any]:
    told = {name: getattr(found, name) for name in NAMES}
    return told | {"on": found.collected, "opened_version": found.version}
