"""The page of one basket, also where a step that somebody wants to add is refused."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.core.forms import DeedForm
from studbook.core.trail import deeds_on
from studbook.population.basis import Basis
from studbook.population.baskets.forms import AboutForm, CopyForm, ImportForm, LitterForm, StepForm
from studbook.population.baskets.moves import MoveList
from studbook.population.baskets.queries import page_of
from studbook.population.models import Basket, BasketStep
from studbook.programmes.access import may_in

KIND_OF_GROUP: dict[type[StepForm], str] = {
    LitterForm: BasketStep.Kind.LITTER,
    ImportForm: BasketStep.Kind.IMPORT,
    AboutForm: BasketStep.Kind.DEATH,
}


def shown_page(
    request: HttpRequest, basis: Basis, basket: Basket, *, refused: StepForm | None = None, status: int = 200
) -> HttpResponse:
    """Return the page of a basket, fetched whole; `refused` is the form of a step that was not added."""
    page, may_change = page_of(basis, basket), may_in(request, Right.PLAN) and not basket.is_archived
    context = {
        "programme": basis.programme,
        "basket": basket,
        "basis": basis,
        "page": page,
        "reckoning": page.opened.reckoning,
        "deeds": deeds_on(basket),
        "may_plan": may_in(request, Right.PLAN),
        "may_change": may_change,
        "copy_form": CopyForm(initial={"name": _copy_name(basket)}),
        "form": DeedForm(auto_id=False),
        **_forms(basket, refused),
        "offered": _offered(page.lists),
    }
    return render(request, "population/baskets/detail.html", context, status=status)


def _forms(basket: Basket, refused: StepForm | None) -> dict[str, Any]:
    forms: dict[str, Any] = {}
    for kind_of_form, kind in KIND_OF_GROUP.items():
        is_refused = refused is not None and isinstance(refused, kind_of_form)
        fresh = kind_of_form(kind=kind, initial={"opened_version": basket.version})
        forms[f"{kind_of_form.group}_form"] = refused if is_refused else fresh
    return forms


def _offered(lists: Sequence[MoveList]) -> dict[str, list[tuple[str, str]]]:
    """Return who can be named in which field: those counted after the steps, with their names."""
    of_sex = {
        each.sex: [
            (move.label, move.animal.house_name if move.animal else "newcomer")
            for move in each.moves
            if move.rank_after is not None
        ]
        for each in lists
    }
    unknown = of_sex.get("U", [])
    offered = {"sires": of_sex.get("M", []) + unknown, "dams": of_sex.get("F", []) + unknown}
    return offered | {"everybody": [*of_sex.get("M", []), *of_sex.get("F", []), *unknown]}


def _copy_name(basket: Basket) -> str:
    return f"{basket.name[:72]} (copy)"
