from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.core.forms import attempted
from studbook.population.analysis import NoFiguresError
from studbook.population.basis import Basis, basis_of
from studbook.population.baskets.actions import put_into
from studbook.population.baskets.drafts import litters
from studbook.population.baskets.dynamic import DynamicList, dynamic_list, dynamic_table
from studbook.population.baskets.dynamic_forms import AcceptForm, DynamicForm
from studbook.population.baskets.queries import baskets_of, standing_in
from studbook.population.models import Basket
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme

UNREADABLE = "What this list is asked for cannot be read. Set it again on the page of the dynamic list."
MOVED_ON = (
    "The list has changed since it was shown: the book, or the basket it starts from, has moved on. "
    "Look at the list below, then accept it."
)


@programme_view
def dynamic_pairs(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    return _shown(request, basis, standing_in(programme))


@programme_view
def dynamic_pairs_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    return csv_download(csv_of(_table(request, basis)), basis.file_name("dynamic-list"))


@programme_view
def dynamic_pairs_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    return xlsx_download(_table(request, basis), basis.file_name("dynamic-list"), "pairs")


@programme_view
def dynamic_pairs_accept(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Put the first pairs of the list that the address asks for into a basket."""
    basis, baskets = basis_of(request, programme), standing_in(programme)
    form = AcceptForm(request.POST, baskets=baskets)
    accept = partial(_accepted, request, basis, form, cast(User, request.user))
    target, status = attempted(form, accept)
    if target is None:
        return _shown(request, basis, baskets, refused=form, status=status)
    messages.success(request, f"The pairs are in the basket {target}, one young each.")
    return redirect(f"{target.get_absolute_url()}{'?' if basis.query else ''}{basis.query}")


def _accepted(
    request: HttpRequest,
    basis: Basis,
    form: AcceptForm,
    by: User,
    *,
    first: int,
    name: str,
    shown: str,
    **_: Any,
) -> Basket:
    found = _list(request, basis)[1]
    if shown != found.digest:
        raise StudbookError(MOVED_ON)
    if not found.rows:
        raise StudbookError("The list holds no pair, so there is nothing to accept. Ask for it otherwise.")
    drafts = litters((each.choice.sire, each.choice.dam) for each in found.rows[:first])
    return put_into(basis.programme, target=form.target, name=name, drafts=drafts, by=by)


def _shown(
    request: HttpRequest,
    basis: Basis,
    baskets: list[Basket],
    *,
    refused: AcceptForm | None = None,
    status: int = 200,
) -> HttpResponse:
    form, reason, found = DynamicForm(request.GET, programme=basis.programme, baskets=baskets), "", None
    if form.is_valid():
        try:
            found = _found(basis, form)
        except NoFiguresError as refusal:
            reason = refusal.sentence
    context = {
        "programme": basis.programme,
        "basis": basis,
        "form": form,
        "found": found,
        "reason": reason,
        "accept": refused or _accept_form(form, found, baskets),
        "may_plan": may_in(request, Right.PLAN),
    }
    return render(request, "population/baskets/dynamic.html", context, status=status)


def _accept_form(form: DynamicForm, found: DynamicList | None, baskets: list[Basket]) -> AcceptForm:
    started = form.cleaned_data.get("basket") if form.is_valid() else None
    first = len(found.rows) if found else None
    return AcceptForm(initial={"first": first, "basket": started or ""}, baskets=baskets)


def _list(request: HttpRequest, basis: Basis) -> tuple[DynamicForm, DynamicList]:
    form = DynamicForm(request.GET, programme=basis.programme, baskets=standing_in(basis.programme))
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return form, _found(basis, form)


def _found(basis: Basis, form: DynamicForm) -> DynamicList:
    key = form.cleaned_data["basket"]
    steps = list(baskets_of(basis.programme).get(pk=key).steps.all()) if key is not None else []
    return dynamic_list(basis, form.limits, steps)


def _table(request: HttpRequest, basis: Basis) -> Table:
    return dynamic_table(_list(request, basis)[1].rows)
