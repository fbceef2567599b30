from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.forms import DONE, attempted, posted
from studbook.programmes.access import may_in, programme_view, standing_in
from studbook.programmes.models import Programme
from studbook.transfers.forms import ProposeForm, RecordForm
from studbook.transfers.machine import NOT_SENT, STEPS, course_step
from studbook.transfers.models import Transfer
from studbook.transfers.offers import offers_of, places_of_person
from studbook.transfers.proposing import propose, record_past
from studbook.transfers.queries import stages_of
from studbook.transfers.sides import is_party, parties_of, waiting_for
from studbook.transfers.step_forms import StepForm, step_form
from studbook.transfers.stepping import take_step

STALE = 409
PREFILLED = ("to", "terms", "counterpart", "replaces")


@programme_view
def transfer(request: HttpRequest, programme: Programme, moved: Transfer) -> HttpResponse:
    return _page(request, programme, moved)


@programme_view
def transfer_step(request: HttpRequest, programme: Programme, moved: Transfer, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404(f"A transfer has no step {step[:20]}.")
    taken, parties = STEPS[step], parties_of([moved])[moved.pk]
    places = places_of_person(taken, parties, standing_in(request))
    form = step_form(step, request.POST, transfer=moved, places=places)
    _, status = attempted(form, partial(take_step, moved, step, by=cast(User, request.user)))
    if status == DONE:
        messages.success(request, f"Done: {taken.verb}.")
        return redirect(moved)
    moved = Transfer.objects.with_parts().get(pk=moved.pk)
    return _page(request, programme, moved, bound=(step, form), status=status)


@programme_view
def transfer_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    initial: dict[str, Any] = {name: request.GET.get(name, "") for name in PREFILLED}
    initial["animals"] = " ".join(request.GET.getlist("animal"))
    form, status = ProposeForm(posted(request), programme=programme, initial=initial), 200
    if form.is_bound:
        made, status = attempted(form, partial(propose, programme, by=cast(User, request.user)))
        if made:
            messages.success(request, f"{made} is proposed.".capitalize())
            return redirect(made)
    replaces = request.POST.get("replaces") or request.GET.get("replaces", "")
    context = {"form": form, "replaces": replaces, "may_record": _may_record(request)}
    return _form_page(request, programme, "transfers/new.html", context, status)


@programme_view
def transfer_record(request: HttpRequest, programme: Programme) -> HttpResponse:
    initial = {"animals": " ".join(request.GET.getlist("animal")), "to": request.GET.get("to", "")}
    form, status = RecordForm(posted(request), programme=programme, initial=initial), 200
    if form.is_bound:
        made, status = attempted(form, partial(record_past, programme, by=cast(User, request.user)))
        if made:
            messages.success(request, f"{made} is recorded and closed.".capitalize())
            return redirect(made)
    return _form_page(request, programme, "transfers/record.html", {"form": form}, status)


def _page(
    request: HttpRequest,
    programme: Programme,
    moved: Transfer,
    *,
    bound: tuple[str, StepForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    parties, standing = parties_of([moved])[moved.pk], standing_in(request)
    # What was sent on an older version is told, and the forms stand anew as the transfer is now.
    stale = bound[1].non_field_errors() if bound and status == STALE else ()
    offers = offers_of(moved, parties, standing, bound=None if stale else bound)
    shown = [offer for offer in offers if offer.step.key != "comment"]
    answered = bound is None or bool(stale) or any(offer.open for offer in offers)
    context = {
        "programme": programme,
        "transfer": moved,
        "parties": parties,
        "stages": stages_of(moved),
        "waiting": waiting_for(moved, parties),
        "next_step": course_step(moved.state),
        "overdue": moved.is_overdue(timezone.localdate()),
        "offers": [offer for offer in shown if offer.is_next],
        "other_offers": [offer for offer in shown if not offer.is_next],
        "comment": next((offer for offer in offers if offer.step.key == "comment"), None),
        "refusals": stale if answered else _words_of(bound),
        "is_party": is_party(standing, parties),
        "may_replace": is_party(standing, parties) and moved.state in NOT_SENT,
        **_papers(moved),
    }
    return render(request, "transfers/detail.html", context, status=status)


def _papers(moved: Transfer) -> dict[str, Any]:
    documents = list(moved.documents.select_related("uploaded_by", "withdrawn_by"))
    return {
        "permits": list(moved.permits.select_related("document")),
        "documents": documents,
        "kept": sum(each.withdrawn_at is None for each in documents),
        "steps": list(moved.steps.select_related("institution", "by")),
        "counterpart": moved.counterpart,
    }


def _words_of(bound: tuple[str, StepForm] | None) -> list[str]:
    # The form of this step is not on the page any more: another took it, or the transfer went on.
    return [str(words) for errors in bound[1].errors.values() for words in errors] if bound else []


def _form_page(
    request: HttpRequest, programme: Programme, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    return render(request, template, {"programme": programme, **context}, status=status)


def _may_record(request: HttpRequest) -> bool:
    return may_in(request, Right.CORRECT) or standing_in(request).has_somewhere(Right.CORRECT)
