"""The steps of a plan's life, each with what it would freeze; and its versions."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.forms import DONE, attempted, posted
from studbook.core.panels import rendered_panels
from studbook.planning.models import Plan, PlanVersion
from studbook.planning.plans.forms import (
    ChangeForm,
    CirculateForm,
    CloseForm,
    DiscardForm,
    PublishForm,
    StepForm,
)
from studbook.planning.plans.freezing import recompute
from studbook.planning.plans.life import (
    circulate,
    close_plan,
    discard_plan,
    publish,
    publish_change,
    take_back,
)
from studbook.planning.plans.machine import STEPS, Step
from studbook.planning.plans.queries import changes_between, concerns_somebody, preview_of
from studbook.planning.plans.rows import rows_from
from studbook.planning.plans.versions import lines_in
from studbook.planning.plans.views import plan_in
from studbook.planning.wording import counted
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme
from studbook.transfers.machine import State

Deed = Callable[..., Any]
DONE_WORDS = {
    "circulate": "The plan is out for comments until {plan.reply_by}.",
    "take-back": "The plan is a draft again.",
    "publish": "The plan is published and in force.",
    "change": "The change is published.",
    "close": "The plan is closed.",
    "discard": "The draft is discarded.",
}
TOLD_FROM = {
    "circulate": ("ask", "send it to the institutions"),
    "publish": ("ask", "send it to the institutions"),
    "change": ("tell", "tell the institutions concerned"),
}
FORMS: dict[str, type[forms.Form]] = {
    "circulate": CirculateForm,
    "take-back": StepForm,
    "publish": PublishForm,
    "change": ChangeForm,
    "close": CloseForm,
    "discard": DiscardForm,
}
DEEDS: dict[str, Deed] = {
    "circulate": circulate,
    "take-back": take_back,
    "publish": publish,
    "change": publish_change,
    "close": close_plan,
    "discard": discard_plan,
}


@programme_view
def plan_step(request: HttpRequest, programme: Programme, pk: int, phase: str) -> HttpResponse:
    """Show what a step would freeze and do, and take it. After a refusal the page shows the plan as it is by now."""
    if phase not in STEPS:
        raise Http404("A plan has no such step.")
    plan, status = plan_in(programme, pk), 200
    form = FORMS[phase](posted(request), initial={"opened_version": plan.version})
    if form.is_bound:
        before = set(_transfers_of(plan))
        _, status = attempted(form, partial(DEEDS[phase], plan, by=cast(User, request.user)))
        plan.refresh_from_db()
        if status == DONE:
            messages.success(request, _done(plan, phase, proposed=len(set(_transfers_of(plan)) - before)))
            return redirect(plan)
    programme.refresh_from_db()
    context = {"programme": programme, "plan": plan, "form": form} | _seen(plan, STEPS[phase], form)
    return render(request, "planning/plans/step.html", context, status=status)


@programme_view
def plan_versions(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    plan = plan_in(programme, pk)
    versions = list(plan.versions.defer("inputs", "figures").select_related("frozen_by").order_by("-number"))
    asked = [_asked(request, name) for name in ("from", "to")]
    chosen = [each for each in reversed(versions) if each.number in asked]
    context = {"programme": programme, "plan": plan, "versions": versions, "asked": asked, "changes": None}
    context["sides"] = (("from", "From"), ("to", "To"))
    if len(chosen) == len(asked):
        context |= {"changes": changes_between(*chosen), "first": chosen[0], "second": chosen[1]}
    return render(request, "planning/plans/versions.html", context)


@programme_view
def plan_version(request: HttpRequest, programme: Programme, pk: int, version: int) -> HttpResponse:
    plan = plan_in(programme, pk)
    shown: PlanVersion = get_object_or_404(plan.versions.select_related("frozen_by"), number=version)
    lines = lines_in(shown)
    former = plan.versions.filter(number=version - 1).first()
    context = {
        "programme": programme,
        "plan": plan,
        "version": shown,
        "recomputed": recompute(shown),
        "institutions": rows_from(lines),
        "lines": lines,
        "former": former,
        "changes": changes_between(former, shown) if former else (),
        "panels": rendered_panels("plan_version", request, shown),
    }
    return render(request, "planning/plans/version.html", context)


def _transfers_of(plan: Plan) -> Iterable[int]:
    """Return the transfers proposed that rows of a plan have, by their keys."""
    rows = plan.animals.filter(removed_at=None, transfer__state=State.PROPOSED)
    return rows.values_list("transfer", flat=True)


def _done(plan: Plan, phase: str, *, proposed: int) -> str:
    words = DONE_WORDS[phase].format(plan=plan)
    if proposed:
        words = _with_proposals(plan, words, proposed)
    if phase not in TOLD_FROM or (phase == "change" and not concerns_somebody(plan)):
        return words
    url = reverse("plan_answers", args=[plan.programme.code, plan.pk])
    sent = format_html('<a href="{}#{}">{}</a>', url, *TOLD_FROM[phase])
    return format_html("{} No e-mail has left yet: {}.", words, sent)


def _with_proposals(plan: Plan, words: str, proposed: int) -> str:
    url = reverse("transfers", args=[plan.programme.code])
    state, many = State.PROPOSED.value, f"{counted(proposed, 'transfer')}"
    were = "was" if proposed == 1 else "were"
    link = format_html('<a href="{}?state={}">{}</a>', url, state, many)
    return format_html("{} {} {} proposed by it: the zoos answer there.", words, link, were)


def _seen(plan: Plan, step: Step, form: forms.Form) -> dict[str, Any]:
    """Return what the page shows of a step; nothing is previewed of one that sends nothing out."""
    context: dict[str, Any] = {"step": step, "possible": plan.state in step.of, "preview": None}
    if context["possible"] and issubclass(FORMS[step.key], CirculateForm | PublishForm | ChangeForm):
        try:
            context["preview"] = preview_of(plan)
            form.fields["acknowledged"].required = bool(context["preview"].warned)
        except StudbookError as refusal:
            context["possible"], context["impossible"] = False, refusal.sentence
    return context


def _asked(request: HttpRequest, name: str) -> int:
    words = request.GET.get(name, "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0
