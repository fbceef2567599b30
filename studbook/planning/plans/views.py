"""The list of plans, a plan's page, its document."""

from functools import partial
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.downloads import csv_download, csv_of, xlsx_download
from studbook.core.forms import DONE, attempted, posted
from studbook.core.panels import rendered_panels
from studbook.core.trail import deeds_on
from studbook.planning.models import Plan
from studbook.planning.plans.files import plans_table, rows_table
from studbook.planning.plans.forms import PlanEditForm, PlanForm
from studbook.planning.plans.making import edit_plan, make_plan
from studbook.planning.plans.marks import PAIR, ROW, marks_of
from studbook.planning.plans.queries import page_of, plans_of
from studbook.planning.plans.staleness import staleness_of
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme

PAGE = 25


@programme_view
def plans(request: HttpRequest, programme: Programme) -> HttpResponse:
    page = Paginator(plans_of(programme), PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "may_plan": may_in(request, Right.PLAN),
        "in_work": Plan.objects.in_work().filter(programme=programme).first(),
        "waiting": programme.recommendations.not_withdrawn().filter(plan=None).count(),
    }
    return render(request, "planning/plans/list.html", context)


@programme_view
def plans_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(plans_table(programme)), f"{programme.code}-plans")


@programme_view
def plans_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(plans_table(programme), f"{programme.code}-plans", "plans")


@programme_view
def plan_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    form, status = (
        PlanForm(posted(request), programme=programme, initial=PlanForm.initial_for(programme)),
        200,
    )
    if form.is_bound:
        made, status = attempted(form, partial(make_plan, programme, by=cast(User, request.user)))
        if made:
            messages.success(request, f"The plan {made} is begun.")
            return redirect(made)
    waiting = programme.recommendations.not_withdrawn().filter(plan=None).count()
    context = {"programme": programme, "form": form, "waiting": waiting}
    return render(request, "planning/plans/new.html", context, status=status)


@programme_view
def plan(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown = plan_in(programme, pk)
    may_plan = may_in(request, Right.PLAN)
    context = {
        "programme": programme,
        "page": page_of(shown),
        "plan": shown,
        "may_plan": may_plan,
        "may_change": may_plan and shown.is_open,
        "row_marks": marks_of(ROW, request, shown),
        "pair_marks": marks_of(PAIR, request, shown),
        "panels": rendered_panels("plan", request, shown),
        "deeds": deeds_on(shown),
    }
    return render(request, "planning/plans/detail.html", context)


@programme_view
def plan_edit(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown, status = plan_in(programme, pk), 200
    form = PlanEditForm(
        posted(request), programme=programme, plan=shown, initial=PlanEditForm.initial_of(shown)
    )
    if form.is_bound:
        _, status = attempted(form, partial(edit_plan, shown, by=cast(User, request.user)))
        if status == DONE:
            messages.success(request, "The document is changed.")
            return redirect(shown)
    context = {"programme": programme, "plan": shown, "form": form}
    return render(request, "planning/plans/edit.html", context, status=status)


@programme_view
def plan_rows_csv(request: HttpRequest, programme: Programme, pk: int) -> StreamingHttpResponse:
    shown = plan_in(programme, pk)
    return csv_download(csv_of(rows_table(shown, staleness_of(shown))), f"{programme.code}-plan-{pk}-rows")


@programme_view
def plan_rows_xlsx(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown = plan_in(programme, pk)
    return xlsx_download(rows_table(shown, staleness_of(shown)), f"{programme.code}-plan-{pk}-rows", "rows")


def plan_in(programme: Programme, pk: int) -> Plan:
    """Return one plan of a programme, or answer that it is not there."""
    found: Plan = get_object_or_404(
        Plan.objects.filter(programme=programme).select_related("programme", "made_by"), pk=pk
    )
    return found
