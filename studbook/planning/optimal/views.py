from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StudbookError
from studbook.core.forms import VERSION_LOST, DeedForm, VersionedForm, attempted
from studbook.core.jobs.attendance import is_worker_at_hand
from studbook.core.trail import deeds_on
from studbook.planning.forms import CapsReasonForm
from studbook.planning.models import OptimalPlan
from studbook.planning.optimal.actions import edit_optimal_plan, make_optimal_plan
from studbook.planning.optimal.asking import ask_for
from studbook.planning.optimal.chosen import litters_chosen
from studbook.planning.optimal.comparison import MOST_BESIDE
from studbook.planning.optimal.forms import QuestionEditForm, QuestionForm, opened
from studbook.planning.optimal.proposed import proposed
from studbook.planning.optimal.queries import listed, progress_words, regions_of, without_spaces
from studbook.planning.optimal.question import Question
from studbook.planning.optimal.results import result_of
from studbook.planning.optimal.words import question_lines
from studbook.population.set_beside_views import archived, restored
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.changes import refuse_stale
from studbook.programmes.models import Programme

PLANS_A_PAGE = 25


@programme_view
def optimal_plans(request: HttpRequest, programme: Programme) -> HttpResponse:
    plans = programme.optimal_plans.select_related("programme", "made_by")
    page = Paginator(plans.order_by("archived_at", "name", "id"), PLANS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "programme": programme,
        "page": page,
        "lines": listed(programme, list(page.object_list)),
        "most": MOST_BESIDE,
        "may_plan": may_in(request, Right.PLAN),
    }
    return render(request, "planning/optimal/list.html", context)


@programme_view
def optimal_plan_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    form, status = _form(request, programme, QuestionForm, opened(proposed(programme))), 200
    if form.is_bound:
        made, status = attempted(form, partial(make_optimal_plan, programme, by=cast(User, request.user)))
        if made:
            return _solved(request, made)
    context = {"programme": programme, "form": form, "without_spaces": without_spaces(programme)}
    return render(request, "planning/optimal/form.html", context, status=status)


@programme_view
def optimal_plan_edit(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    plan, status = _plan(programme, pk), 200
    initial = opened(Question.from_dict(plan.question)) | {"name": plan.name, "opened_version": plan.version}
    form = _form(request, programme, QuestionEditForm, initial)
    if form.is_bound:
        made, status = attempted(form, partial(edit_optimal_plan, plan, by=cast(User, request.user)))
        if made:
            return _solved(request, made)
        plan.refresh_from_db()
    context = {
        "programme": programme,
        "plan": plan,
        "form": form,
        "without_spaces": without_spaces(programme),
    }
    return render(request, "planning/optimal/form.html", context, status=status)


@programme_view
def optimal_plan(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    """Show the question, how far its answer is, and the answer."""
    plan = _plan(programme, pk)
    ((_, job, stale),) = [(each.plan, each.job, each.stale) for each in listed(programme, [plan])]
    may_plan = may_in(request, Right.PLAN)
    context: dict[str, Any] = {
        "programme": programme,
        "plan": plan,
        "job": job,
        "stale": stale,
        "lines": job.parameters["lines"] if job else _lines(plan),
        "deeds": deeds_on(plan),
        "may_plan": may_plan,
        "may_change": may_plan and not plan.is_archived,
        "form": DeedForm(auto_id=False),
    }
    if job:
        context |= {
            "progress": progress_words(job),
            "told": job.parameters,
            "no_worker": job.is_open and not is_worker_at_hand(),
            "result": result_of(job),
            "chosen": set(litters_chosen(programme)),
            "caps_form": CapsReasonForm(auto_id="take-%s"),
        }
    return render(request, "planning/optimal/detail.html", context)


@programme_view
def optimal_plan_solve(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    """Solve the question that the person has seen."""
    plan, form = _plan(programme, pk), VersionedForm(request.POST)
    if not form.is_valid():
        raise StudbookError(VERSION_LOST)
    refuse_stale(plan, opened_version=form.cleaned_data["opened_version"])
    ask_for(plan, by=cast(User, request.user))
    return redirect(plan)


@programme_view
def optimal_plan_archive(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return archived(request, _plan(programme, pk), to="optimal_plans")


@programme_view
def optimal_plan_restore(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return restored(request, _plan(programme, pk))


def _solved(request: HttpRequest, plan: OptimalPlan) -> HttpResponse:
    try:
        ask_for(plan, by=cast(User, request.user))
    except StudbookError as refusal:
        # The question is kept: it is asked again when whatever is in the way is done.
        messages.warning(request, refusal.sentence)
    return redirect(plan)


def _form(
    request: HttpRequest, programme: Programme, form: type[QuestionForm], initial: dict[str, Any]
) -> QuestionForm:
    return form(
        request.POST if request.method == "POST" else None,
        initial=initial,
        regions=regions_of(programme),
        overlays=list(programme.overlays.standing()),
    )


def _lines(plan: OptimalPlan) -> list[tuple[str, str]]:
    question = Question.from_dict(plan.question)
    return question_lines(question, list(plan.programme.overlays.filter(pk__in=question.overlays)))


def _plan(programme: Programme, pk: int) -> OptimalPlan:
    return get_object_or_404(programme.optimal_plans.select_related("programme", "made_by"), pk=pk)
