from functools import partial
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.forms import DONE, VERSION_LOST, VersionedForm, attempted
from studbook.population.basis import Basis, basis_of
from studbook.population.baskets.actions import put_into
from studbook.population.baskets.engine import steps_of
from studbook.population.baskets.forms import FORMS, PairForm
from studbook.population.baskets.page import shown_page
from studbook.population.baskets.queries import standing_in
from studbook.population.baskets.stepping import add_steps, remove_step, undo_last
from studbook.population.baskets.views import basket_of
from studbook.population.models import Basket, BasketStep
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view
def basket_step_new(request: HttpRequest, programme: Programme, pk: int, kind: str) -> HttpResponse:
    basis, basket = basis_of(request, programme), basket_of(programme, pk)
    if kind not in FORMS:
        raise Http404("There is no such kind of step.")
    form = FORMS[kind](request.POST, kind=kind)
    made, status = attempted(form, partial(add_steps, basket, by=cast(User, request.user)))
    if made:
        messages.success(request, f"Added: the {steps_of(basket).get(pk=made[0].pk)}.")
        return _back(basis, basket)
    return shown_page(request, basis, basket_of(programme, pk), refused=form, status=status)


@programme_view
def basket_step_remove(request: HttpRequest, programme: Programme, pk: int, step_pk: int) -> HttpResponse:
    basis, version = basis_of(request, programme), _version(request)
    steps = BasketStep.objects.whole().select_related("basket__programme")
    step = get_object_or_404(steps, basket__programme=programme, basket=pk, pk=step_pk)
    told = str(step)
    remove_step(step, by=cast(User, request.user), opened_version=version)
    messages.success(request, f"The {told} is taken out.")
    return _back(basis, step.basket)


@programme_view
def basket_undo(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    basis, basket = basis_of(request, programme), basket_of(programme, pk)
    undone = undo_last(basket, by=cast(User, request.user), opened_version=_version(request))
    messages.success(request, f"Undone: the {undone}.")
    return _back(basis, basket)


@programme_view
def basket_pair_add(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Put a litter of a pair into a basket, and show the basket."""
    form = PairForm(request.POST, baskets=standing_in(programme))
    target, status = attempted(form, partial(put_into, programme, by=cast(User, request.user)))
    if status == DONE and target:
        pair = f"{form.cleaned_data['sire']} × {form.cleaned_data['dam']}"
        messages.success(request, f"A litter of {pair} is in the basket {target}.")
        return _back(basis_of(request, programme), target)
    context = {"programme": programme, "form": form}
    return render(request, "population/baskets/add_pair.html", context, status=status)


def _version(request: HttpRequest) -> int:
    form = VersionedForm(request.POST)
    if not form.is_valid():
        raise StudbookError(VERSION_LOST)
    version: int = form.cleaned_data["opened_version"]
    return version


def _back(basis: Basis, basket: Basket) -> HttpResponse:
    query = f"?{basis.query}" if basis.query else ""
    return redirect(f"{basket.get_absolute_url()}{query}")
