from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.downloads import csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.core.forms import VERSION_LOST, VersionedForm
from studbook.core.jobs.attendance import is_worker_at_hand
from studbook.core.models import Job
from studbook.population.demography.projections.asking import KIND
from studbook.population.demography.projections.comparison import MOST_BESIDE, compared
from studbook.population.demography.projections.files import runs_table, summary_table
from studbook.population.demography.projections.queries import progress_of, scenarios_named, staleness
from studbook.population.demography.projections.results import Result, result_of
from studbook.population.demography.projections.shown import answers, risk_chart, risk_rows, shown_figures
from studbook.population.models import Scenario
from studbook.programmes import jobs
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme

NOTHING_YET = "No run of this projection is finished, so there is nothing to export. Wait for it, or run it."


@programme_view
def scenario_projection(request: HttpRequest, programme: Programme, pk: int, job: int) -> HttpResponse:
    """Show how far a projection is while it goes on, and what it found when it has ended."""
    scenario, shown = _projection(programme, pk, job)
    context: dict[str, Any] = {
        "programme": programme,
        "scenario": scenario,
        "job": shown,
        "progress": progress_of(shown),
        "told": shown.parameters,
        "stale": staleness(programme, scenario, shown),
        "may_plan": may_in(request, Right.PLAN),
        "no_worker": shown.is_open and not is_worker_at_hand(),
    }
    result = None if shown.is_open else result_of(shown)
    if result is not None:
        context |= _shown(shown, result)
    return render(request, "population/demography/projections/projection.html", context)


@programme_view
def scenario_projection_cancel(request: HttpRequest, programme: Programme, pk: int, job: int) -> HttpResponse:
    scenario, shown = _projection(programme, pk, job)
    jobs.cancel(shown, **_version(request), by=cast(User, request.user))
    messages.success(request, "The projection is being cancelled; the runs that are finished are kept.")
    return redirect("scenario_projection", programme.code, scenario.pk, shown.pk)


@programme_view
def scenario_projection_resume(request: HttpRequest, programme: Programme, pk: int, job: int) -> HttpResponse:
    scenario, shown = _projection(programme, pk, job)
    jobs.resume(shown, **_version(request), by=cast(User, request.user))
    return redirect("scenario_projection", programme.code, scenario.pk, shown.pk)


@programme_view
def scenario_summary_csv(
    request: HttpRequest, programme: Programme, pk: int, job: int
) -> StreamingHttpResponse:
    shown, result = _result(programme, pk, job)
    return csv_download(csv_of(summary_table(result)), _file_name(programme, shown, "summary"))


@programme_view
def scenario_summary_xlsx(request: HttpRequest, programme: Programme, pk: int, job: int) -> HttpResponse:
    shown, result = _result(programme, pk, job)
    return xlsx_download(summary_table(result), _file_name(programme, shown, "summary"), "projection")


@programme_view
def scenario_runs_csv(request: HttpRequest, programme: Programme, pk: int, job: int) -> StreamingHttpResponse:
    shown, result = _result(programme, pk, job)
    return csv_download(csv_of(runs_table(result.projection)), _file_name(programme, shown, "runs"))


@programme_view
def projections_compare(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show up to four scenarios side by side; without any chosen, those there are to choose from."""
    chosen = scenarios_named(programme.scenarios.all(), request.GET.getlist("scenario"), most=MOST_BESIDE)
    year = request.GET.get("year", "")
    context: dict[str, Any] = {
        "programme": programme,
        "standing": list(programme.scenarios.standing()),
        "chosen": {each.pk for each in chosen},
        "most": MOST_BESIDE,
        "may_plan": may_in(request, Right.PLAN),
    }
    if chosen:
        asked = int(year) if year.isdecimal() and len(year) <= 4 else None
        found = compared(programme, chosen, asked)
        waiting = any(each.open_job for each in found.beside)
        context |= {"comparison": found, "no_worker": waiting and not is_worker_at_hand()}
        context["unrun"] = [each.scenario for each in found.beside if not each.result and not each.open_job]
    return render(request, "population/demography/projections/compare.html", context)


def _shown(job: Job, result: Result) -> dict[str, Any]:
    spaces = job.parameters["assumed"]["capacity"]
    return {
        "result": result,
        "answers": list(answers(result, job.parameters["goal_years"])),
        "figures": shown_figures(result, spaces),
        "risk_chart": risk_chart(result),
        "risk_rows": risk_rows(result),
    }


def _projection(programme: Programme, pk: int, job: int) -> tuple[Scenario, Job]:
    scenario = get_object_or_404(programme.scenarios.select_related("programme"), pk=pk)
    jobs_of_it = programme.jobs.filter(kind=KIND, about=scenario.pk).select_related("programme", "asked_by")
    return scenario, get_object_or_404(jobs_of_it, pk=job)


def _result(programme: Programme, pk: int, job: int) -> tuple[Job, Result]:
    _, shown = _projection(programme, pk, job)
    result = result_of(shown)
    if result is None:
        raise StudbookError(NOTHING_YET)
    return shown, result


def _version(request: HttpRequest) -> dict[str, Any]:
    form = VersionedForm(request.POST)
    if not form.is_valid():
        raise StudbookError(VERSION_LOST)
    return form.cleaned_data


def _file_name(programme: Programme, job: Job, what: str) -> str:
    return f"{programme.code}-projection-{job.about}-{job.pk}-revision-{job.revision}-{what}"
