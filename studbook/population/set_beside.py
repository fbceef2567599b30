"""What people set beside the book under a name - overlays, rates, scenarios, baskets, optimal plans - and how it is put away: archived, never deleted."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StudbookError
from studbook.population.models import SetBeside
from studbook.programmes.changes import changing, columns_of, save_unless_stale

IN_USE = "Rename that one, or archive it, then restore this one."
NO_REASON_TO_ARCHIVE = "Archiving needs a reason. Write why the {noun} is not used any more."


class ChangedBesideError(StudbookError):
    """What is set beside the book cannot be changed as it is now."""

    status = 409


def noun_of(beside: SetBeside) -> str:
    return str(beside._meta.verbose_name)


def refuse_empty(words: str, sentence: str, *, field: str) -> None:
    if not words:
        raise StudbookError(sentence, field=field)


def refuse_archived(beside: SetBeside) -> None:
    if beside.is_archived:
        raise ChangedBesideError(
            f"The {noun_of(beside)} {beside} is archived and stays as it is. Restore it first, then change it."
        )


def refuse_used_name(beside: SetBeside, remedy: str = "Choose another name.") -> None:
    """Refuse a name that another one of the programme bears, archived ones included unless they free theirs; one query."""
    same = {"programme": beside.programme_id, "name__iexact": beside.name}
    others: QuerySet[Any] = type(beside)._default_manager.filter(**same)
    if beside.NAME_IS_FREED:
        others = others.filter(archived_at__isnull=True)
    if others.exclude(pk=beside.pk).exists():
        noun = noun_of(beside)
        article = "An" if noun[0] in "aeiou" else "A"
        raise StudbookError(f"{article} {noun} named {beside.name} exists already. {remedy}", field="name")


def archive(beside: SetBeside, *, by: User | None, reason: str, opened_version: int) -> None:
    """Put it away: it stays to be read and no analysis uses it."""
    reason, noun = reason.strip(), noun_of(beside)
    refuse_empty(reason, NO_REASON_TO_ARCHIVE.format(noun=noun), field="reason")
    with changing(
        beside.programme, f"archive {noun}", by=by, right=Right.PLAN, reason=reason, alters_numbers=False
    ) as trail:
        beside.refresh_from_db()
        if beside.is_archived:
            raise ChangedBesideError(f"The {noun} {beside} is archived already. Nothing is left to do.")
        before = columns_of(beside)
        beside.archived_at = timezone.now()
        save_unless_stale(beside, opened_version=opened_version, fields=["archived_at"])
        trail.changed(beside, before)


def restore(beside: SetBeside, *, by: User | None, opened_version: int) -> None:
    """Take it back into use."""
    noun = noun_of(beside)
    with changing(
        beside.programme, f"restore {noun}", by=by, right=Right.PLAN, alters_numbers=False
    ) as trail:
        beside.refresh_from_db()
        if not beside.is_archived:
            raise ChangedBesideError(f"The {noun} {beside} is in use already. Nothing is left to do.")
        refuse_used_name(beside, IN_USE)
        before = columns_of(beside)
        beside.archived_at = None
        save_unless_stale(beside, opened_version=opened_version, fields=["archived_at"])
        trail.changed(beside, before)
