"""The page of a deed on one record: a correction or a striking out, beside the page of the record itself."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.models import User
from studbook.animals.correcting.forms import CorrectionForm, corrected
from studbook.core.forms import DONE, attempted
from studbook.reproduction.models import Mating, Pairing, Pregnancy, Procedure
from studbook.reproduction.resting import NamedRecord

STRUCK = "is struck out. It stays in the book, and counts no more."
RESTING = "These records rest on it"


def deed_page(
    request: HttpRequest,
    shown: Pairing | Mating | Procedure | Pregnancy,
    form: forms.Form,
    deed: Callable[..., Any],
    *,
    noun: str,
    title: str,
    button: str,
    done: str | Callable[[], str] = "is changed.",
    beside: str = "",
    records: Sequence[NamedRecord] = (),
) -> HttpResponse:
    """Show the form of a deed, or do it and go back to the record; then the `noun` is said to be `done`.

    `records` are what a person should look at first, under the heading `beside`. A CorrectionForm shows beside a refusal
    what somebody else changed meanwhile.
    """
    status = 200
    if form.is_bound:
        on_record = partial(deed, shown, by=cast(User, request.user))
        status = (
            corrected(form, on_record) if isinstance(form, CorrectionForm) else attempted(form, on_record)[1]
        )
        if status == DONE:
            messages.success(request, f"The {noun} {done if isinstance(done, str) else done()}")
            return redirect(shown)
    context: dict[str, Any] = {
        "programme": shown.programme,
        "record": shown,
        "form": form,
        "title": title,
        "button": button,
    }
    context |= {"beside": beside, "records": records}
    return render(request, "reproduction/form.html", context, status=status)
