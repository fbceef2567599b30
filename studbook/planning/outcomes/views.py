from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from studbook.accounts.models import User
from studbook.accounts.rights import Right, Standing
from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.forms import DONE, attempted, refuse_unreadable
from studbook.institutions.models import Institution
from studbook.planning.models import Outcome, Plan, PlanAnimal
from studbook.planning.outcomes.exports import outcome_table, rate_table
from studbook.planning.outcomes.figure import rate_figure
from studbook.planning.outcomes.forms import OutcomeFilterForm, OutcomeForm
from studbook.planning.outcomes.kinds import Kind, Reading
from studbook.planning.outcomes.rates import Rate, Success, rate, success_of
from studbook.planning.outcomes.reading import readings_of
from studbook.planning.outcomes.telling import NotTheirsToTellError, tell_outcome
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme

PAGE = 25
LONGEST_QUERY = 1000


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """One line of the list, and whether the person may tell of it."""

    reading: Reading
    may_tell: bool


@dataclass(frozen=True, slots=True)
class OutcomeList:
    """The recommendations that a filter leaves, and of what they are part."""

    form: OutcomeFilterForm
    every: tuple[Reading, ...]
    found: list[Reading]


@programme_view
def outcomes(request: HttpRequest, programme: Programme) -> HttpResponse:
    return _page(request, programme, request.GET)


@programme_view
def outcome_tell(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    form = OutcomeForm(request.POST)
    back = QueryDict(request.POST.get("query", "")[:LONGEST_QUERY])
    made, status = attempted(form, partial(tell_outcome, programme, key=key, by=cast(User, request.user)))
    if status == NotTheirsToTellError.status:
        raise NotTheirsToTellError
    if status != DONE or made is None:
        return _page(request, programme, back, refused=(key, form), status=status)
    messages.success(request, _told(made))
    query = f"?{back.urlencode()}" if back else ""
    return HttpResponseRedirect(f"{reverse('outcomes', args=[programme.code])}{query}#{key}")


@programme_view
def outcomes_csv(request: HttpRequest, programme: Programme) -> HttpResponseBase:
    return csv_download(csv_of(_outcome_table(request, programme)), f"{programme.code}-outcomes")


@programme_view
def outcomes_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    return xlsx_download(_outcome_table(request, programme), f"{programme.code}-outcomes", "outcomes")


@programme_view
def success_rates(request: HttpRequest, programme: Programme) -> HttpResponse:
    success, programmes = _success(request, programme)
    context = {
        "programme": programme,
        "success": success,
        "programmes": programmes,
        "kinds": tuple(Kind),
        "kinds_figure": rate_figure(success.kinds),
        "plans_figure": rate_figure(success.plans),
    }
    return render(request, "planning/outcomes/success.html", context)


@programme_view
def success_rates_csv(request: HttpRequest, programme: Programme) -> HttpResponseBase:
    return csv_download(csv_of(rate_table(*_success(request, programme))), f"{programme.code}-success-rates")


@programme_view
def success_rates_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    table = rate_table(*_success(request, programme))
    return xlsx_download(table, f"{programme.code}-success-rates", "success rates")


def _page(
    request: HttpRequest,
    programme: Programme,
    asked: QueryDict,
    *,
    refused: tuple[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    listed, standing = _listed(programme, asked), standing_in(request)
    page = Paginator(listed.found, PAGE).get_page(asked.get("page"))
    context: dict[str, Any] = {
        "programme": programme,
        "form": listed.form,
        "page": page,
        "any": bool(listed.every),
        "lines": [ShownOutcome(each, _may_tell(standing, each)) for each in page.object_list],
        "query": asked.urlencode(),
        "attempts": Outcome.Attempt.choices,
        "reasons": Outcome.Reason.choices,
        "refused_key": refused[0] if refused else "",
        "refused": refused[1] if refused else None,
        "refusals": [str(words) for errors in refused[1].errors.values() for words in errors]
        if refused
        else [],
    }
    return render(request, "planning/outcomes/list.html", context, status=status)


def _listed(programme: Programme, asked: QueryDict) -> OutcomeList:
    every = readings_of(programme)
    plans: list[Plan] = list(dict.fromkeys(each.plan for each in every))
    places: Sequence[Institution] = sorted(
        {place for each in every for place in each.places}, key=lambda place: place.name.casefold()
    )
    form = OutcomeFilterForm(asked, plans=plans, places=places)
    return OutcomeList(form, every, form.chosen(every))


def _outcome_table(request: HttpRequest, programme: Programme) -> Table:
    listed = _listed(programme, request.GET)
    refuse_unreadable(listed.form, "outcomes")
    return outcome_table(listed.found)


def _success(request: HttpRequest, programme: Programme) -> tuple[Success, list[Rate]]:
    """Return the programme's rates, and the rate of the kind in every programme that the person sees."""
    words = request.GET.get("kind", "")
    kind = Kind(words) if words in list(Kind) else Kind.BREED
    readings = readings_of(programme)
    others = Programme.objects.visible_to(cast(User, request.user)).exclude(pk=programme.pk).order_by("name")
    programmes = [_rate_of(programme, readings, kind)]
    programmes += [_rate_of(each, readings_of(each), kind) for each in others]
    return success_of(readings, kind), [each for each in programmes if each.number]


def _rate_of(programme: Programme, readings: Sequence[Reading], kind: Kind) -> Rate:
    closed = [each for each in readings if each.kind == kind and each.plan.closed_on is not None]
    return rate(str(programme), closed, plan="closed", kind=kind.value)


def _may_tell(standing: Standing, reading: Reading) -> bool:
    if reading.kind == Kind.NO_BREEDING:
        return False
    places = {place.pk for place in reading.places}
    if isinstance(reading.subject, PlanAnimal) and reading.subject.destination_id:
        places.add(reading.subject.destination_id)
    return any(standing.may_for(Right.ANSWER, place) for place in places) or Right.ANSWER in standing


def _told(outcome: Outcome) -> str:
    words = outcome.get_attempt_display() if outcome.attempt else outcome.get_state_display()
    subject = outcome.row.animal if outcome.row else outcome.pair
    return (
        f"{subject}: {words}, {outcome.get_reason_display()}." if outcome.reason else f"{subject}: {words}."
    )
