from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.models import Animal
from studbook.core.forms import attempted, posted
from studbook.core.panels import rendered_panels
from studbook.core.trail import deeds_on
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme
from studbook.reproduction.models import Procedure
from studbook.reproduction.procedures.actions import log_procedure
from studbook.reproduction.procedures.correcting import (
    correct_procedure,
    resting_on,
    strike_procedure,
    units_used,
)
from studbook.reproduction.procedures.files import kept_with
from studbook.reproduction.procedures.forms import FORMS, ProcedureForm, correcting_form
from studbook.reproduction.procedures.kinds import KINDS
from studbook.reproduction.procedures.queries import session_of, team_lately
from studbook.reproduction.procedures.strike_form import StrikeProcedureForm
from studbook.reproduction.procedures.telling import facts_of, story_of, time_of
from studbook.reproduction.record_views import RESTING, STRUCK, deed_page
from studbook.reproduction.resting import named

PREFILLED = ("donor", "collection", "sample", "under", "on")
LONGEST_WORD = 40


@programme_view
def procedure_new(request: HttpRequest, programme: Programme, animal: Animal, kind: str) -> HttpResponse:
    """Log a procedure on an animal; where and with whom the person logged the last one is filled in."""
    if kind not in KINDS:
        raise Http404(f"There is no kind of procedure {kind} here.")
    initial: dict[str, Any] = {
        name: request.GET[name][:LONGEST_WORD] for name in PREFILLED if request.GET.get(name)
    }
    by, status = cast(User, request.user), 200
    if request.method != "POST":
        initial |= team_lately(programme, by)
    form = FORMS[kind](
        posted(request), programme=programme, standing=standing_in(request), animal=animal, initial=initial
    )
    if form.is_bound:
        made, status = attempted(form, partial(log_procedure, kind, animal, by=by))
        if made:
            messages.success(request, f"The {made} is saved.")
            return redirect(made)
    context = {"programme": programme, "animal": animal, "kind": KINDS[kind], "form": form}
    return render(request, "reproduction/procedures/new.html", context, status=status)


@programme_view
def procedure(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    found = Procedure.objects.whole().select_related("logged_by", "struck_by")
    shown = get_object_or_404(found.filter(programme=programme), pk=pk)
    standing = standing_in(request)
    may_log = standing.may_for(Right.LOG, shown.institution_id)
    session = session_of(shown)
    context = {
        "programme": programme,
        "procedure": shown,
        "time": time_of(shown),
        "facts": facts_of(shown, units_used(shown)),
        "story": story_of(session) if len(session) > 1 else [],
        "papers": list(shown.files.select_related("uploaded_by", "withdrawn_by")) if may_log else [],
        "kept": kept_with(shown),
        "next": _next(shown) if may_log and not shown.is_struck else [],
        "may_log": may_log,
        "may_correct": standing.may_for(Right.CORRECT, shown.institution_id) and not shown.is_struck,
        "panels": rendered_panels("procedure", request, shown),
        "deeds": deeds_on(shown),
    }
    return render(request, "reproduction/procedures/detail.html", context)


@programme_view
def procedure_correct(request: HttpRequest, programme: Programme, shown: Procedure) -> HttpResponse:
    form_class = cast(type[ProcedureForm], correcting_form(shown.kind))
    form = form_class(
        posted(request),
        programme=programme,
        standing=standing_in(request),
        animal=shown.animal,
        initial=form_class.opened(shown),
    )
    return deed_page(
        request,
        shown,
        form,
        correct_procedure,
        noun=shown.get_kind_display(),
        title=f"Correct the {shown.get_kind_display()}",
        button="Save",
    )


@programme_view
def procedure_strike(request: HttpRequest, programme: Programme, shown: Procedure) -> HttpResponse:
    form = StrikeProcedureForm(
        posted(request), used=units_used(shown), initial={"opened_version": shown.version}
    )
    title = f"Strike the {shown.get_kind_display()} out"
    return deed_page(
        request,
        shown,
        form,
        strike_procedure,
        noun=shown.get_kind_display(),
        title=title,
        button="Strike it out",
        done=lambda: f"{STRUCK} {form.fate_in_words()}".strip(),
        beside=RESTING,
        records=named(resting_on(shown)),
    )


def _next(shown: Procedure) -> list[tuple[str, str, str]]:
    """Return what is likely logged next of the same animal: the label, and what its form begins with."""
    under = shown.pk if shown.kind == Procedure.Kind.ANAESTHESIA else shown.under_id
    asked = f"on={shown.date_earliest}" + (f"&under={under}" if under else "")
    fitting = [kind for kind in KINDS.values() if not kind.sex or kind.sex == shown.animal.sex]
    return [(kind.slug, kind.label, asked) for kind in fitting if kind.slug != shown.kind]
