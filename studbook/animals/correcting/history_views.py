from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.rights import Right
from studbook.animals.correcting.forms import ReasonedForm, ReturnForm, corrected
from studbook.animals.correcting.history import history_of, lines_of
from studbook.animals.correcting.pages import form_page, may_correct, person, recorded
from studbook.animals.correcting.returning import return_animal
from studbook.animals.correcting.telling import said_of
from studbook.animals.correcting.undoing import deed_of
from studbook.animals.correcting.undoing import undo_deed as take_back
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.forms import DONE
from studbook.core.models import AuditEntry
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme

DEEDS_A_PAGE = 20


@programme_view
def animal_history(request: HttpRequest, programme: Programme, number: str) -> HttpResponse:
    """Show every deed on an animal, newest first; that of a void record tells how it became void."""
    animal = recorded(programme, number)
    history = history_of(animal)
    page = Paginator(history.deeds, DEEDS_A_PAGE).get_page(request.GET.get("page"))
    is_void, may = animal.status == Animal.Status.VOID, may_correct(request, animal)
    context = {
        "programme": programme,
        "animal": animal,
        "page": page,
        "lines": lines_of(history, list(page.object_list)),
        "newest": history.newest,
        "may_return": may,
        "may_undo": standing_in(request).has_somewhere(Right.CORRECT) if is_void else may,
    }
    return render(request, "animals/correcting/history.html", context)


@programme_view
def animal_return(request: HttpRequest, programme: Programme, animal: Animal, entry: int) -> HttpResponse:
    """Return an animal to the state after one of its deeds."""
    chosen, form = _deed_on(programme, animal, entry), ReturnForm(request.POST)
    status = corrected(form, partial(return_animal, animal, entry=chosen, by=person(request)))
    if status == DONE:
        messages.success(request, f"{animal} is as it was after: {said_of(chosen)}.")
        return redirect("animal_history", programme.code, animal.studbook_number)
    words = {
        "title": "Return to an earlier state",
        "lead": f"The state after: {said_of(chosen)}.",
        "button": "Return",
    }
    return form_page(request, programme, animal, form, status, **words)


@programme_view
def undo_deed(request: HttpRequest, programme: Programme, chosen: AuditEntry) -> HttpResponse:
    """Take a deed back."""
    form = ReasonedForm(request.POST)
    status = corrected(form, partial(take_back, chosen, by=person(request)))
    animal = (
        Animal.every.select_related("programme").filter(pk__in=deed_of(chosen).animals).order_by("pk").first()
    )
    if animal is None:
        # There is no page of an animal to tell it on; the refusal stands by itself.
        told = " ".join(map(str, form.non_field_errors()))
        raise StudbookError(told or f"{said_of(chosen)} is no deed on animals, so it is not undone here.")
    if status == DONE:
        messages.success(request, f"Undone: {said_of(chosen)}.")
        return redirect("animal_history", programme.code, animal.studbook_number)
    words = {"title": f"Undo: {chosen.verb}", "lead": f"{said_of(chosen)}.", "button": "Undo it"}
    return form_page(request, programme, animal, form, status, **words)


def _deed_on(programme: Programme, animal: Animal, entry: int) -> AuditEntry:
    wanted = [each for each in history_of(animal).deeds if each == entry]
    found: AuditEntry = get_object_or_404(programme.audit_entries, pk__in=wanted)
    return found
