from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from studbook.accounts.models import User
from studbook.core.forms import DONE, attempted
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme
from studbook.transfers.file_kinds import ENDINGS
from studbook.transfers.models import Permit, Transfer
from studbook.transfers.paper_forms import (
    DocumentForm,
    PermitChangeForm,
    PermitForm,
    WithdrawForm,
    opened_permit,
)
from studbook.transfers.papers import add_permit, change_permit, keep_document, withdraw_document

# Whatever a file holds, a browser saves it and runs nothing of it.
FILE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


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
    try:
        with kept.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404(f"“{kept}” is not among the files any more.") from error
    name = f"transfer-{moved.pk}-{kept.pk}.{ENDINGS.get(kept.content_type, 'bin')}"
    disposition = str(content_disposition_header(as_attachment=True, filename=name))
    headers = {**FILE_HEADERS, "Content-Disposition": disposition}
    return HttpResponse(content, content_type=kept.content_type, headers=headers)


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
