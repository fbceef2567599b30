from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.core.downloads import csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.core.forms import VERSION_LOST, VersionedForm
from studbook.core.jobs.attendance import is_worker_at_hand
from studbook.core.models import Job
from studbook.planning.forms import CapsReasonForm
from studbook.planning.models import OptimalPlan
from studbook.planning.optimal.comparison import MOST_BESIDE, compared
from studbook.planning.optimal.files import pairs_table
from studbook.planning.optimal.queries import plans_named
from studbook.planning.optimal.results import Result, result_of
from studbook.planning.optimal.taking import Taken, take_over
from studbook.planning.optimal.work import KIND
from studbook.programmes import jobs
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

NOT_SOLVED = "This optimal plan is not solved yet, so it has no pairs. Solve it, or wait until it is solved."


@programme_view
def optimal_plans_compare(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show up to three optimal plans side by side; without any chosen, those there are to choose from."""
    chosen = plans_named(programme, request.GET.getlist("plan"), most=MOST_BESIDE)
    context: dict[str, Any] = {
        "programme": programme,
        "standing": list(programme.optimal_plans.standing()),
        "chosen": {each.pk for each in chosen},
        "most": MOST_BESIDE,
    }
    if chosen:
        found = compared(programme, chosen)
        waiting = any(each.job and each.job.is_open for each in found.beside)
        context |= {"comparison": found, "no_worker": waiting and not is_worker_at_hand()}
    return render(request, "planning/optimal/compare.html", context)


@programme_view
def optimal_plan_cancel(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    plan, job = _latest(programme, pk)
    form = VersionedForm(request.POST)
    if not form.is_valid():
        raise StudbookError(VERSION_LOST)
    if job is None:
        raise StudbookError(NOT_SOLVED)
    jobs.cancel(job, by=cast(User, request.user), opened_version=form.cleaned_data["opened_version"])
    return redirect(plan)


@programme_view
def optimal_plan_take_over(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    """Recommend the pairs that were ticked."""
    plan, _, result = _result(programme, pk)
    form = CapsReasonForm(request.POST)
    if not form.is_valid():
        raise StudbookError(" ".join(map(str, form.errors["caps_reason"])), field="caps_reason")
    keys, why = request.POST.getlist("pair"), form.cleaned_data["caps_reason"]
    taken = take_over(plan, result, keys, by=cast(User, request.user), caps_reason=why)
    for tell, sentence in _told(taken):
        tell(request, sentence)
    return redirect("recommendations", programme.code) if taken.recommended else redirect(plan)


@programme_view
def optimal_plan_csv(request: HttpRequest, programme: Programme, pk: int) -> StreamingHttpResponse:
    plan, job, result = _result(programme, pk)
    return csv_download(csv_of(pairs_table(result)), _file_name(programme, plan, job))


@programme_view
def optimal_plan_xlsx(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    plan, job, result = _result(programme, pk)
    return xlsx_download(pairs_table(result), _file_name(programme, plan, job), "pairs")


def _told(taken: Taken) -> list[tuple[Any, str]]:
    told: list[tuple[Any, str]] = []
    if taken.recommended:
        pairs = ", ".join(str(each) for each in taken.recommended)
        told.append((messages.success, f"Recommended now: {pairs}."))
    if taken.skipped:
        told.append((messages.info, f"Left out, since recommended already: {', '.join(taken.skipped)}."))
    return told


def _latest(programme: Programme, pk: int) -> tuple[OptimalPlan, Job | None]:
    plan = get_object_or_404(programme.optimal_plans.select_related("programme"), pk=pk)
    return plan, programme.jobs.filter(kind=KIND, about=plan.pk).select_related("programme").first()


def _result(programme: Programme, pk: int) -> tuple[OptimalPlan, Job, Result]:
    plan, job = _latest(programme, pk)
    result = result_of(job) if job else None
    if job is None or result is None:
        raise StudbookError(NOT_SOLVED)
    return plan, job, result


def _file_name(programme: Programme, plan: OptimalPlan, job: Job) -> str:
    return f"{programme.code}-optimal-plan-{plan.pk}-revision-{job.revision}"
