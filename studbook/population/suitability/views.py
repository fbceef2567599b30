from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.forms import attempted
from studbook.core.trail import deeds_on
from studbook.population.basis import Basis
from studbook.population.suitability.actions import reset_mate_thresholds, set_mate_thresholds
from studbook.population.suitability.forms import ResetForm, ThresholdsForm, thresholds_initial
from studbook.population.suitability.spread import spreads_of
from studbook.population.suitability.thresholds import own_thresholds, threshold_lines, thresholds_of
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme


@programme_view
def mate_thresholds(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show the thresholds of the index beside the published ones; a coordinator sets them here."""
    standing, own = thresholds_of(programme), own_thresholds(programme)
    initial = thresholds_initial(standing, own)
    form, status = ThresholdsForm(standing=standing, initial=initial), 200
    if request.method == "POST":
        form = ThresholdsForm(request.POST, standing=standing)
        deed = partial(set_mate_thresholds, programme, by=cast(User, request.user))
        made, status = attempted(form, deed)
        if made:
            messages.success(request, "The suitability index stands on the thresholds you set.")
            return redirect("mate_thresholds", programme.code)
    reset = ResetForm(initial={"opened_version": initial["opened_version"]}, auto_id="reset_%s")
    return _page(request, programme, form, reset, status)


@programme_view
def mate_thresholds_reset(request: HttpRequest, programme: Programme) -> HttpResponse:
    standing, own = thresholds_of(programme), own_thresholds(programme)
    reset = ResetForm(request.POST, auto_id="reset_%s")
    made, status = attempted(reset, partial(reset_mate_thresholds, programme, by=cast(User, request.user)))
    if made:
        messages.success(request, "The suitability index stands on the published thresholds again.")
        return redirect("mate_thresholds", programme.code)
    form = ThresholdsForm(standing=standing, initial=thresholds_initial(standing, own))
    return _page(request, programme, form, reset, status)


def _page(
    request: HttpRequest, programme: Programme, form: ThresholdsForm, reset: forms.Form, status: int
) -> HttpResponse:
    standing, own = thresholds_of(programme), own_thresholds(programme)
    lines = threshold_lines(standing)
    context: dict[str, Any] = {
        "programme": programme,
        "lines": lines,
        "differs": any(line.differs for line in lines),
        "own": own,
        "form": form,
        "reset_form": reset,
        "spreads": spreads_of(Basis(programme)),
        "deeds": deeds_on(own) if own else [],
        "may_plan": may_in(request, Right.PLAN),
        "may_settle": may_in(request, Right.SETTLE),
    }
    return render(request, "population/suitability/thresholds.html", context, status=status)
