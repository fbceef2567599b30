"""The papers of a transfer: permits entered, and documents kept where no address leads to them."""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import standing_of
from studbook.animals.keeping import NotTheirsError
from studbook.core.columns import columns_of
from studbook.core.documents import keeping_file
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail, changing, save_unless_stale
from studbook.transfers.models import Document, Permit, Transfer
from studbook.transfers.moment import Moment, moment_of, note_step
from studbook.transfers.sides import is_party

PERMIT_FIELDS = ["kind", "state", "number", "applied_on", "granted_on", "expires_on", "document", "note"]


def add_permit(transfer: Transfer, *, by: User, reason: str = "", **columns: Any) -> Permit:
    """Note a permit that the transfer needs, or has."""
    columns.pop("acknowledged", None)
    permit = Permit(transfer=transfer, **columns)
    with changing(transfer.programme, "add permit", by=by, reason=reason, alters_numbers=False) as trail:
        moment = moment_of(trail, transfer, by=by)
        _refuse_paper(moment)
        _refuse_permit(permit)
        permit.save()
        trail.created([permit])
        note_step(moment, "permit", note=f"{permit}: {permit.get_state_display()}")
    return permit


def change_permit(
    permit: Permit, *, by: User, opened_version: int, reason: str = "", **columns: Any
) -> Permit:
    """Enter what became of a permit: applied for, granted until a day, refused."""
    columns.pop("acknowledged", None)
    programme = permit.transfer.programme
    with changing(programme, "change permit", by=by, reason=reason, alters_numbers=False) as trail:
        moment = moment_of(trail, permit.transfer, by=by)
        _refuse_paper(moment)
        current = Permit.objects.get(pk=permit.pk)
        before = columns_of(current)
        for name, value in columns.items():
            setattr(current, name, value)
        _refuse_permit(current)
        save_unless_stale(current, opened_version=opened_version, fields=PERMIT_FIELDS)
        trail.changed(current, before)
        note_step(moment, "permit", note=f"{current}: {current.get_state_display()}")
    return current


def keep_document(
    transfer: Transfer,
    *,
    file: "File[bytes]",
    by: User,
    title: str = "",
    kind: str = Document.Kind.OTHER,
    permit: Permit | None = None,
    reason: str = "",
    acknowledged: object = (),
) -> Document:
    """Keep a file with a transfer; a refusal leaves no file behind."""
    document = Document(transfer=transfer, kind=kind, uploaded_by=by)
    with keeping_file(document, file, title=title):
        _write_document(document, by=by, permit=permit, reason=reason)
    return document


def withdraw_document(
    document: Document, *, by: User, reason: str = "", acknowledged: object = ()
) -> Document:
    """Take a document that was kept by mistake away: nobody is given it any more, and no permit rests on it."""
    why = reason.strip()
    if not why:
        raise StudbookError("Say why it is withdrawn: the reason is kept with the transfer.", field="reason")
    programme = document.transfer.programme
    with changing(programme, "withdraw document", by=by, reason=why, alters_numbers=False) as trail:
        moment = moment_of(trail, document.transfer, by=by)
        _refuse_paper(moment, closed_too=True)
        current = Document.objects.get(pk=document.pk)
        if current.withdrawn_at:
            raise StudbookError(f"“{current}” was withdrawn already. Nothing is left to do.")
        for permit in current.permits.all():
            _point_at(trail, permit, None)
        before = columns_of(current)
        current.withdrawn_by, current.withdrawn_at, current.withdrawn_why = by, timezone.now(), why
        current.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_why"])
        trail.changed(current, before)
        note_step(moment, "undocument", note=f"{current.title}: {why}")
    return current


def _point_at(trail: Trail, permit: Permit, document: Document | None) -> None:
    before, permit.document = columns_of(permit), document
    save_unless_stale(permit, opened_version=permit.version, fields=["document"])
    trail.changed(permit, before)


def _write_document(document: Document, *, by: User, permit: Permit | None, reason: str) -> None:
    programme = document.transfer.programme
    with changing(programme, "keep document", by=by, reason=reason, alters_numbers=False) as trail:
        moment = moment_of(trail, document.transfer, by=by)
        _refuse_paper(moment, closed_too=True)
        document.save()
        trail.created([document])
        if permit:
            _point_at(trail, Permit.objects.get(pk=permit.pk), document)
        note_step(moment, "document", note=document.title)


def _refuse_paper(moment: Moment, *, closed_too: bool = False) -> None:
    if moment.by and not is_party(standing_of(moment.by, moment.transfer.programme_id), moment.parties):
        raise NotTheirsError(
            f"There is no {moment.transfer} of which you may keep papers. Ask one of its zoos."
        )
    if not moment.transfer.is_open and not closed_too:
        raise StudbookError(
            f"{moment.transfer} is {moment.transfer.get_state_display()}, and its permits stay as they are."
        )


def _refuse_permit(permit: Permit) -> None:
    for name, other in (("granted_on", "applied_on"), ("expires_on", "granted_on")):
        later: date | None = getattr(permit, name)
        earlier: date | None = getattr(permit, other)
        if later and earlier and later < earlier:
            raise StudbookError(
                f"{permit}: {name.removesuffix('_on')} on {later}, before it was {other.removesuffix('_on')} ({earlier}). "
                "Correct one of the days.",
                field=name,
            )
    if permit.state == Permit.State.GRANTED and not permit.number:
        raise StudbookError(
            f"{permit} is granted and has no number. Enter the number that stands on it.", field="number"
        )
    if permit.document and permit.document.transfer_id != permit.transfer_id:
        raise StudbookError("That document is of another transfer. Choose one of this.", field="document")
    if permit.document and Document.objects.get(pk=permit.document.pk).withdrawn_at:
        raise StudbookError("That document was withdrawn. Choose another.", field="document")
