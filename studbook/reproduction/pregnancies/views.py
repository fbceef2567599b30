"""The pages of one pregnancy: begun, read, ended, corrected and struck out."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.forms import CorrectionForm
from studbook.animals.entry.notices import notices_of
from studbook.animals.keeping import may_on
from studbook.animals.models import Animal
from studbook.core.forms import DONE, EntryForm, attempted, posted
from studbook.core.keys import key_of
from studbook.core.trail import deeds_on
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme
from studbook.reproduction.forms import StrikeForm
from studbook.reproduction.models import Pregnancy
from studbook.reproduction.pregnancies import actions, litters
from studbook.reproduction.pregnancies.beginnings import beginning_of
from studbook.reproduction.pregnancies.forms import (
    CorrectPregnancyForm,
    LitterOfPregnancyForm,
    OutcomeForm,
    PregnancyForm,
    TieForm,
)
from studbook.reproduction.pregnancies.queries import (
    examinations_of,
    likeliest_day,
    pregnancies_of,
    row_of,
    young_let_go,
    young_of,
    young_to_tie,
)
from studbook.reproduction.record_views import STRUCK, deed_page
from studbook.reproduction.resting import named

NOUN = "pregnancy"


@programme_view
def pregnancy_new(request: HttpRequest, programme: Programme, dam: Animal) -> HttpResponse:
    """Begin a pregnancy of an animal; the address may name the mating or the insemination that it comes of."""
    begun = beginning_of(
        dam,
        mating=key_of(request.GET.get("mating", "")),
        insemination=key_of(request.GET.get("insemination", "")),
    )
    initial = begun.initial if begun else {"sire": request.GET.get("sire", "")[:20]}
    form, status = PregnancyForm(posted(request), **_about(request, programme, dam), initial=initial), 200
    if form.is_bound:
        made, status = attempted(form, partial(actions.start_pregnancy, dam, by=cast(User, request.user)))
        if made:
            messages.success(request, f"The {made} is saved.")
            return redirect(made)
    context = {"programme": programme, "dam": dam, "begun": begun, "form": form}
    return render(request, "reproduction/pregnancies/new.html", context, status=status)


@programme_view
def pregnancy(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    """Show a pregnancy: its window, what was found, what came of it."""
    return _page(request, _found(programme, pk))


@programme_view
def pregnancy_outcome(request: HttpRequest, programme: Programme, shown: Pregnancy) -> HttpResponse:
    """Tell that it was none, or was lost."""
    form = OutcomeForm(posted(request), **_about(request, programme, shown.dam))
    return _step(request, shown, "outcome", form, actions.tell_outcome, "The outcome is saved.")


@programme_view
def pregnancy_tie(request: HttpRequest, programme: Programme, shown: Pregnancy) -> HttpResponse:
    """Tie a litter to it that is in the book already."""
    form = TieForm(posted(request), **_about(request, programme, shown.dam), offered=young_to_tie(shown))
    return _step(request, shown, "tie", form, litters.tie_litter, "The litter is tied to the pregnancy.")


@programme_view
def pregnancy_litter(request: HttpRequest, programme: Programme, shown: Pregnancy) -> HttpResponse:
    """Log its litter with what the pregnancy tells filled in."""
    about = _about(request, programme, shown.dam)
    about.pop("animal")
    form, status = LitterOfPregnancyForm(posted(request), **about, pregnancy=shown), 200
    if form.is_bound:
        made, status = attempted(form, partial(litters.log_litter, shown, by=cast(User, request.user)))
        if made:
            for level, words in notices_of(made, f"The litter of {shown.dam} is saved."):
                messages.add_message(request, level, words)
            return redirect(shown)
    context = {"programme": programme, "pregnancy": shown, "form": form}
    return render(request, "reproduction/pregnancies/litter.html", context, status=status)


@programme_view
def pregnancy_correct(request: HttpRequest, programme: Programme, shown: Pregnancy) -> HttpResponse:
    form = CorrectPregnancyForm(
        posted(request), programme=programme, initial=CorrectPregnancyForm.opened(shown)
    )
    return deed_page(
        request,
        shown,
        form,
        actions.correct_pregnancy,
        noun=NOUN,
        title="Correct the pregnancy",
        button="Save",
    )


@programme_view
def pregnancy_reopen(request: HttpRequest, programme: Programme, shown: Pregnancy) -> HttpResponse:
    form = CorrectionForm(posted(request), initial={"opened_version": shown.version})
    return deed_page(
        request,
        shown,
        form,
        actions.take_outcome_back,
        noun=NOUN,
        title="Take the outcome back",
        button="Take it back",
    )


@programme_view
def pregnancy_strike(request: HttpRequest, programme: Programme, shown: Pregnancy) -> HttpResponse:
    form = StrikeForm(posted(request), initial={"opened_version": shown.version})
    return deed_page(
        request,
        shown,
        form,
        actions.strike_pregnancy,
        noun=NOUN,
        title="Strike the pregnancy out",
        button="Strike it out",
        done=STRUCK,
        beside="Its young, which stay in the book",
        records=named(young_of(shown)),
    )


def _page(
    request: HttpRequest, shown: Pregnancy, bound: str = "", form: EntryForm | None = None, status: int = 200
) -> HttpResponse:
    programme, standing = shown.programme, standing_in(request)
    may_log = not shown.is_struck and not shown.outcome and may_on(standing, Right.LOG, shown.dam)
    about = {**_about(request, programme, shown.dam), "initial": {"opened_version": shown.version}}
    forms: dict[str, EntryForm] = {}
    if may_log:
        forms["outcome"] = OutcomeForm(**about)
        if offered := young_to_tie(shown):
            forms["tie"] = TieForm(**about, offered=offered)
    context = {
        "programme": programme,
        "row": row_of(shown, timezone.localdate()),
        "likeliest": likeliest_day(shown),
        "examinations": examinations_of(shown),
        "young": young_let_go(shown) if shown.is_struck else young_of(shown),
        "forms": {**forms, **({bound: form} if form else {})},
        "bound": bound,
        "refusals": [] if may_log or form is None else [str(each) for each in form.non_field_errors()],
        "may_log": may_log,
        "may_correct": not shown.is_struck and may_on(standing, Right.CORRECT, shown.dam),
        "deeds": deeds_on(shown),
    }
    return render(request, "reproduction/pregnancies/detail.html", context, status=status)


def _step(
    request: HttpRequest, shown: Pregnancy, name: str, form: EntryForm, deed: Callable[..., Any], done: str
) -> HttpResponse:
    _, status = attempted(form, partial(deed, shown, by=cast(User, request.user)))
    if status == DONE:
        messages.success(request, done)
        return redirect(shown)
    return _page(request, shown, name, form, status)


def _found(programme: Programme, pk: int) -> Pregnancy:
    found = pregnancies_of(programme).select_related(
        "mating", "insemination", "insemination__insemination", "struck_by", "logged_by"
    )
    return get_object_or_404(found.prefetch_related("dam__holdings", "dam__ownerships"), pk=pk)


def _about(request: HttpRequest, programme: Programme, animal: Animal) -> dict[str, Any]:
    return {
        "programme": programme,
        "standing": standing_in(request),
        "user": cast(User, request.user),
        "animal": animal,
    }
