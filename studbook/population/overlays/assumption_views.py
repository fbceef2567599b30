from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.forms import DONE, DeedForm, attempted
from studbook.population.models import Assumption, Overlay
from studbook.population.overlays import assuming
from studbook.population.overlays.assumption_forms import FORMS, AssumptionForm
from studbook.population.overlays.prefilled import filled_in
from studbook.population.overlays.queries import free_label, hypothetical_names
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

MOST_OFFERED = 2000


@programme_view
def assume(request: HttpRequest, programme: Programme, pk: int, kind: str) -> HttpResponse:
    overlay, form_class, status = _overlay(programme, pk), _form(kind), 200
    if request.method != "POST":
        form = form_class(initial=_initial(request, overlay, form_class))
    else:
        form, status = form_class(request.POST), 400
        if form.is_valid():
            try:
                made = _assumed(request, overlay, form)
            except StudbookError as refusal:
                form.add_error(field_of(form, refusal), refusal.sentence)
                status = refusal.status
            else:
                messages.success(request, f"{overlay} now has an assumption on the {made}.")
                return redirect(overlay)
    return render(request, "population/overlays/assume.html", _context(overlay, form, kind), status=status)


@programme_view
def assumption_remove(
    request: HttpRequest, programme: Programme, pk: int, assumption_pk: int
) -> HttpResponse:
    assumption = get_object_or_404(
        Assumption.objects.whole().select_related("overlay__programme"),
        overlay__programme=programme,
        overlay=pk,
        pk=assumption_pk,
    )
    told, form = str(assumption), DeedForm(request.POST)
    deed = partial(assuming.remove_assumption, assumption, by=cast(User, request.user))
    _, status = attempted(form, deed)
    if status == DONE:
        messages.success(request, f"{assumption.overlay} assumes nothing on the {told} any more.")
        return redirect(assumption.overlay)
    context = {"programme": programme, "overlay": assumption.overlay, "assumption": assumption, "form": form}
    return render(request, "population/overlays/remove.html", context, status=status)


def field_of(form: AssumptionForm, refusal: StudbookError) -> str | None:
    """Return the field of the form that a refusal belongs to; of several parents it is the first."""
    field = "parent_1" if refusal.field == "parents" else refusal.field
    return field if field in form.fields else None


def _assumed(request: HttpRequest, overlay: Overlay, form: AssumptionForm) -> Assumption:
    version = form.cleaned_data["opened_version"]
    return assuming.assume(overlay, form.draft(), by=cast(User, request.user), opened_version=version)


def _overlay(programme: Programme, pk: int) -> Overlay:
    return get_object_or_404(programme.overlays.select_related("programme"), pk=pk)


def _form(kind: str) -> type[AssumptionForm]:
    if kind not in FORMS:
        raise Http404("There is no such kind of assumption.")
    return FORMS[kind]


def _initial(request: HttpRequest, overlay: Overlay, form: type[AssumptionForm]) -> dict[str, Any]:
    initial = filled_in(request, form) | {"opened_version": overlay.version}
    if form.kind == Assumption.Kind.HYPOTHETICAL:
        initial["label"] = free_label(overlay.programme)
    return initial


def _context(overlay: Overlay, form: AssumptionForm, kind: str) -> dict[str, Any]:
    numbers = overlay.programme.animals.values_list("studbook_number", "house_name")[: MOST_OFFERED + 1]
    offered = list(numbers)
    return {
        "programme": overlay.programme,
        "overlay": overlay,
        "form": form,
        "kind_label": Assumption.Kind(kind).label,
        # A list of every number of a very large book would be more to send than it helps.
        "offered": offered if len(offered) <= MOST_OFFERED else [],
        "hypothetical": hypothetical_names(overlay),
    }
