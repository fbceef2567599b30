from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.core.documents import given
from studbook.core.forms import DONE, WithdrawForm, attempted
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme
from studbook.reproduction.models import Procedure
from studbook.reproduction.procedures.file_forms import FileForm
from studbook.reproduction.procedures.files import keep_file, withdraw_file


@programme_view
def procedure_file_new(request: HttpRequest, programme: Programme, shown: Procedure) -> HttpResponse:
    form, status = FileForm(), 200
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        kept, status = attempted(form, partial(keep_file, shown, by=cast(User, request.user)))
        if kept:
            messages.success(request, f"“{kept}” is kept with the {shown.get_kind_display()}.")
            return redirect(shown)
    return _page(request, shown, form, "A document or photo", "Keep it", status, files=True)


@programme_view
def procedure_file(request: HttpRequest, programme: Programme, shown: Procedure, file: int) -> HttpResponse:
    """Give a document to those who log where it was done; no other address leads to it."""
    kept = get_object_or_404(shown.files.filter(withdrawn_at=None), pk=file)
    return given(kept, f"procedure-{shown.pk}-{kept.pk}")


@programme_view
def procedure_file_withdraw(
    request: HttpRequest, programme: Programme, shown: Procedure, file: int
) -> HttpResponse:
    kept = get_object_or_404(shown.files.all(), pk=file)
    form, status = WithdrawForm(), 200
    if request.method == "POST":
        form = WithdrawForm(request.POST)
        _, status = attempted(form, partial(withdraw_file, kept, by=cast(User, request.user)))
        if status == DONE:
            messages.success(request, f"“{kept}” is withdrawn.")
            return redirect(shown)
    return _page(request, shown, form, f"Withdraw “{kept}”", "Withdraw it", status)


def _page(
    request: HttpRequest,
    shown: Procedure,
    form: Any,
    title: str,
    button: str,
    status: int,
    *,
    files: bool = False,
) -> HttpResponse:
    context = {"programme": shown.programme, "record": shown, "form": form, "title": title, "button": button}
    return render(request, "reproduction/form.html", context | {"files": files}, status=status)
