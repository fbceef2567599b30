"""Documents and photos of a procedure, for those who log where it was done."""

from django.core.files.base import File
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.columns import columns_of
from studbook.core.documents import keeping_file
from studbook.core.errors import StudbookError
from studbook.reproduction.models import Procedure, ProcedureFile
from studbook.reproduction.recording import recording


def keep_file(
    procedure: Procedure,
    *,
    file: "File[bytes]",
    by: User | None,
    title: str = "",
    reason: str = "",
    acknowledged: object = (),
) -> ProcedureFile:
    """Keep a document or photo with a procedure; a refusal leaves no file behind."""
    kept = ProcedureFile(procedure=procedure, uploaded_by=by)
    with (
        keeping_file(kept, file, title=title),
        recording(
            procedure.programme,
            "keep document",
            at=procedure.institution,
            by=by,
            right=Right.LOG,
            reason=reason,
        ) as trail,
    ):
        _refuse_struck(procedure)
        kept.save()
        trail.created([kept])
    return kept


def kept_with(procedure: Procedure) -> int:
    """Count the documents that stand; no query where the files are loaded."""
    return sum(each.withdrawn_at is None for each in procedure.files.all())


def withdraw_file(
    kept: ProcedureFile, *, by: User | None, reason: str = "", acknowledged: object = ()
) -> ProcedureFile:
    """Take a document that was kept by mistake away: nobody is given it any more."""
    why, procedure = reason.strip(), kept.procedure
    if not why:
        raise StudbookError("Say why it is withdrawn: the reason is kept with the procedure.", field="reason")
    with recording(
        procedure.programme, "withdraw document", at=procedure.institution, by=by, right=Right.LOG, reason=why
    ) as trail:
        current = ProcedureFile.objects.get(pk=kept.pk)
        if current.withdrawn_at:
            raise StudbookError(f"“{current}” was withdrawn already. Nothing is left to do.")
        before = columns_of(current)
        current.withdrawn_by, current.withdrawn_at, current.withdrawn_why = by, timezone.now(), why[:400]
        current.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_why"])
        trail.changed(current, before)
    return current


def _refuse_struck(procedure: Procedure) -> None:
    current = Procedure.objects.select_related("animal").get(pk=procedure.pk)
    if current.is_struck:
        raise StudbookError(
            f"The {current} was struck out, so that nothing is kept with it any more. Keep the paper with the procedure that "
            "took its place."
        )
