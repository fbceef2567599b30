from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.downloads import csv_download
from studbook.core.forms import DeedForm, attempted
from studbook.core.trail import deeds_on
from studbook.population.basis import Basis, basis_of
from studbook.population.genetics.lineage_actions import edit_lineage, make_lineage, remove_lineage
from studbook.population.genetics.lineage_cap_history import cap_history
from studbook.population.genetics.lineage_carriers import carriers_on
from studbook.population.genetics.lineage_exports import carrier_lines
from studbook.population.genetics.lineage_forms import LineageEditForm, LineageForm
from studbook.population.genetics.lineage_trend import lineage_trend
from studbook.population.genetics.lineages import founders_offered, lineage_shares, shared
from studbook.population.models import Lineage
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme

CARRIERS_A_PAGE = 50


@programme_view
def lineages(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    context = {"programme": programme, "basis": basis, "lineages": lineage_shares(basis)}
    context["may_plan"] = may_in(request, Right.PLAN)
    return render(request, "population/genetics/lineages.html", context)


@programme_view
def lineage(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    basis, found = basis_of(request, programme), _lineage(programme, pk)
    told = shared(basis, found)
    carriers = carriers_on(basis, told.share, found.cap)
    context = {
        "programme": programme,
        "basis": basis,
        "told": told,
        "page": Paginator(carriers, CARRIERS_A_PAGE).get_page(request.GET.get("page")),
        "chart": lineage_trend(basis, told),
        "deeds": deeds_on(found),
        "caps": cap_history(found),
        "may_plan": may_in(request, Right.PLAN),
        "remove_form": DeedForm(initial={"opened_version": found.version}),
    }
    return render(request, "population/genetics/lineage.html", context)


@programme_view
def lineage_csv(request: HttpRequest, programme: Programme, pk: int) -> StreamingHttpResponse:
    basis, found = basis_of(request, programme), _lineage(programme, pk)
    carriers = carriers_on(basis, shared(basis, found).share, found.cap)
    return csv_download(carrier_lines(carriers), basis.file_name(f"lineage-{found.pk}"))


@programme_view
def lineage_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    offered, status = founders_offered(Basis(programme)), 200
    form = LineageForm(offered=offered, initial={"founders": request.GET.getlist("founder")})
    if request.method == "POST":
        form = LineageForm(request.POST, offered=offered)
        made, status = attempted(form, partial(make_lineage, programme, by=cast(User, request.user)))
        if made:
            messages.success(request, f"The lineage {made} is watched.")
            return redirect(made)
    context = {"programme": programme, "form": form}
    return render(request, "population/genetics/lineage_form.html", context, status=status)


@programme_view
def lineage_edit(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    found, status = _lineage(programme, pk), 200
    offered = founders_offered(Basis(programme), found)
    form: LineageForm = LineageEditForm(offered=offered, initial=_initial(found))
    if request.method == "POST":
        form = LineageEditForm(request.POST, offered=offered)
        made, status = attempted(form, partial(edit_lineage, found, by=cast(User, request.user)))
        if made:
            messages.success(request, f"The lineage {made} is changed.")
            return redirect(made)
    context = {"programme": programme, "form": form, "lineage": found}
    return render(request, "population/genetics/lineage_form.html", context, status=status)


@programme_view
def lineage_remove(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    found, form = _lineage(programme, pk), DeedForm(request.POST)
    removed, status = attempted(form, partial(remove_lineage, found, by=cast(User, request.user)))
    if removed:
        messages.success(request, f"The lineage {removed} is not watched any more.")
        return redirect("lineages", programme.code)
    context = {"programme": programme, "lineage": found, "form": form}
    return render(request, "population/genetics/lineage_remove.html", context, status=status)


def _lineage(programme: Programme, pk: int) -> Lineage:
    return get_object_or_404(programme.lineages.select_related("programme"), pk=pk)


def _initial(found: Lineage) -> dict[str, Any]:
    return {
        "name": found.name,
        "founders": [animal.studbook_number for animal in found.founders.all()],
        "cap": None if found.cap is None else round(found.cap * 100, 6),
        "reason": found.reason,
        "opened_version": found.version,
    }
