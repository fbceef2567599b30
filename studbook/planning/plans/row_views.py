"""What a plan says of one animal or one pair: its page and its form."""

from functools import partial
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.forms import DONE, VERSION_LOST, DeedForm, attempted, posted
from studbook.core.panels import rendered_panels
from studbook.core.trail import deeds_on
from studbook.planning.actions import change_pair
from studbook.planning.forms import WithdrawForm
from studbook.planning.models import Plan, PlanAnimal
from studbook.planning.plans.forms import AddingForm, PairForm, RowForm, StepForm
from studbook.planning.plans.reading import lines_of
from studbook.planning.plans.rows import rows_from
from studbook.planning.plans.saying import change_row, fill_in, remove_row, say_of_animal
from studbook.planning.plans.staleness import staleness_of
from studbook.planning.plans.views import plan_in
from studbook.planning.wording import how_words
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme


@programme_view
def plan_row_new(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    plan, status = plan_in(programme, pk), 200
    form = AddingForm(
        posted(request), programme=programme, initial={"number": request.GET.get("animal", "")[:20]}
    )
    if form.is_bound:
        made, status = attempted(form, partial(_added, plan, by=cast(User, request.user)))
        if made:
            messages.success(request, f"The plan says something of {made.animal} now.")
            return redirect("plan_row", programme.code, plan.pk, made.pk)
    context = {"programme": programme, "plan": plan, "form": form}
    return render(request, "planning/plans/row_new.html", context, status=status)


@programme_view
def plan_row(request: HttpRequest, programme: Programme, pk: int, row_pk: int) -> HttpResponse:
    plan, status = plan_in(programme, pk), 200
    row = _row(plan, row_pk)
    form = RowForm(posted(request), programme=programme, initial=RowForm.initial_of(row))
    if form.is_bound:
        _, status = attempted(form, partial(change_row, row, by=cast(User, request.user)))
        if status == DONE:
            messages.success(request, f"The plan says otherwise of {row.animal} now.")
            return redirect(plan)
    lines = lines_of(plan)
    context = {
        "programme": programme,
        "plan": plan,
        "row": row,
        "form": form,
        "removal": DeedForm(auto_id=False),
        "shown": [(each, one) for each in rows_from(lines) for one in each.rows if one.line.row == row.pk],
        "stale": staleness_of(plan, lines).rows.get(row.pk, ()),
        "panels": rendered_panels("plan_row", request, row),
        "deeds": deeds_on(row),
        "may_change": may_in(request, Right.PLAN) and plan.is_open and row.removed_at is None,
    }
    return render(request, "planning/plans/row.html", context, status=status)


@programme_view
def plan_row_remove(request: HttpRequest, programme: Programme, pk: int, row_pk: int) -> HttpResponse:
    plan = plan_in(programme, pk)
    row, form = _row(plan, row_pk), DeedForm(request.POST)
    _, status = attempted(form, partial(remove_row, row, by=cast(User, request.user)))
    if status == DONE:
        messages.success(request, f"{row.animal} is taken out of the plan.")
        return redirect(plan)
    context = {"programme": programme, "plan": plan, "row": row, "form": form}
    return render(request, "planning/plans/row_remove.html", context, status=status)


@programme_view
def plan_fill_in(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    plan, form = plan_in(programme, pk), StepForm(request.POST)
    if not form.is_valid():
        raise StudbookError(VERSION_LOST)
    count = fill_in(plan, by=cast(User, request.user), **form.cleaned_data)
    told = f"{count} animal{'' if count == 1 else 's'} more named in the plan."
    messages.success(request, told if count else "The plan names every living animal already.")
    return redirect(plan)


@programme_view
def plan_pair(request: HttpRequest, programme: Programme, pk: int, pair_pk: int) -> HttpResponse:
    plan, status = plan_in(programme, pk), 200
    pair = get_object_or_404(
        plan.recommendations.select_related("programme", "plan", "sire", "dam"), pk=pair_pk
    )
    form = PairForm(posted(request), initial=PairForm.initial_of(pair))
    if form.is_bound:
        _, status = attempted(form, partial(change_pair, pair, by=cast(User, request.user)))
        if status == DONE:
            messages.success(request, f"{pair}: changed.")
            return redirect(plan)
    context = {
        "programme": programme,
        "plan": plan,
        "recommendation": pair,
        "form": form,
        "how": how_words(pair),
        "withdraw_form": WithdrawForm(auto_id=False),
        "may_change": may_in(request, Right.PLAN) and plan.is_open and pair.withdrawn_at is None,
        "deeds": deeds_on(pair),
    }
    return render(request, "planning/plans/pair.html", context, status=status)


def _row(plan: Plan, pk: int) -> PlanAnimal:
    rows = plan.animals.select_related(
        "plan__programme", "animal", "destination", "transfer__sender", "transfer__receiver"
    )
    found: PlanAnimal = get_object_or_404(rows, pk=pk)
    return found


def _added(plan: Plan, *, number: str, by: User, **said: object) -> PlanAnimal:
    animal = Animal.objects.filter(programme=plan.programme_id, studbook_number=number).first()
    if animal is None:
        raise StudbookError(f"No animal {number} is in the book. Correct the number.", field="number")
    return say_of_animal(plan, animal, by=by, **said)  # type: ignore[arg-type]
