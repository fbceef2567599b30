from functools import partial
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.forms import DONE, attempted, posted
from studbook.population.basis import Basis, basis_of
from studbook.population.baskets.actions import copy_basket, edit_basket, make_basket
from studbook.population.baskets.comparison import MOST_BESIDE
from studbook.population.baskets.exports import moves_table, steps_table
from studbook.population.baskets.forms import BasketEditForm, BasketForm, CopyForm
from studbook.population.baskets.moves import moves_of
from studbook.population.baskets.page import shown_page
from studbook.population.baskets.queries import baskets_of, opened
from studbook.population.baskets.reckoning import reckoned
from studbook.population.models import Basket
from studbook.population.set_beside_views import archived, restored
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme

BASKETS_A_PAGE = 25


@programme_view
def baskets(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    page = Paginator(baskets_of(programme), BASKETS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "basis": basis,
        "page": page,
        "lines": [opened(basis, each) for each in page.object_list],
        "most": MOST_BESIDE,
        "may_plan": may_in(request, Right.PLAN),
    }
    return render(request, "population/baskets/list.html", context)


@programme_view
def basket_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    form, status = BasketForm(posted(request)), 200
    if form.is_bound:
        made, status = attempted(form, partial(make_basket, programme, by=cast(User, request.user)))
        if made:
            messages.success(request, f"The basket {made} is made. Now add what is tried.")
            return redirect(made)
    context = {"programme": programme, "form": form}
    return render(request, "population/baskets/form.html", context, status=status)


@programme_view
def basket(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return shown_page(request, basis_of(request, programme), basket_of(programme, pk))


@programme_view
def basket_edit(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown, status = basket_of(programme, pk), 200
    opened_with = {"name": shown.name, "note": shown.note, "opened_version": shown.version}
    form = BasketEditForm(posted(request), initial=opened_with)
    if form.is_bound:
        _, status = attempted(form, partial(edit_basket, shown, by=cast(User, request.user)))
        if status == DONE:
            messages.success(request, f"The basket {shown} is changed.")
            return redirect(shown)
        shown.refresh_from_db()
    context = {"programme": programme, "basket": shown, "form": form}
    return render(request, "population/baskets/form.html", context, status=status)


@programme_view
def basket_copy(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown, form = basket_of(programme, pk), CopyForm(request.POST)
    made, status = attempted(form, partial(copy_basket, shown, by=cast(User, request.user)))
    if made:
        messages.success(request, f"{made} holds the steps of {shown}. Change it as you like.")
        return redirect(made)
    context = {"programme": programme, "basket": shown, "form": form}
    return render(request, "population/baskets/copy.html", context, status=status)


@programme_view
def basket_archive(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return archived(request, basket_of(programme, pk), to="baskets")


@programme_view
def basket_restore(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return restored(request, basket_of(programme, pk))


@programme_view
def basket_csv(request: HttpRequest, programme: Programme, pk: int) -> StreamingHttpResponse:
    basis, shown = basis_of(request, programme), basket_of(programme, pk)
    return csv_download(csv_of(_moves(basis, shown)), basis.file_name(f"basket-{shown.pk}-animals"))


@programme_view
def basket_xlsx(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    basis, shown = basis_of(request, programme), basket_of(programme, pk)
    return xlsx_download(_moves(basis, shown), basis.file_name(f"basket-{shown.pk}-animals"), "animals")


@programme_view
def basket_steps_csv(request: HttpRequest, programme: Programme, pk: int) -> StreamingHttpResponse:
    basis, shown = basis_of(request, programme), basket_of(programme, pk)
    return csv_download(csv_of(_steps(basis, shown)), basis.file_name(f"basket-{shown.pk}-steps"))


@programme_view
def basket_steps_xlsx(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    basis, shown = basis_of(request, programme), basket_of(programme, pk)
    return xlsx_download(_steps(basis, shown), basis.file_name(f"basket-{shown.pk}-steps"), "steps")


def basket_of(programme: Programme, pk: int) -> Basket:
    """Return a basket of a programme whole, or answer that it is not there."""
    return get_object_or_404(baskets_of(programme), pk=pk)


def _moves(basis: Basis, shown: Basket) -> Table:
    return moves_table(moves_of(reckoned(basis, list(shown.steps.all()))))


def _steps(basis: Basis, shown: Basket) -> Table:
    return steps_table(reckoned(basis, list(shown.steps.all())))
