from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from studbook.accounts.links import sends_mail
from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.downloads import csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.core.forms import DONE, attempted
from studbook.core.once import sent_with_key
from studbook.planning.answers.answering import Answering
from studbook.planning.answers.asked import asked_in
from studbook.planning.answers.exports import answer_table
from studbook.planning.answers.forms import SendForm
from studbook.planning.answers.links import make_links
from studbook.planning.answers.mail import Delivery, deliver
from studbook.planning.answers.overview import overview_of
from studbook.planning.answers.rules import is_answered
from studbook.planning.answers.zoos import AskedZoo
from studbook.planning.models import Plan
from studbook.programmes.access import may_in, programme_view, standing_in
from studbook.programmes.models import Programme


@programme_view
def plan_answer(request: HttpRequest, programme: Programme, zoo: AskedZoo) -> HttpResponse:
    answering = Answering(
        plan=zoo.plan,
        institution=zoo.institution,
        by=cast(User, request.user),
        may_answer=standing_in(request).may_for(Right.ANSWER, zoo.institution.pk),
        template="planning/answers/zoo.html",
    )
    return answering.posted(request) if request.method == "POST" else answering.page(request)


@programme_view
def plan_answers(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return _overview(request, programme, _plan(programme, pk))


@programme_view
@never_cache
def plan_answers_send(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    """Send links; those that cannot be sent are shown once, to be handed over."""
    if sent_with_key(request):
        # An answer to a key is kept as it was given, and this one may hold secrets.
        raise StudbookError(
            "Links are made anew each time, so this cannot be sent with a key. Send it without one."
        )
    plan = _plan(programme, pk)
    form = SendForm(request.POST, asked=asked_in(plan))
    made, status = attempted(
        form, partial(make_links, plan, by=cast(User, request.user), once_a_moment=sends_mail())
    )
    if status != DONE or made is None:
        return _overview(request, programme, plan, form=form, status=status)
    if not made:
        messages.warning(request, _nobody(reminder=form.cleaned_data["reminder"]))
        return redirect("plan_answers", programme.code, plan.pk)
    delivery = deliver(made, request.build_absolute_uri)
    if delivery.by_hand:
        return _overview(request, programme, plan, delivery=delivery)
    messages.success(request, _sent(len(delivery.sent)))
    return redirect("plan_answers", programme.code, plan.pk)


@programme_view
def plan_answers_csv(request: HttpRequest, programme: Programme, pk: int) -> HttpResponseBase:
    plan = _plan(programme, pk)
    return csv_download(csv_of(answer_table(plan)), f"{programme.code}-plan-{plan.pk}-answers")


@programme_view
def plan_answers_xlsx(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    plan = _plan(programme, pk)
    return xlsx_download(answer_table(plan), f"{programme.code}-plan-{plan.pk}-answers", "answers")


def _plan(programme: Programme, pk: int) -> Plan:
    return get_object_or_404(programme.plans, pk=pk)


def _overview(
    request: HttpRequest,
    programme: Programme,
    plan: Plan,
    *,
    form: SendForm | None = None,
    delivery: Delivery | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "programme": programme,
        "plan": plan,
        "overview": overview_of(plan),
        "may_send": may_in(request, Right.PLAN) and is_answered(plan),
        "sends_mail": sends_mail(),
        "form": form,
        "delivery": delivery,
    }
    return render(request, "planning/answers/overview.html", context, status=status)


def _nobody(*, reminder: bool) -> str:
    if reminder:
        return "Nobody was reminded: everybody has answered or was reminded today, or has no representative."
    return "Nothing was sent: everybody was asked a moment ago, or no institution has a representative with an open account."


def _sent(count: int) -> str:
    return "1 e-mail was sent." if count == 1 else f"{count} e-mails were sent."
