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
from studbook.transfers.models import Permit, Transfer
from studbook.transfers.paper_forms import (
    DocumentForm,
    PermitChangeForm,
    PermitForm,
    opened_permit,
)
from studbook.transfers.papers import add_permit, change_permit, keep_document, withdraw_document


@programme_view
def transfer_permit_new(request: HttpRequest, programme: Programme, moved: Transfer) -> HttpResponse:
    form, status = PermitForm(transfer=moved), 200
    if request.method == "POST":
        form = PermitForm(request.POST, transfer=moved)
        _, status = attempted(form, partial(add_permit, moved, by=cast(User, request.user)))
        if status == DONE:
            messages.success(request, "The permit is noted.")
            return redirect(moved)
    return _paper_page(request, programme, moved, form, "A permit", "Note the permit", status)


@programme_view
def transfer_permit(request: HttpRequest, programme: Programme, moved: Transfer, permit: int) -> HttpResponse:
    shown = get_object_or_404(Permit.objects.select_related("transfer__programme"), pk=permit, transfer=moved)
    form, status = PermitChangeForm(transfer=moved, initial=opened_permit(shown)), 200
    if request.method == "POST":
        form = PermitChangeForm(request.POST, transfer=moved)
        _, status = attempted(form, partial(change_permit, shown, by=cast(User, request.user)))
        if status == DONE:
            messages.success(request, "The permit is changed.")
            return redirect(moved)
    return _paper_page(request, programme, moved, form, str(shown), "Save", status)


@programme_view
def transfer_document_new(request: HttpRequest, programme: Programme, moved: Transfer) -> HttpResponse:
    form, status = DocumentForm(transfer=moved, initial={"permit": request.GET.get("permit", "")}), 200
    if request.method == "POST":
        form = DocumentForm(request.POST, request.FILES, transfer=moved)
        kept, status = attempted(form, partial(keep_document, moved, by=cast(User, request.user)))
        if kept:
            messages.success(request, f"“{kept}” is kept with the transfer.")
            return redirect(moved)
    return _paper_page(request, programme, moved, form, "A document", "Keep it", status, files=True)


@programme_view
def transfer_document(
    request: HttpRequest, programme: Programme, moved: Transfer, document: int
) -> HttpResponse:
    """Give a document to the parties of its transfer; no other address leads to it."""
    kept = get_object_or_404(moved.documents.standing(), pk=document)
    return given(kept, f"transfer-{moved.pk}-{kept.pk}")


@programme_view
def transfer_document_withdraw(
    request: HttpRequest, programme: Programme, moved: Transfer, document: int
) -> HttpResponse:
    kept = get_object_or_404(moved.documents.select_related("transfer__programme"), pk=document)
    form, status = WithdrawForm(), 200
    if request.method == "POST":
        form = WithdrawForm(request.POST)
        _, status = attempted(form, partial(withdraw_document, kept, by=cast(User, request.user)))
        if status == DONE:
            messages.success(request, f"“{kept}” is withdrawn.")
            return redirect(moved)
    return _paper_page(request, programme, moved, form, f"Withdraw “{kept}”", "Withdraw it", status)


def _paper_page(
    request: HttpRequest,
    programme: Programme,
    moved: Transfer,
    form: Any,
    title: str,
    button: str,
    status: int,
    *,
    files: bool = False,
) -> HttpResponse:
    context = {"programme": programme, "transfer": moved, "form": form, "title": title, "button": button}
    return render(request, "transfers/paper.html", context | {"files": files}, status=status)
