"""Writing down what happened to an animal: one page for every kind of entry."""

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.models import User
from studbook.animals.entry.entry_kind import EntryKind
from studbook.animals.entry.kinds import kind_of
from studbook.animals.entry.notices import notices_of
from studbook.animals.models import Animal
from studbook.core.forms import DONE, EntryForm, attempted
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme


@programme_view
def log_event(request: HttpRequest, programme: Programme, animal: Animal, kind: str) -> HttpResponse:
    """Write down something of an animal of the book."""
    entry_kind = _kind(kind, needs_animal=True)
    form, status = _form(request, programme, entry_kind, animal=animal), 200
    if form.is_bound:
        made, status = attempted(form, partial(entry_kind.deed, animal, by=cast(User, request.user)))
        if status == DONE:
            for level, words in notices_of(made, f"The {entry_kind.label} of {animal} is saved."):
                messages.add_message(request, level, words)
            return redirect(animal)
    context = {"programme": programme, "animal": animal, "kind": entry_kind, "form": form}
    return render(request, "animals/entry/log.html", context, status=status)


@programme_view
def log_new(request: HttpRequest, programme: Programme, kind: str) -> HttpResponse:
    """Write down an animal that is new to the book."""
    entry_kind = _kind(kind, needs_animal=False)
    form, status = _form(request, programme, entry_kind), 200
    if form.is_bound:
        made, status = attempted(form, partial(entry_kind.deed, programme, by=cast(User, request.user)))
        if status == DONE:
            for level, words in notices_of(made, f"The {entry_kind.label} is saved."):
                messages.add_message(request, level, words)
            return redirect(_page_of(made))
    context = {"programme": programme, "kind": entry_kind, "form": form}
    return render(request, "animals/entry/log_new.html", context, status=status)


def _page_of(made: Animal | Sequence[Animal] | None) -> Animal:
    """Return the animal to go on with: a litter's first, or the newcomer itself."""
    return made if isinstance(made, Animal) else cast(Sequence[Animal], made)[0]


def _kind(slug: str, *, needs_animal: bool) -> EntryKind:
    kind = kind_of(slug, needs_animal=needs_animal)
    if kind is None:
        raise Http404(f"There is no kind of entry {slug} here.")
    return kind


def _form(request: HttpRequest, programme: Programme, kind: EntryKind, **about: Any) -> EntryForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return kind.form_class(
        *sent, programme=programme, standing=standing_in(request), user=cast(User, request.user), **about
    )
