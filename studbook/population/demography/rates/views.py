from functools import partial
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.downloads import UNREADABLE, csv_download, csv_of
from studbook.core.errors import StudbookError
from studbook.core.forms import DeedForm, attempted, posted
from studbook.core.trail import deeds_on
from studbook.population.basis import Basis
from studbook.population.demography.book import book_on
from studbook.population.demography.forms import TableForm
from studbook.population.demography.rates.actions import edit_rate_set, make_rate_set
from studbook.population.demography.rates.forms import RateSetForm, RatesForm
from studbook.population.demography.rates.reading import (
    base_form,
    base_words,
    compared,
    rate_sets_of,
    summaries,
    what_if_charts,
    what_if_file,
    what_ifs,
)
from studbook.population.models import RateSet
from studbook.population.set_beside_views import archived, restored
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme


@programme_view
def rate_sets(request: HttpRequest, programme: Programme) -> HttpResponse:
    context = {
        "programme": programme,
        "lines": summaries(Basis(programme), rate_sets_of(programme)),
        "may_plan": may_in(request, Right.PLAN),
    }
    return render(request, "population/demography/rates/list.html", context)


@programme_view
def rate_set(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown, basis = _rate_set(programme, pk), Basis(programme)
    whats = what_ifs(shown, basis, shown.rates.all())
    context = {
        "programme": programme,
        "rate_set": shown,
        "base": base_words(base_form(shown, basis)),
        "compared": [(each, compared(each)) for each in whats],
        "rates": list(shown.rates.all()),
        "charts": what_if_charts(whats),
        "deeds": deeds_on(shown),
        "may_plan": may_in(request, Right.PLAN),
        "form": DeedForm(auto_id=False),
    }
    return render(request, "population/demography/rates/detail.html", context)


@programme_view
def rate_set_csv(request: HttpRequest, programme: Programme, pk: int) -> StreamingHttpResponse:
    shown, basis = _rate_set(programme, pk), Basis(programme)
    table = what_if_file(what_ifs(shown, basis, shown.rates.all()))
    return csv_download(csv_of(table), basis.file_name(f"rates-{shown.pk}"))


@programme_view
def rate_set_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    base = TableForm(request.GET, book=book_on(Basis(programme)))
    if not base.is_valid():
        raise StudbookError(UNREADABLE)
    form, status = RateSetForm(posted(request)), 200
    if form.is_bound:
        deed = partial(make_rate_set, programme, base=base.query, by=cast(User, request.user))
        made, status = attempted(form, deed)
        if made:
            messages.success(request, f"The rate set {made} is made. Now set the rates that differ.")
            return redirect("rate_set_edit", programme.code, made.pk)
    context = {"programme": programme, "form": form, "base": base_words(base)}
    return render(request, "population/demography/rates/new.html", context, status=status)


@programme_view
def rate_set_edit(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    shown, status = _rate_set(programme, pk), 200
    rates = list(shown.rates.all())
    opened = {"name": shown.name, "reason": shown.reason, "opened_version": shown.version}
    whats = what_ifs(shown, Basis(programme), rates)
    form = RatesForm(posted(request), whats=whats, rates=rates, initial=opened)
    if form.is_bound:
        made, status = attempted(form, partial(edit_rate_set, shown, by=cast(User, request.user)))
        if made:
            messages.success(request, f"The rate set {made} is changed.")
            return redirect(made)
        shown.refresh_from_db()
    context = {"programme": programme, "rate_set": shown, "form": form}
    return render(request, "population/demography/rates/edit.html", context, status=status)


@programme_view
def rate_set_archive(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return archived(request, _rate_set(programme, pk), to="rate_sets")


@programme_view
def rate_set_restore(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    return restored(request, _rate_set(programme, pk))


def _rate_set(programme: Programme, pk: int) -> RateSet:
    return get_object_or_404(rate_sets_of(programme), pk=pk)
