from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.downloads import pdf_shown
from studbook.core.errors import StudbookError
from studbook.core.forms import VERSION_LOST
from studbook.planning.actions import recommend_pair, withdraw_recommendation
from studbook.planning.figures import figures_of
from studbook.planning.forms import ReasonForm, WithdrawForm
from studbook.planning.panels import recommend_form
from studbook.planning.pdf import report_pdf
from studbook.planning.plans.targets import open_plan
from studbook.planning.queries import by_institution, chosen_pairs, institution_of
from studbook.planning.report import report_of
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme

VERSION = "opened_version"


@programme_view
def recommendations(request: HttpRequest, programme: Programme) -> HttpResponse:
    pairs = chosen_pairs(figures_of(programme))
    context = {
        "programme": programme,
        "pairs": pairs,
        "institutions": by_institution(pairs),
        "stale": sum(bool(pair.news) for pair in pairs),
        "may_plan": may_in(request, Right.PLAN),
        "form": WithdrawForm(auto_id=False),
    }
    return render(request, "planning/recommendations.html", context)


@programme_view
def recommend(request: HttpRequest, programme: Programme, sire_number: str, dam_number: str) -> HttpResponse:
    sire, dam = (
        get_object_or_404(programme.animals, studbook_number=number) for number in (sire_number, dam_number)
    )
    form = recommend_form(sire, dam, request.POST, plan=open_plan(programme))
    try:
        reason = _reason(form)
        recommend_pair(programme, sire=sire, dam=dam, reason=reason, by=cast(User, request.user), **form.said)
    except StudbookError as refusal:
        context = {"programme": programme, "sire": sire, "dam": dam, "form": form, "refusal": refusal}
        context["pair"] = f"{sire} × {dam}"
        return render(request, "planning/recommend.html", context, status=refusal.status)
    messages.success(request, f"{sire} × {dam} is recommended.")
    return redirect("pair", programme.code, sire_number, dam_number)


@programme_view
def withdraw(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    recommendation = get_object_or_404(
        programme.recommendations.select_related("programme", "sire", "dam"), pk=pk
    )
    form = WithdrawForm(request.POST)
    try:
        withdraw_recommendation(
            recommendation,
            by=cast(User, request.user),
            reason=_reason(form),
            opened_version=form.cleaned_data.get("opened_version", 0),
        )
    except StudbookError as refusal:
        context = {"programme": programme, "recommendation": recommendation, "form": form, "refusal": refusal}
        return render(request, "planning/withdraw.html", context, status=refusal.status)
    messages.success(request, f"{recommendation} is no longer recommended.")
    return redirect("recommendations", programme.code)


@programme_view
def report(request: HttpRequest, programme: Programme) -> HttpResponse:
    institution = institution_of(programme, request.GET.get("institution", ""))
    document = report_of(programme, institution=institution, by=cast(User, request.user))
    name = f"{programme.code}-recommendations{f'-{institution.pk}' if institution else ''}"
    return pdf_shown(report_pdf(document), name)


def _reason(form: ReasonForm) -> str:
    if not form.is_valid():
        words = " ".join(
            str(error) for name, errors in form.errors.items() for error in errors if name != VERSION
        )
        raise StudbookError(words or VERSION_LOST)
    return str(form.cleaned_data["reason"])
