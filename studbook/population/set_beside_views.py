"""Putting away and taking back what is set beside the book, answered alike for everything of that kind."""

from functools import partial
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.forms import DONE, VERSION_LOST, DeedForm, VersionedForm, attempted
from studbook.population.models import SetBeside
from studbook.population.set_beside import archive, noun_of, restore


def archived(request: HttpRequest, beside: SetBeside, *, to: str) -> HttpResponse:
    """Archive it and go to the list; where a rule refuses, show the sentence and the form again."""
    form = DeedForm(request.POST)
    _, status = attempted(form, partial(archive, beside, by=cast(User, request.user)))
    if status == DONE:
        messages.success(request, f"The {noun_of(beside)} {beside} is archived.")
        return redirect(to, beside.programme.code)
    beside.refresh_from_db()
    context = {
        "programme": beside.programme,
        "beside": beside,
        "noun": noun_of(beside),
        "archive_url": request.path,
        "form": form,
    }
    return render(request, "population/archive.html", context, status=status)


def restored(request: HttpRequest, beside: SetBeside) -> HttpResponse:
    """Take it back into use and show it."""
    form = VersionedForm(request.POST)
    if not form.is_valid():
        raise StudbookError(VERSION_LOST)
    restore(beside, **form.cleaned_data, by=cast(User, request.user))
    messages.success(request, f"The {noun_of(beside)} {beside} is in use again.")
    return redirect(beside)
