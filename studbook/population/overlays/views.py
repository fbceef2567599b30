from functools import partial
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.forms import DONE, DeedForm, attempted, posted
from studbook.core.trail import deeds_on
from studbook.population.basis import basis_of, overlays_named
from studbook.population.models import Overlay
from studbook.population.overlays.actions import edit_overlay, make_overlay
from studbook.population.overlays.assumption_forms import FORMS
from studbook.population.overlays.comparison import figures_beside, listed, moves_of
from studbook.population.overlays.forms import OverlayEditForm, OverlayForm
from studbook.population.overlays.prefilled import carried
from studbook.population.overlays.queries import lines_of, overlays_of
from studbook.population.set_beside_views import archived, restored
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme

OVERLAYS_A_PAGE = 12
MOST_BESIDE = 3


@programme_view
def overlays(request: HttpRequest, programme: Programme) -> HttpResponse:
    page = Paginator(overlays_of(programme), OVERLAYS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "basis": basis_of(request, programme),
        "page": page,
        "lines": listed(programme, list(page.object_list)),
        "may_plan": may_in(request, Right.PLAN),
    }
    return render(request, "population/overlays/list.html", context)


@programme_view
def overlay_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    form, status = OverlayForm(posted(request)), 200
    if form.is_bound:
        made, status = attempted(form, partial(make_overlay, programme, by=cast(User, request.user)))
        if made:
            messages.success(request, f"The overlay {made} is made. Now say what it assumes.")
            return _to_first_assumption(request, made)
    context = {"programme": programme, "form": form, "carried": carried(request)}
    if context["carried"]:
        context["standing"] = list(programme.overlays.standing())
    return render(request, "population/overlays/new.html", context, status=status)


@programme_view
def overlay(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown = _overlay(programme, pk)
    context = {
        "programme": programme,
        "overlay": shown,
        "basis": basis_of(request, programme),
        "lines": lines_of(shown),
        "comparison": figures_beside(programme, [shown]),
        "moves": moves_of(programme, [shown]),
        "kinds": [(kind, form.title, form.about) for kind, form in FORMS.items()],
        "deeds": deeds_on(shown),
        "may_plan": may_in(request, Right.PLAN),
        "may_change": may_in(request, Right.PLAN) and not shown.is_archived,
        "form": DeedForm(auto_id=False),
    }
    return render(request, "population/overlays/detail.html", context)


@programme_view
def overlay_edit(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown, status = _overlay(programme, pk), 200
    opened = {"name": shown.name, "reason": shown.reason, "opened_version": shown.version}
    form = OverlayEditForm(posted(request), initial=opened)
    if form.is_bound:
        _, status = attempted(form, partial(edit_overlay, shown, by=cast(User, request.user)))
        if status == DONE:
            messages.success(request, f"The overlay {shown} is changed.")
            return redirect(shown)
        shown.refresh_from_db()
    context = {"programme": programme, "overlay": shown, "form": form}
    return render(request, "population/overlays/edit.html", context, status=status)


@programme_view
def overlay_archive(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return archived(request, _overlay(programme, pk), to="overlays")


@programme_view
def overlay_restore(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return restored(request, _overlay(programme, pk))


@programme_view
def overlay_compare(request: HttpRequest, programme: Programme) -> HttpResponse:
    words = list(dict.fromkeys(request.GET.getlist("beside")))
    chosen = overlays_named(programme, words, most=MOST_BESIDE) if words else ()
    context = {
        "programme": programme,
        "basis": basis_of(request, programme),
        "standing": list(programme.overlays.standing()),
        "chosen": {overlay.pk for overlay in chosen},
        "most": MOST_BESIDE,
    }
    if chosen:
        context["comparison"] = figures_beside(programme, chosen)
        context["moves"] = moves_of(programme, chosen)
    return render(request, "population/overlays/compare.html", context)


def _overlay(programme: Programme, pk: int) -> Overlay:
    return get_object_or_404(overlays_of(programme), pk=pk)


def _to_first_assumption(request: HttpRequest, overlay: Overlay) -> HttpResponse:
    query = carried(request)
    if not query:
        return redirect(overlay)
    answer = redirect("assume", overlay.programme.code, overlay.pk, "parent")
    answer["Location"] += f"?{query}"
    return answer
