from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

from studbook.accounts.links import sends_mail
from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.downloads import csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.core.forms import DONE, attempted
from studbook.core.once import sent_with_key
from studbook.planning.answers.answering import Answering
from studbook.planning.answers.asked import Asked, asked_in
from studbook.planning.answers.exports import answer_table
from studbook.planning.answers.forms import SendForm
from studbook.planning.answers.links import make_links
from studbook.planning.answers.mail import Handed, deliver
from studbook.planning.answers.overview import overview_of
from studbook.planning.answers.rules import is_answered
from studbook.planning.answers.showing import forget_key, keep_to_show, kept_to_show
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
    """Show who has answered, and once the links to hand over that were just made."""
    plan = _plan(programme, pk)
    by_hand = kept_to_show(request, plan)
    page = _overview(request, programme, plan, by_hand=by_hand)
    if by_hand:
        forget_key(page, plan)
        add_never_cache_headers(page)
    return page


@programme_view
@never_cache
def plan_answers_send(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    """Send links; those that cannot be sent are shown once on the page that follows, to be handed over."""
    if sent_with_key(request):
        # An answer to a key is kept as it was given, and this one may hold secrets.
        raise StudbookError(
            "Links are made anew each time, so this cannot be sent with a key. Send it without one."
        )
    plan = _plan(programme, pk)
    asked = asked_in(plan)
    form = SendForm(request.POST, asked=asked)
    made, status = attempted(
        form, partial(make_links, plan, by=cast(User, request.user), once_a_moment=sends_mail())
    )
    if status != DONE or made is None:
        return _overview(request, programme, plan, form=form, status=status)
    answer = redirect("plan_answers", programme.code, plan.pk)
    if not made:
        messages.warning(request, _nobody(form))
        return answer
    delivery = deliver(made, request.build_absolute_uri)
    if delivery.sent:
        messages.success(request, _sent(len(delivery.sent)))
    to_all = not (form.cleaned_data["reminder"] or form.cleaned_data["change"])
    if left_out := _left_out(asked) if to_all else "":
        messages.info(request, left_out)
    if delivery.by_hand:
        # Redirected to, so that a page that is loaded again makes no new links in the place of those just copied.
        keep_to_show(request, answer, plan, delivery)
    return answer


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
    by_hand: tuple[Handed, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "programme": programme,
        "plan": plan,
        "overview": overview_of(plan),
        "may_send": may_in(request, Right.PLAN) and is_answered(plan),
        "sends_mail": sends_mail(),
        "form": form,
        "by_hand": by_hand,
    }
    return render(request, "planning/answers/overview.html", context, status=status)


def _nobody(form: SendForm) -> str:
    if form.cleaned_data["change"]:
        return "Nobody was told: each institution concerned was asked a moment ago, or has no representative with an open account."
    if form.cleaned_data["reminder"]:
        return "Nobody was reminded: everybody has answered or was reminded today, or has no representative."
    return "Nothing was sent: everybody has answered or was asked a moment ago, or has no representative with an open account."


def _left_out(asked: tuple[Asked, ...]) -> str:
    names = [str(each.institution) for each in asked if not each.open]
    if not names:
        return ""
    has, gets = ("has", "gets") if len(names) == 1 else ("have", "get")
    return f"{', '.join(names)} {has} answered everything and {gets} no link."


def _sent(count: int) -> str:
    return "1 e-mail was sent." if count == 1 else f"{count} e-mails were sent."
