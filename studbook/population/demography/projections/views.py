from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StudbookError
from studbook.core.forms import DeedForm, attempted
from studbook.core.trail import deeds_on
from studbook.population.basis import Basis
from studbook.population.demography.book import book_on
from studbook.population.demography.projections.actions import edit_scenario, make_scenario
from studbook.population.demography.projections.asking import ask_for
from studbook.population.demography.projections.comparison import MOST_BESIDE
from studbook.population.demography.projections.copies import COPIES
from studbook.population.demography.projections.defaults import breeding_age
from studbook.population.demography.projections.forms import ScenarioEditForm, ScenarioForm
from studbook.population.demography.projections.opened import Opened, opened, opened_new
from studbook.population.demography.projections.queries import (
    listed,
    projections_of,
    scenario_lines,
    scenarios_named,
)
from studbook.population.models import RateSet, Scenario
from studbook.population.set_beside_views import archived, restored
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme

SCENARIOS_A_PAGE = 25
NONE_CHOSEN = "No scenario was chosen to be run. Tick one at least."


@programme_view
def projections(request: HttpRequest, programme: Programme) -> HttpResponse:
    scenarios = programme.scenarios.select_related("made_by").order_by("archived_at", "name", "id")
    page = Paginator(scenarios, SCENARIOS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "lines": listed(programme, list(page.object_list)),
        "most": MOST_BESIDE,
        "may_plan": may_in(request, Right.PLAN),
    }
    return render(request, "population/demography/projections/list.html", context)


@programme_view
def scenario_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    form, status = _form(request, programme, ScenarioForm, opened_new(Basis(programme), request.GET)), 200
    if form.is_bound:
        made, status = attempted(form, partial(make_scenario, programme, by=cast(User, request.user)))
        if made:
            messages.success(request, f"The scenario {made} is made. Now run it.")
            return redirect(made)
    context = {"programme": programme, "form": form}
    return render(request, "population/demography/projections/form.html", context, status=status)


@programme_view
def scenario(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown = _scenario(programme, pk)
    context = {
        "programme": programme,
        "scenario": shown,
        "lines": scenario_lines(shown, Basis(programme)),
        "projections": projections_of(shown),
        "deeds": deeds_on(shown),
        "may_plan": may_in(request, Right.PLAN),
        "may_change": may_in(request, Right.PLAN) and not shown.is_archived,
        "form": DeedForm(auto_id=False),
    }
    return render(request, "population/demography/projections/detail.html", context)


@programme_view
def scenario_edit(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown, status = _scenario(programme, pk), 200
    form = _form(request, programme, ScenarioEditForm, opened(shown), own_rates=shown.rate_set)
    if form.is_bound:
        made, status = attempted(form, partial(_edited, shown, form, by=cast(User, request.user)))
        if made:
            messages.success(
                request, f"The scenario {made} is changed. What was run before stays as it was run."
            )
            return redirect(made)
        shown.refresh_from_db()
    context = {"programme": programme, "scenario": shown, "form": form}
    return render(request, "population/demography/projections/form.html", context, status=status)


@programme_view
def scenario_archive(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return archived(request, _scenario(programme, pk), to="projections")


@programme_view
def scenario_restore(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return restored(request, _scenario(programme, pk))


@programme_view
def scenario_copies(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    """Make the variants of a scenario that are not there yet, and show them side by side."""
    shown, which = _scenario(programme, pk), request.POST.get("which", "")
    if which not in COPIES:
        raise StudbookError("Nothing was asked to be varied. Go back and choose it again.")
    found = COPIES[which](shown, by=cast(User, request.user))
    return redirect(f"{reverse('projections_compare', args=[programme.code])}?{_beside(found)}")


@programme_view
def projections_run(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Run one scenario or several; several are shown side by side."""
    chosen = _chosen(programme, request.POST)
    made = ask_for(programme, chosen, by=cast(User, request.user))
    if len(made) == 1:
        return redirect("scenario_projection", programme.code, chosen[0].pk, made[0].pk)
    messages.success(request, f"{len(made)} projections are asked for.")
    beside = request.POST.getlist("beside") or [str(each.pk) for each in chosen]
    query = urlencode([("scenario", pk) for pk in beside if pk.isdecimal()])
    return redirect(f"{reverse('projections_compare', args=[programme.code])}?{query}")


def _edited(shown: Scenario, form: ScenarioForm, **told: Any) -> Scenario:
    return edit_scenario(shown, **told, opened_version=form.cleaned_data["opened_version"])


def _form(
    request: HttpRequest,
    programme: Programme,
    form: type[ScenarioForm],
    opened: Opened,
    own_rates: RateSet | None = None,
) -> ScenarioForm:
    basis, (initial, lines) = Basis(programme), opened
    rate_sets = list(programme.rate_sets.standing())
    if own_rates is not None and own_rates.is_archived:
        # Offered still: without it the form would choose others for it, unseen.
        rate_sets.append(own_rates)
    return form(
        request.POST if request.method == "POST" else None,
        initial=initial,
        lines=lines,
        book=book_on(basis),
        rate_sets=rate_sets,
        grown=breeding_age(basis),
    )


def _scenario(programme: Programme, pk: int) -> Scenario:
    return get_object_or_404(programme.scenarios.whole(), pk=pk)


def _chosen(programme: Programme, told: QueryDict) -> list[Scenario]:
    words = list(dict.fromkeys(told.getlist("scenario")))
    if not words:
        raise StudbookError(NONE_CHOSEN)
    if len(words) > MOST_BESIDE:
        raise StudbookError(f"{len(words)} scenarios were chosen. Choose {MOST_BESIDE} at most.")
    return scenarios_named(programme.scenarios.whole(), words, most=MOST_BESIDE)


def _beside(scenarios: list[Scenario]) -> str:
    return urlencode([("scenario", each.pk) for each in scenarios])
